"""Refuse: a filing is not accepted; a reason is owed and its unique keys become free."""

from collections.abc import Callable
from typing import Any

from registry.actions.move import move
from registry.models import Record, Stage
from registry.permissions import can_review


def refuse(record: Record, *, actor: Any, reason: str, permission: Callable = can_review) -> Record:
    return move(
        record,
        actor=actor,
        verb="refuse",
        permission=permission,
        stages=[Stage.SUBMITTED, Stage.IN_REVIEW],
        changes={"stage": Stage.REFUSED},
        reason=reason,
        needs_reason=True,
    )
