"""Withdraw: a draft or filing is taken back; nothing is deleted, its unique keys become free."""

from typing import Any

from registry.actions.move import move
from registry.models import Record, Stage
from registry.permissions import can_withdraw


def withdraw(record: Record, *, actor: Any, reason: str = "") -> Record:
    return move(
        record,
        actor=actor,
        verb="withdraw",
        permission=can_withdraw,
        stages=[Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED],
        changes={"stage": Stage.WITHDRAWN},
        reason=reason,
    )
