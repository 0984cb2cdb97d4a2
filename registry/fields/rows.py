"""Rows: a small table inside a record."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from registry.definition import FieldSpec
from registry.fields.base import FieldType, Names, Resolve, plain


def columns(spec: FieldSpec) -> list[FieldSpec]:
    """The columns as field specs; they have keys, labels, types and options of their own."""
    return [FieldSpec.from_dict(column) for column in spec.options.get("columns", [])]


class Rows(FieldType):
    """多行表格. Options: `columns`. A row is a dict column key → Python value; empty rows vanish.

    As text, one row per line, its cells separated by `|`; a line without `|` is its first column.
    """

    key, label = "rows", "多行表格"

    def to_python(self, value: Any, spec: FieldSpec, resolve: Resolve | None = None) -> list[dict] | None:
        from registry.fields import get

        if value is None:
            return None
        parts = columns(spec)
        rows = []
        for line, raw in enumerate(self.lines(value, parts), 1):
            try:
                row = {part.key: get(part.type).to_python(raw.get(part.key), part, resolve) for part in parts}
            except ValidationError as problem:
                raise ValidationError(
                    [f"{spec.label}第{line}行：{text}" for text in problem.messages]
                ) from None
            if any(item is not None for item in row.values()):
                rows.append(row)
        return rows or None

    def lines(self, value: Any, parts: list[FieldSpec]) -> list[dict]:
        if isinstance(value, list):
            return value
        written = [re.split(r"\s*[|｜\t]\s*", line.strip()) for line in re.split(r"\r\n?|\n", str(value))]
        return [
            {part.key: cell for part, cell in zip(parts, cells, strict=False)}
            for cells in written
            if any(cells)
        ]

    def to_json(self, value: Any, spec: FieldSpec) -> Any:
        from registry.fields import get

        if value is None:
            return None
        return [
            {part.key: get(part.type).to_json(row.get(part.key), part) for part in columns(spec)}
            for row in value
        ]

    def from_json(self, value: Any, spec: FieldSpec) -> Any:
        from registry.fields import get

        if value is None:
            return None
        return [
            {part.key: get(part.type).from_json(row.get(part.key), part) for part in columns(spec)}
            for row in value
        ]

    def display(self, value: Any, spec: FieldSpec, names: Names | None = None) -> str:
        from registry.fields import get

        return "\n".join(
            " | ".join(
                get(part.type).display(row.get(part.key), part, names) for part in columns(spec)
            ).rstrip(" |")
            for row in value or []
        )

    def links(self, value: Any, spec: FieldSpec) -> list[tuple[int, int | None, str]]:
        from registry.fields import get

        return [
            (number, target, choice)
            for number, row in enumerate(value or [])
            for part in columns(spec)
            for _, target, choice in get(part.type).links(row.get(part.key), part)
        ]

    def make_widget(self, spec: FieldSpec, **options: Any) -> forms.Widget:
        return forms.Textarea(
            attrs={"rows": 4, "placeholder": " | ".join(part.label for part in columns(spec))}
        )

    def initial(self, value: Any, spec: FieldSpec) -> Any:
        return plain(value) if isinstance(value, str) else self.display(value, spec)
