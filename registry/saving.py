"""The one save path: every change of any record, one or a hundred thousand, goes through `save_records`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from registry import fields, log, numbering, sealing, slots, values
from registry.definition import Definition
from registry.errors import Refused, Stale
from registry.models import DataKey, Edition, Link, LogEntry, Record, Register
from registry.models.register import parsed

BATCH = 500
STATE = [
    "stage",
    "standing",
    "standing_on",
    "standing_ground",
    "public",
    "withheld",
    "withheld_reason",
    "owner_id",
    "region_id",
    "round_id",
    "reasons",
]


@dataclass
class RecordDraft:
    """A record as it shall be: `record` with its state columns set, `values` all its Python values by field key.

    For a new record `record.pk` is None; its number is drawn when empty. `version` moves it to that version.
    """

    record: Record
    values: dict[str, Any]
    seen_lock: int | None = None
    before: dict[str, Any] = field(default_factory=dict)


def save_records(
    drafts: Sequence[RecordDraft],
    *,
    actor: Any,
    verb: str,
    reason: str = "",
    source: str = "",
    effective_from: datetime | None = None,
) -> LogEntry | None:
    """Writes records, links, editions and one log line in one transaction. All drafts belong to one register.

    `seen_lock` is the lock version the person saw: raises Stale when somebody saved since. Raises Refused
    where a unique key is held by another record. Returns the log line; None for no drafts.
    """
    if not drafts:
        return None
    register = drafts[0].record.register
    with transaction.atomic():
        register = Register.objects.get(pk=register.pk)
        created = [draft for draft in drafts if draft.record.pk is None]
        changed = [draft for draft in drafts if draft.record.pk is not None]
        _check_locks(changed)
        _draw_numbers(created, register)
        for draft in drafts:
            _fill(draft, register)
        _check_uniques(drafts, register)
        now = timezone.now()
        _write(created, changed, now)
        _write_links(created, changed)
        entry = log.record_act(
            actor,
            verb,
            target=None if len(drafts) > 1 else drafts[0].record,
            changes=_changes(drafts, source),
            reason=reason,
            target_type="register" if len(drafts) > 1 else "record",
            target_id=register.key if len(drafts) > 1 else drafts[0].record.number,
            record=drafts[0].record if len(drafts) == 1 else None,
        )
        _write_editions(drafts, entry, effective_from or now, now)
        announce([draft.record.pk for draft in drafts])
    return entry


def announce(record_ids: list[int]) -> None:
    """After commit, search hears of the records."""
    from registry.searching import changed

    transaction.on_commit(lambda: changed(record_ids), robust=True)


def definition_of(record: Record) -> Definition:
    return parsed(record.version_id)


def _check_locks(changed: list[RecordDraft]) -> None:
    """Locks the rows in id order and compares what each person saw with what stands."""
    wanted = {draft.record.pk: draft for draft in changed}
    for start in range(0, len(changed), BATCH):
        ids = sorted(wanted)[start : start + BATCH]
        rows = (
            Record.objects.select_for_update()
            .filter(pk__in=ids)
            .order_by("pk")
            .values_list("pk", "lock_version")
        )
        for pk, lock in rows:
            draft = wanted[pk]
            seen = draft.seen_lock if draft.seen_lock is not None else draft.record.lock_version
            if seen != lock:
                theirs = Record.objects.get(pk=pk)
                raise Stale(
                    f"“{theirs.title}”（{theirs.number}）在您打开之后已被他人保存（第{lock}版，您看到的是第{seen}版）。"
                    "您的内容没有丢失：请对照两个版本后再保存。",
                    theirs,
                )


def _draw_numbers(created: list[RecordDraft], register: Register) -> None:
    by_series: dict[tuple[str, int], list[RecordDraft]] = {}
    for draft in created:
        draft.record.version_id = draft.record.version_id or register.current_id
        if not draft.record.number:
            definition = definition_of(draft.record)
            own = draft.values.get(definition.numbering.get("field") or "")
            if own and numbering.NUMBER.fullmatch(str(own)):
                draft.record.number = str(own)
            else:
                by_series.setdefault(numbering.series_of(definition), []).append(draft)
    for (prefix, width), waiting in by_series.items():
        for draft, number in zip(waiting, numbering.draw(prefix, width, len(waiting)), strict=True):
            draft.record.number = number


def _fill(draft: RecordDraft, register: Register) -> None:
    """Data, title and slots from the values; a key for a record that first holds something sensitive."""
    record, definition = draft.record, definition_of(draft.record)
    draft.before = dict(record.data)
    secret = any(draft.values.get(key) is not None for key in definition.sensitive_keys)
    key = values.data_key(record) if secret else None
    if secret and key is None:
        key = record.__dict__["_data_key"] = sealing.new_key()
        record.__dict__["_key_is_new"] = True
    record.data = values.encode(draft.values, definition, key, draft.before)
    record.title = title_of(draft.values, definition, record.number)
    slots.fill(record, draft.values, definition, register.slots, register.uniques)


def title_of(data: dict[str, Any], definition: Definition, fallback: str = "") -> str:
    """The record's title: the field that `title.field` names, else the template, else the first field."""
    if key := definition.title.get("field"):
        spec = definition.by_key[key]
        text = fields.get(spec.type).display(data.get(key), spec)
    else:
        text = definition.title.get("template", "")
        for spec in definition.fields:
            if f"{{{spec.key}}}" in text:
                shown = fields.get(spec.type).display(data.get(spec.key), spec, _names(data, spec))
                text = text.replace(f"{{{spec.key}}}", shown)
    return (text or fallback)[:200]


