"""A rows field as a small table of inputs, editable without JavaScript."""

import re
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from registry import fields
from registry.definition import FieldSpec
from registry.fields.base import BoundType, Names
from registry.fields.reference import Reference
from registry.fields.rows import columns

BLANK_ROWS = 2
MOST_ROWS = 200


class RowsWidget(forms.Widget):
    """Inputs named `<field>-<row>-<column>`; `extra` blank rows stand below the filled ones."""

    template_name = "desk/rows.html"
    use_fieldset = True

    def __init__(self, spec: FieldSpec, extra: int = BLANK_ROWS) -> None:
        super().__init__()
        self.spec, self.extra, self.parts = spec, extra, columns(spec)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]] | Any:
        """Row dicts as typed, in order; a text under the plain name (one row a line) is taken as it is."""
        if isinstance(data.get(name), str):
            return data[name]
        pattern = re.compile(rf"{re.escape(name)}-(\d+)-")
        numbers = sorted({int(found[1]) for key in data if (found := pattern.match(key))})[:MOST_ROWS]
        rows = []
        for number in numbers:
            row = {
                part.key: self._input(part).value_from_datadict(data, files, f"{name}-{number}-{part.key}")
                for part in self.parts
            }
            if any(str(cell or "").strip() for cell in row.values()):
                rows.append(row)
        return rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and not any(key.startswith(f"{name}-") for key in data)

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        filled = value if isinstance(value, list) else []
        shown = [*filled, *({} for _ in range(self.extra if filled else self.extra + 1))]
        context["widget"].update(
            columns=self.parts,
            rows=[
                {"number": number + 1, "cells": [self._cell(name, number, part, row) for part in self.parts]}
                for number, row in enumerate(shown)
            ],
            field=name,
            label=self.spec.label,
        )
        return context

    def _render(self, template_name: str, context: dict, renderer: Any = None) -> SafeString:
        """Through the site's own templates; the form renderer knows only those inside apps."""
        return mark_safe(render_to_string(template_name, context))

    def _cell(self, name: str, number: int, part: FieldSpec, row: dict) -> dict[str, SafeString | str]:
        key = f"{name}-{number}-{part.key}"
        attrs = {"id": f"id_{key}", "aria-label": f"{self.spec.label}第{number + 1}行：{part.label}"}
        return {"label": part.label, "html": self._input(part).render(key, row.get(part.key), attrs)}

    def _input(self, part: FieldSpec) -> forms.Widget:
        made = fields.get(part.type).make_widget(part)
        if isinstance(made, forms.RadioSelect):  # one line of a table has room for a list, not for rounds
            made = forms.Select(choices=[("", ""), *made.choices])
        if isinstance(made, forms.Textarea):
            made.attrs["rows"] = 2
        return made

    def id_for_label(self, id_: str, index: str = "0") -> str:
        return f"{id_}-0-{self.parts[0].key}" if id_ and self.parts else id_


class RowsField(BoundType):
    """Cleans what RowsWidget collects through the rows type itself."""

    def __init__(self, spec: FieldSpec, extra: int = BLANK_ROWS, **kwargs: Any) -> None:
        super().__init__(type=fields.get(spec.type), spec=spec, widget=RowsWidget(spec, extra), **kwargs)


def initial_rows(value: list[dict] | None, spec: FieldSpec, names: Names) -> list[dict[str, Any]]:
    """Stored rows as their inputs show them; a reference shows its target's title."""
    shown = []
    for row in value or []:
        cells = {}
        for part in columns(spec):
            kind = fields.get(part.type)
            stored = row.get(part.key)
            refers = isinstance(kind, Reference)
            cells[part.key] = kind.display(stored, part, names) if refers else kind.initial(stored, part)
        shown.append(cells)
    return shown
