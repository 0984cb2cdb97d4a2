"""A register's fields as django-import-export fields: in through the field type, out through its cell."""

from __future__ import annotations

import re
from typing import Any

from import_export import fields as base
from import_export import widgets

from registry import fields
from registry.definition import FieldSpec
from registry.exchange.entry import Entry
from registry.exchange.sheets import guard, unguard


class CellWidget(widgets.Widget):
    """Cleans and renders one field's cells through its type, so that sheet and form are judged alike."""

    def __init__(self, spec: FieldSpec, resolve: Any = None) -> None:
        super().__init__()
        self.spec, self.resolve = spec, resolve

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Raises ValidationError with a Chinese sentence."""
        value = unguard(value)
        if self.spec.type == "choices" and isinstance(value, str):
            value = re.sub(r"\s*[/／]\s*", "、", value)
        return fields.get(self.spec.type).to_python(value, self.spec, self.resolve)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return guard(fields.get(self.spec.type).cell(value, self.spec, kwargs.get("names")))


class CellField(base.Field):
    """One column. Reads and writes `Entry.values`; an empty cell empties the value."""

    def __init__(self, spec: FieldSpec, header: str, resolve: Any = None) -> None:
        super().__init__(attribute=spec.key, column_name=header, widget=CellWidget(spec, resolve))
        self.spec = spec

    def save(self, instance: Entry, row: dict, is_m2m: bool = False, **kwargs: Any) -> None:
        instance.values[self.spec.key] = self.widget.clean(row.get(self.column_name), row=row)

    def get_value(self, instance: Entry) -> Any:
        return instance.values.get(self.spec.key)
