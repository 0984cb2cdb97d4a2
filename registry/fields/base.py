"""FieldType: what every kind of field knows how to do."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from registry.definition import FieldSpec

Resolve = Callable[[str, Any], int]  # (register key, what was written) → record id; raises ValidationError
Names = dict[int, str]  # record id → title

TEXT_SLOT_LENGTH = 200


def plain(value: Any) -> str:
    """Text as a person meant it: no line breaks or control characters inside, single spaces, none at the ends."""
    text = re.sub(r"[\r\n\t\v\f​﻿\x00-\x1f]+", "", str(value))
    return re.sub(r"[  　]+", " ", text).strip()


def half_width(value: Any) -> str:
    """An identifier as typed: full-width digits and letters become half-width, spaces vanish."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", plain(value)))


def refused(spec: FieldSpec, found: Any, demanded: str) -> ValidationError:
    """A Chinese sentence: what was found, what is demanded, which clause demands it."""
    clause = (
        f"（依据：{spec.clause.document} {spec.clause.path}）" if spec.clause and spec.clause.path else ""
    )
    shown = "" if spec.sensitive else f"“{str(found)[:60]}”"
    return ValidationError(f"{spec.label}{shown}不符合要求：{demanded}{clause}。")


class FieldType:
    """One kind of field. Python values are the types rules compare; JSON values are what `data` stores.

    `slot` is the letter of the slot column it may use: "s" text, "n" number, "d" date, "" none.
    """

    key = ""
    label = ""
    slot = ""
    widget: type[forms.Widget] | None = None

    def to_python(self, value: Any, spec: FieldSpec, resolve: Resolve | None = None) -> Any:
        """What a form, a sheet's cell or a JSON document holds → Python value, None when empty.

        Raises ValidationError with a Chinese sentence.
        """
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        return self.parse(value, spec)

    def parse(self, value: Any, spec: FieldSpec) -> Any:
        return plain(value)

    def to_json(self, value: Any, spec: FieldSpec) -> Any:
        return value

    def from_json(self, value: Any, spec: FieldSpec) -> Any:
        return value

    def display(self, value: Any, spec: FieldSpec, names: Names | None = None) -> str:
        return "" if value is None else str(value)

    def cell(self, value: Any, spec: FieldSpec, names: Names | None = None) -> Any:
        """What a sheet's cell gets; read back by `to_python` it gives the same value."""
        return self.display(value, spec, names)

    def slot_value(self, value: Any, spec: FieldSpec) -> Any:
        """Never None: an empty value is the column's greatest value, so that empty sorts last."""
        if value is None or value == "":
            return {"s": "\U0010ffff", "n": 2**63 - 1, "d": "9999-12-31"}[self.slot]
        return self.slot_of(value, spec)

    def slot_of(self, value: Any, spec: FieldSpec) -> Any:
        return unicodedata.normalize("NFKC", str(value)).casefold()[:TEXT_SLOT_LENGTH]

    def unique_text(self, value: Any, spec: FieldSpec) -> str:
        return unicodedata.normalize("NFKC", str(self.to_json(value, spec))).casefold()

    def links(self, value: Any, spec: FieldSpec) -> list[tuple[int, int | None, str]]:
        """(row, target record id, choice) for each reference or choice the value holds."""
        return []

    def search_text(self, value: Any, spec: FieldSpec, names: Names | None = None) -> str:
        return self.display(value, spec, names)

    def formfield(self, spec: FieldSpec, **options: Any) -> forms.Field:
        """A form field that hands the raw text to `to_python`, so that form and sheet are judged alike."""
        return BoundType(type=self, spec=spec, widget=self.make_widget(spec, **options))

    def make_widget(self, spec: FieldSpec, **options: Any) -> forms.Widget:
        return (self.widget or forms.TextInput)()

    def initial(self, value: Any, spec: FieldSpec) -> Any:
        """What the form shows for a stored value."""
        return self.cell(value, spec)


class BoundType(forms.Field):
    """A form field that cleans through a FieldType. Never required by itself: drafts may be incomplete."""

    def __init__(self, *, type: FieldType, spec: FieldSpec, resolve: Resolve | None = None, **kwargs: Any):
        self.type, self.spec, self.resolve = type, spec, resolve
        super().__init__(required=False, label=spec.label, help_text=spec.help, **kwargs)

    def clean(self, value: Any) -> Any:
        return self.type.to_python(value, self.spec, self.resolve)
