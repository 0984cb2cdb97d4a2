"""One choice, or several, of a closed list."""

import re
from typing import Any

from django import forms

from registry.definition import FieldSpec
from registry.fields.base import FieldType, plain, refused


def choices(spec: FieldSpec) -> list[tuple[str, str]]:
    """(key, label) pairs of `options.choices`, whose items are texts or {key, label} mappings."""
    return [
        (item["key"], item.get("label", item["key"])) if isinstance(item, dict) else (item, item)
        for item in spec.options.get("choices", [])
    ]


def find(text: str, spec: FieldSpec) -> str:
    """The key of what was written (key or label, spaces aside). Raises ValidationError."""
    wanted = re.sub(r"\s", "", text)
    for key, label in choices(spec):
        if wanted in (re.sub(r"\s", "", key), re.sub(r"\s", "", label)):
            return key
    raise refused(spec, text, f"须为{'、'.join(label for _, label in choices(spec)[:12])}之一")


class Choice(FieldType):
    """单选."""

    key, label, slot = "choice", "单选", "s"

    def parse(self, value: Any, spec: FieldSpec) -> str:
        return find(plain(value), spec)

    def display(self, value: Any, spec: FieldSpec, names=None) -> str:
        return dict(choices(spec)).get(value, value or "")

    def slot_of(self, value: Any, spec: FieldSpec) -> str:
        return value

    def make_widget(self, spec: FieldSpec, **options: Any) -> forms.Widget:
        pairs = choices(spec)
        return (
            forms.RadioSelect(choices=pairs)
            if len(pairs) <= 5
            else forms.Select(choices=[("", "请选择"), *pairs])
        )

    def initial(self, value: Any, spec: FieldSpec) -> Any:
        return value


class Choices(Choice):
    """多选. Stored as a list of keys in the list's order; filtered through Link."""

    key, label, slot = "choices", "多选", ""

    def parse(self, value: Any, spec: FieldSpec) -> list[str] | None:
        parts = value if isinstance(value, list | tuple) else re.split(r"[、,，;；\n]+", str(value))
        found = {find(plain(part), spec) for part in parts if str(part).strip()}
        return [key for key, _ in choices(spec) if key in found] or None

    def display(self, value: Any, spec: FieldSpec, names=None) -> str:
        labels = dict(choices(spec))
        return "、".join(labels.get(key, key) for key in value or [])

    def links(self, value: Any, spec: FieldSpec) -> list[tuple[int, int | None, str]]:
        return [(-1, None, key) for key in value or []]

    def make_widget(self, spec: FieldSpec, **options: Any) -> forms.Widget:
        return forms.CheckboxSelectMultiple(choices=choices(spec))
