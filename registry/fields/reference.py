"""A reference to a record of another register, and to a region."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from registry.definition import FieldSpec
from registry.fields.base import FieldType, Names, Resolve, plain


class Reference(FieldType):
    """引用. Options: `register` (its key). The Python and JSON value is the target record's id."""

    key, label, slot = "reference", "引用", "n"

    def to_python(self, value: Any, spec: FieldSpec, resolve: Resolve | None = None) -> int | None:
        if value in (None, ""):
            return None
        if isinstance(value, int) and not isinstance(value, bool) and resolve is None:
            return value
        if resolve is None:
            raise ValidationError(f"{spec.label}：此处无法查找“{value}”。")
        return resolve(spec.options["register"], plain(value))

    def display(self, value: Any, spec: FieldSpec, names: Names | None = None) -> str:
        return "" if value is None else (names or {}).get(value, f"#{value}")

    def slot_of(self, value: Any, spec: FieldSpec) -> int:
        return value

    def links(self, value: Any, spec: FieldSpec) -> list[tuple[int, int | None, str]]:
        return [(-1, value, "")] if value else []

    def make_widget(self, spec: FieldSpec, **options: Any) -> forms.Widget:
        return forms.TextInput(
            attrs={"autocomplete": "off", "data-register": spec.options.get("register", "")}
        )


class References(Reference):
    """多项引用: a list of record ids, in the order given."""

    key, label, slot = "references", "多项引用", ""

    def to_python(self, value: Any, spec: FieldSpec, resolve: Resolve | None = None) -> list[int] | None:
        if value in (None, "", []):
            return None
        parts = value if isinstance(value, list | tuple) else re.split(r"[、;；\n]+", str(value))
        found = [
            super(References, self).to_python(part, spec, resolve) for part in parts if str(part).strip()
        ]
        return list(dict.fromkeys(found)) or None

    def display(self, value: Any, spec: FieldSpec, names: Names | None = None) -> str:
        return "、".join((names or {}).get(item, f"#{item}") for item in value or [])

    def links(self, value: Any, spec: FieldSpec) -> list[tuple[int, int | None, str]]:
        return [(-1, item, "") for item in value or []]


class RegionField(FieldType):
    """行政区划: the Python and JSON value is the region's id as text, so that it can stand in a text slot."""

    key, label, slot = "region", "行政区划", "s"

    def to_python(self, value: Any, spec: FieldSpec, resolve: Resolve | None = None) -> str | None:
        if value in (None, ""):
            return None
        return str(resolve("divisions", plain(value))) if resolve else plain(value)

    def display(self, value: Any, spec: FieldSpec, names: Names | None = None) -> str:
        from registry.places import region_name

        return region_name(value) if value else ""

    def slot_of(self, value: Any, spec: FieldSpec) -> str:
        return str(value)
