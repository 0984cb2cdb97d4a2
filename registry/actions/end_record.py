"""End: what was in force is so no longer, on a date and a ground. It stays in the register."""

from datetime import date
from typing import Any

from django.utils import timezone

from registry.actions.move import move
from registry.models import Record, Stage, Standing
from registry.permissions import can_review


def end_record(record: Record, *, actor: Any, reason: str, on: date | None = None) -> Record:
    return move(
        record,
        actor=actor,
        verb="end",
        permission=can_review,
        stages=[Stage.APPROVED],
        changes={
            "standing": Standing.ENDED,
            "standing_on": on or timezone.localdate(),
            "standing_ground": reason,
        },
        reason=reason,
        needs_reason=True,
    )
