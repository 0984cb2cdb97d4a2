"""The sealed log: every act leaves one line, chained by hash."""

import hashlib
import json
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from registry.models.log import ChainHead, LogEntry


def canonical(fields: dict[str, Any]) -> str:
    """The stored text that is hashed: JSON with sorted keys and no spaces."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def link_hash(previous: str, text: str) -> str:
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def record_act(
    actor: Any,
    verb: str,
    target: Model | None = None,
    changes: dict | None = None,
    reason: str = "",
    *,
    target_type: str = "",
    target_id: str = "",
    record: Model | None = None,
) -> LogEntry:
    """Writes the act's line. Call it inside the act's transaction, after everything else has been locked.

    Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an act and its line belong to one transaction")
    head, _ = ChainHead.objects.select_for_update().get_or_create(pk=1)
    at = timezone.now()
    target_type = target_type or (target._meta.model_name if target is not None else "")
    target_id = target_id or (str(target.pk) if target is not None else "")
    text = canonical(
        {
            "sequence": head.sequence + 1,
            "at": at.isoformat(),
            "actor": getattr(actor, "pk", None),
            "verb": verb,
            "target": [target_type, target_id],
            "record": getattr(record, "pk", None),
            "changes": changes or {},
            "reason": reason,
        }
    )
    entry = LogEntry.objects.create(
        sequence=head.sequence + 1,
        at=at,
        actor=actor if getattr(actor, "pk", None) else None,
        verb=verb,
        target_type=target_type,
        target_id=target_id,
        record=record,
        changes=json.loads(canonical(changes or {})),
        reason=reason,
        canonical=text,
        previous=head.hash,
        hash=link_hash(head.hash, text),
    )
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save(update_fields=["sequence", "hash"])
    return entry


def verify_chain() -> str | None:
    """None when every line follows from the one before and agrees with its columns; else a Chinese sentence."""
    previous, sequence = "0" * 64, 0
    for entry in LogEntry.objects.order_by("sequence").iterator():
        sequence += 1
        said = json.loads(entry.canonical)
        if (
            entry.sequence != sequence
            or entry.previous != previous
            or entry.hash != link_hash(previous, entry.canonical)
            or said["verb"] != entry.verb
            or said["actor"] != entry.actor_id
            or said["reason"] != entry.reason
            or said["changes"] != entry.changes
        ):
            return f"日志第 {sequence} 条与前后不符，可能被改动或删除。"
        previous = entry.hash
    head = ChainHead.objects.filter(pk=1).first()
    if head and (head.sequence, head.hash) != (sequence, previous):
        return f"链头记到第 {head.sequence} 条，日志只有 {sequence} 条与之相符。"
    return None
