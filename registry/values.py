"""A record's stored data as Python values and back; sensitive fields are sealed and unsealed here."""

from collections.abc import Iterable
from typing import Any

from registry import fields, sealing
from registry.definition import Definition
from registry.models import DataKey, Record
from registry.models.register import parsed


def data_key(record: Record) -> bytes | None:
    """The record's key, or None where it has none or it was destroyed."""
    cached = record.__dict__.get("_data_key")
    if "_data_key" not in record.__dict__ and record.pk:
        wrapped = DataKey.objects.filter(pk=record.pk).values_list("wrapped", flat=True).first()
        cached = record.__dict__["_data_key"] = sealing.unwrap(wrapped, str(record.uid)) if wrapped else None
    return cached


def load_keys(records: Iterable[Record]) -> None:
    """Reads the keys of many records in one query."""
    by_id = {record.pk: record for record in records if record.pk and "_data_key" not in record.__dict__}
    found = dict(DataKey.objects.filter(pk__in=by_id).values_list("pk", "wrapped"))
    for pk, record in by_id.items():
        wrapped = found.get(pk)
        record.__dict__["_data_key"] = sealing.unwrap(wrapped, str(record.uid)) if wrapped else None


def decode(
    record: Record, definition: Definition | None = None, *, sensitive: bool = False
) -> dict[str, Any]:
    """Field key → Python value (defaults applied). Sensitive values are left out unless asked for.

    Whoever asks for sensitive values answers for the permission and the log line.
    """
    definition = definition or parsed(record.version_id)
    values = {}
    for spec in definition.fields:
        raw = record.data.get(spec.key, spec.default)
        if sealing.is_sealed(raw):
            key = data_key(record) if sensitive else None
            raw = sealing.unseal(raw, key, spec.key) if key else None
        elif spec.sensitive and not sensitive:
            raw = None
        values[spec.key] = fields.get(spec.type).from_json(raw, spec)
    return values


def encode(
    values: dict[str, Any], definition: Definition, key: bytes | None, before: dict | None = None
) -> dict:
    """Python values → stored JSON. A sensitive value that did not change keeps its ciphertext."""
    data = {}
    for spec in definition.fields:
        value = fields.get(spec.type).to_json(values.get(spec.key), spec)
        if value is None:
            continue
        if spec.sensitive:
            old = (before or {}).get(spec.key)
            if sealing.is_sealed(old) and sealing.unseal(old, key, spec.key) == value:
                data[spec.key] = old
                continue
            value = sealing.seal(value, key, spec.key)
        data[spec.key] = value
    return data


def names_of(records: Iterable[Record], definitions: Iterable[Definition]) -> dict[int, str]:
    """Titles of every record that the given ones refer to, in one query."""
    wanted: set[int] = set()
    for record, definition in zip(records, definitions, strict=False):
        for spec in definition.fields:
            if spec.type in ("reference", "references", "rows"):
                kind = fields.get(spec.type)
                value = kind.from_json(record.data.get(spec.key), spec) if spec.key in record.data else None
                wanted.update(target for _, target, _ in kind.links(value, spec) if target)
    return dict(Record.objects.filter(pk__in=wanted).values_list("pk", "title"))
