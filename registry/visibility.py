"""What makes a record public (DESIGN invariant 5). The column `public` is written from this, by acts alone."""

from datetime import datetime

from django.utils import timezone

from registry.models import Record, Stage, Standing


def is_public(record: Record, now: datetime | None = None) -> bool:
    """The register is public, the stage approved, the standing not none, results time passed, not withheld."""
    results_at = record.round.results_at if record.round else None
    return (
        record.register.public
        and record.stage == Stage.APPROVED
        and record.standing != Standing.NONE
        and not record.withheld
        and (results_at is None or results_at <= (now or timezone.now()))
    )
