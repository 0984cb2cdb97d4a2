"""Save: a person's values become a new record, or a new edition of one."""

from typing import Any
from uuid import UUID

from registry import judging, values
from registry.errors import NotAllowed, Refused
from registry.models import Kind, Record, Register, Round, Stage, Standing
from registry.permissions import can_create, can_edit
from registry.saving import RecordDraft, save_records
from registry.visibility import is_public


def create_record(
    register: Register,
    data: dict[str, Any],
    *,
    actor: Any,
    owner: Record | None = None,
    round: Round | None = None,
    reasons: dict[str, str] | None = None,
    reason: str = "",
    uid: UUID | None = None,
) -> Record:
    """A new record from Python values by field key: a filing's draft, or an approved entry of a reference register.

    `uid`: the record's, where a form chose it so that the same form sent twice makes one record.
    Raises NotAllowed, or Refused with problems by field and verdicts.
    """
    if actor is not None:
        allowed, why = can_create(actor, register, owner, round)
        if not allowed:
            raise NotAllowed(why)
    version = round.version if round else register.current
    if version is None:
        raise Refused(f"登记册“{register.name}”尚未发布。")
    record = Record(
        register=register, version=version, owner=owner, round=round, created_by=actor, reasons=reasons or {}
    )
    record.uid = uid or record.uid
    record.region = owner.region if owner else None
    if register.kind == Kind.REFERENCE:
        record.stage, record.standing = Stage.APPROVED, Standing.VALID
        record.public = is_public(record)
    check(record, data)
    save_records([RecordDraft(record, data)], actor=actor, verb="create", reason=reason)
    return record


def edit_record(
    record: Record,
    data: dict[str, Any],
    *,
    actor: Any,
    seen_lock: int,
    reasons: dict[str, str] | None = None,
    reason: str = "",
) -> Record:
    """New values for a record. Raises NotAllowed, Refused, or Stale when somebody saved after `seen_lock`."""
    if actor is not None:
        allowed, why = can_edit(actor, record)
        if not allowed:
            raise NotAllowed(why)
    if reasons is not None:
        record.reasons = reasons
    before = values.decode(record, sensitive=True)
    check(record, data, before)
    save_records([RecordDraft(record, data, seen_lock=seen_lock)], actor=actor, verb="edit", reason=reason)
    return record


def check(record: Record, data: dict[str, Any], before: dict[str, Any] | None = None) -> None:
    """Refuses values that rules of the moment `save` forbid; a reference register's must satisfy all moments'.

    The ratchet: a rule that failed before over fields nobody touched now does not block the edit.
    """
    definition = record.version.parsed
    moments = judging.MOMENTS if record.register.kind == Kind.REFERENCE else ["save"]
    verdicts = judging.judge_values(
        data, definition, record.round, moments=moments, reasons=record.reasons, owner=record.owner
    )
    problems: dict[str, list[str]] = {}
    if record.register.kind == Kind.REFERENCE:
        problems = judging.missing(data, definition)
    touched = {key for key in definition.by_key if before is None or before.get(key) != data.get(key)}
    by_key = {rule.key: rule for rule in definition.rules}
    for verdict in verdicts:
        rule = by_key[verdict.rule]
        if verdict.outcome != "fail" or rule.severity != "hard":
            continue
        if before is None or not rule.fields or touched & set(rule.fields):
            problems.setdefault(rule.fields[0] if rule.fields else "", []).append(verdict.message)
    if problems:
        first = next(iter(problems.values()))[0]
        raise Refused(first, problems, verdicts)
