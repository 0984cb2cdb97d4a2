"""Approve: a filing is accepted."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from registry.actions.move import move
from registry.models import Record, Stage, Standing
from registry.permissions import can_review
from registry.tasks import publish_when_due


def approve(record: Record, *, actor: Any, reason: str = "", permission: Callable = can_review) -> Record:
    """`permission` lets a panel's chair decide by a rule of its own."""
    approved = move(
        record,
        actor=actor,
        verb="approve",
        permission=permission,
        stages=[Stage.SUBMITTED, Stage.IN_REVIEW],
        changes={"stage": Stage.APPROVED, "standing": Standing.VALID, "standing_on": timezone.localdate()},
        reason=reason,
    )
    transaction.on_commit(partial(publish_when_due, approved.round))
    return approved