def _names(data: dict[str, Any], spec) -> dict[int, str] | None:
    if spec.type != "reference" or not data.get(spec.key):
        return None
    return dict(Record.objects.filter(pk=data[spec.key]).values_list("pk", "title"))


def _check_uniques(drafts: Sequence[RecordDraft], register: Register) -> None:
    """A sentence instead of an IntegrityError: names the field, not the holder (who may be out of sight)."""
    by_slot = {slot: key for key, slot in register.uniques.items()}
    for slot, key in by_slot.items():
        held = {
            getattr(draft.record, slot): draft for draft in drafts if getattr(draft.record, slot) is not None
        }
        count = sum(getattr(draft.record, slot) is not None for draft in drafts)
        own = {draft.record.pk for draft in drafts if draft.record.pk}
        taken = None
        keys = list(held)
        for start in range(0, len(keys), BATCH):
            rows = Record.objects.filter(**{"register": register, f"{slot}__in": keys[start : start + BATCH]})
            taken = next((held[text] for pk, text in rows.values_list("pk", slot) if pk not in own), None)
            if taken:
                break
        if taken or count > len(held):
            spec = definition_of((taken or drafts[0]).record).by_key[key]
            raise Refused(
                unique_message(spec, (taken or drafts[0]).values.get(key)),
                {key: [unique_message(spec, None)]},
            )


def unique_message(spec, value: Any) -> str:
    """The Chinese sentence for a key that is held already."""
    where = {"register": "本登记册", "round": "本批次", "organisation": "本单位"}[spec.unique]
    shown = "" if spec.sensitive or value is None else f"“{fields.get(spec.type).display(value, spec)}”"
    clause = f"（{spec.clause.path}）" if spec.clause and spec.clause.path else ""
    return f"{spec.label}{shown}在{where}中已有记录，同一{spec.label}只能有一条{clause}。"


