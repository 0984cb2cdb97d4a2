"""A filing's answers as a page shows them: by section, sensitive ones masked."""

from typing import Any

from django.urls import reverse

from registry import fields, sealing, values
from registry.definition import FieldSpec
from registry.fields.base import Names
from registry.fields.rows import columns
from registry.models import Attachment, Record


def answers(record: Record, *, reveal: bool = False, edit_url: str = "") -> list[dict[str, Any]]:
    """Sections {label, items}; an item is {label, value, kind: text|rows|file|secret, …}.

    `reveal` shows sensitive values in the clear: whoever asks has checked the permission and written the log
    line. `edit_url` adds a link to each answer's place in the form.
    """
    definition = record.version.parsed
    data = values.decode(record, definition, sensitive=True)
    names = values.names_of([record], [definition])
    known = [(section["key"], section["label"]) for section in definition.sections]
    made = []
    for key, label in [*known, ("", "其他" if known else "内容")]:
        specs = [
            s for s in definition.fields if s.section == key or (not key and s.section not in dict(known))
        ]
        items = [_item(record, spec, data.get(spec.key), names, reveal) for spec in specs]
        for item in items:
            item["edit_url"] = f"{edit_url}#id_{item['key']}" if edit_url else ""
        if items:
            made.append({"label": label, "items": items})
    return made


def _item(record: Record, spec: FieldSpec, value: Any, names: Names, reveal: bool) -> dict[str, Any]:
    kind = fields.get(spec.type)
    item: dict[str, Any] = {"key": spec.key, "label": spec.label, "kind": "text", "clause": spec.clause}
    if spec.type == "rows":
        parts = columns(spec)
        rows = [
            [(p.label, fields.get(p.type).display(row.get(p.key), p, names)) for p in parts]
            for row in value or []
        ]
        return {
            **item,
            "kind": "rows",
            "columns": [part.label for part in parts],
            "rows": rows,
            "value": rows,
        }
    if spec.type == "file" and value:
        url = reverse("desk-file", args=[record.uid, value["id"]]) if value.get("id") else ""
        return {**item, "kind": "file", "value": value.get("name", ""), "url": url}
    shown = kind.display(value, spec, names)
    if spec.sensitive and shown and not reveal:
        return {**item, "kind": "secret", "value": sealing.mask(shown)}
    return {**item, "value": shown}


def sensitive_labels(record: Record) -> list[str]:
    """Labels of the sensitive fields that hold something."""
    definition = record.version.parsed
    return [spec.label for spec in definition.fields if spec.sensitive and spec.key in record.data]


def reasons(record: Record) -> list[dict[str, str]]:
    """{label, text} for each written reason."""
    labels = {rule.key: rule.label for rule in record.version.parsed.rules} | {"*": "各项一般要求"}
    return [{"label": labels.get(key, key), "text": text} for key, text in record.reasons.items() if text]


def listed_cells(record: Record, names: Names) -> list[dict[str, str]]:
    """What a list shows of a filing: {label, value} of its register's columns, never a sensitive one."""
    definition = record.version.parsed
    data = values.decode(record, definition)
    cells = []
    for key in definition.columns:
        if spec := definition.by_key.get(key):
            cells.append(
                {"label": spec.label, "value": fields.get(spec.type).display(data.get(key), spec, names)}
            )
    return cells


def attachment_of(record: Record, pk: int) -> Attachment | None:
    return Attachment.objects.filter(record=record, pk=pk).first()
