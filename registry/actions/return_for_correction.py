"""Return: the office sends a filing back, saying what to correct."""

from typing import Any

from registry.actions.move import move
from registry.models import Record, Stage
from registry.permissions import can_review


def return_for_correction(record: Record, *, actor: Any, reason: str) -> Record:
    """A reason is owed: it is what the school reads."""
    return move(
        record,
        actor=actor,
        verb="return_for_correction",
        permission=can_review,
        stages=[Stage.SUBMITTED, Stage.IN_REVIEW],
        changes={"stage": Stage.RETURNED},
        reason=reason,
        needs_reason=True,
    )
