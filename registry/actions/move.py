"""What every change of stage or standing shares: lock, permission, state, save, log."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from registry import values
from registry.errors import NotAllowed, Refused
from registry.models import Record
from registry.saving import RecordDraft, save_records
from registry.visibility import is_public


def move(
    record: Record,
    *,
    actor: Any,
    verb: str,
    permission: Callable[[Any, Record], tuple[bool, str]],
    stages: list[str],
    changes: dict[str, Any],
    reason: str = "",
    needs_reason: bool = False,
) -> Record:
    """Sets `changes` on the locked record if it is in one of `stages`, and saves it as an act `verb`.

    Raises NotAllowed, or Refused when the stage has moved on or a reason is owed.
    """
    with transaction.atomic():
        record = (
            Record.objects.select_for_update(of=("self",))
            .select_related("register", "version", "round", "owner")
            .get(pk=record.pk)
        )
        if actor is not None:
            allowed, why = permission(actor, record)
            if not allowed:
                raise NotAllowed(why)
        if record.stage not in stages:
            raise Refused(f"“{record.title}”现为“{record.get_stage_display()}”，不能办理此项。")
        if needs_reason and not reason.strip():
            raise Refused("请写明理由。")
        data = values.decode(record, sensitive=True)
        for name, value in changes.items():
            setattr(record, name, value)
        record.public = is_public(record)
        save_records([RecordDraft(record, data)], actor=actor, verb=verb, reason=reason)
    return record
