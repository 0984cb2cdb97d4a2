"""Review: a member says what to make of a filing, with reasons."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from expertpool.actions.lock import locked
from expertpool.models import Opinion, Panel, Review
from expertpool.permissions import can_review
from registry.errors import NotAllowed, Refused
from registry.log import record_act
from registry.models import Record


def review(
    panel: Panel, record: Record, *, actor: Any, verdict: str, reasons: str, seen_lock: int | None = None
) -> Review:
    """Writes or replaces the actor's review, pinned to the edition now standing.

    Raises NotAllowed, Refused without a verdict or reasons, Stale when the filing changed after `seen_lock`.
    """
    with transaction.atomic():
        record, edition = locked(record, seen_lock)
        allowed, why = can_review(actor, panel, record)
        if not allowed:
            raise NotAllowed(why)
        if verdict not in Opinion.values:
            raise Refused("请选择评审意见。", {"verdict": ["请选择评审意见：推荐、不推荐或弃权。"]})
        if not reasons.strip():
            raise Refused("请写明理由。", {"reasons": ["请写明理由。"]})
        before = Review.objects.filter(record=record, reviewer=actor).first()
        made, _ = Review.objects.update_or_create(
            record=record,
            reviewer=actor,
            defaults={
                "edition": edition,
                "verdict": verdict,
                "reasons": reasons.strip(),
                "at": timezone.now(),
            },
        )
        changes = {"verdict": [before.verdict if before else None, verdict], "edition": edition.sequence}
        record_act(actor, "review", made, changes, made.reasons, record=record)
    return made