def _write(created: list[RecordDraft], changed: list[RecordDraft], now: datetime) -> None:
    for draft in (*created, *changed):
        draft.record.updated_at = now
    try:
        with transaction.atomic():
            Record.objects.bulk_create([draft.record for draft in created], batch_size=BATCH)
            for draft in changed:
                draft.record.lock_version += 1
            columns = [
                f.name
                for f in Record._meta.concrete_fields
                if f.name not in ("id", "uid", "register", "number", "created_by", "created_at")
            ]
            if len(changed) == 1:
                changed[0].record.save(update_fields=columns)
            elif changed:
                # An upsert: a bulk update writes a CASE per column and takes ten times as long.
                Record.objects.bulk_create(
                    [draft.record for draft in changed],
                    update_conflicts=True,
                    unique_fields=["id"],
                    update_fields=columns,
                    batch_size=BATCH,
                )
    except IntegrityError as problem:
        raise Refused("编号或唯一字段与已有记录重复，未保存任何内容；请核对后重试。") from problem
    DataKey.objects.bulk_create(
        [
            DataKey(
                record=draft.record,
                wrapped=sealing.wrap(draft.record.__dict__["_data_key"], str(draft.record.uid)),
            )
            for draft in (*created, *changed)
            if draft.record.__dict__.pop("_key_is_new", False)
        ],
        batch_size=BATCH,
    )


def _write_links(created: list[RecordDraft], changed: list[RecordDraft]) -> None:
    wanted = {
        draft.record.pk: {
            (spec.key, row, target, choice)
            for spec in definition_of(draft.record).fields
            for row, target, choice in fields.get(spec.type).links(draft.values.get(spec.key), spec)
        }
        for draft in (*created, *changed)
    }
    ids = [draft.record.pk for draft in changed]
    stale = []
    for start in range(0, len(ids), BATCH):
        for link in Link.objects.filter(source_id__in=ids[start : start + BATCH]):
            told = (link.field, link.row, link.target_id, link.choice)
            if told in wanted[link.source_id]:
                wanted[link.source_id].discard(told)
            elif not link.field.startswith("@"):  # "@…" links are made by acts (filing → what it created)
                stale.append(link.pk)
    Link.objects.filter(pk__in=stale).delete()
    Link.objects.bulk_create(
        [
            Link(source_id=pk, field=key, row=row, target_id=target, choice=choice)
            for pk, links in wanted.items()
            for key, row, target, choice in sorted(links, key=str)
        ],
        batch_size=BATCH,
    )


def _changes(drafts: Sequence[RecordDraft], source: str) -> dict:
    """What the log line holds: each changed field of a single act, a digest of the rows of a bulk act.

    Of a sensitive field its name and an HMAC under the record's own key.
    """
    told: dict[str, Any] = {"source": source} if source else {}
    if len(drafts) > 1:
        digest = log.canonical({"rows": [[d.record.number, d.record.data, d.record.stage] for d in drafts]})
        return {**told, "count": len(drafts), "digest": log.link_hash("", digest)}
    draft = drafts[0]
    definition = definition_of(draft.record)
    fields_told = {}
    for key in {*draft.before, *draft.record.data}:
        old, new = draft.before.get(key), draft.record.data.get(key)
        if old == new:
            continue
        if key in definition.sensitive_keys:
            secret = values.data_key(draft.record)
            fields_told[key] = (
                {"hmac": sealing.digest_under(secret, sealing.unseal(new, secret, key))}
                if new
                else {"hmac": None}
            )
        else:
            fields_told[key] = [old, new]
    state = {name: getattr(draft.record, name) for name in STATE if getattr(draft.record, name)}
    return {**told, "number": draft.record.number, "fields": fields_told, "state": state}


def _write_editions(
    drafts: Sequence[RecordDraft], entry: LogEntry, effective: datetime, now: datetime
) -> None:
    copied = [
        f.attname
        for f in Edition._meta.concrete_fields
        if f.attname not in ("id", "record_id", "sequence", "effective_from", "recorded_at", "act_id")
    ]
    Edition.objects.bulk_create(
        [
            Edition(
                record=draft.record,
                sequence=draft.record.lock_version,
                effective_from=effective,
                recorded_at=now,
                act=entry,
                **{name: getattr(draft.record, name) for name in copied},
            )
            for draft in drafts
        ],
        batch_size=BATCH,
    )
