"""Withhold and release: the office keeps a record from the public, with a reason, or lets it be seen again."""

from typing import Any

from registry.actions.move import move
from registry.models import Record, Stage
from registry.permissions import can_review


def withhold(record: Record, *, actor: Any, reason: str) -> Record:
    return move(
        record,
        actor=actor,
        verb="withhold",
        permission=can_review,
        stages=Stage.values,
        changes={"withheld": True, "withheld_reason": reason},
        reason=reason,
        needs_reason=True,
    )


def release(record: Record, *, actor: Any, reason: str = "") -> Record:
    return move(
        record,
        actor=actor,
        verb="release",
        permission=can_review,
        stages=Stage.values,
        changes={"withheld": False, "withheld_reason": ""},
        reason=reason,
    )
