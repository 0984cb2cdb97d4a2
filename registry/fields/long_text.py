"""Text of several lines."""

import re
from typing import Any

from django import forms

from registry.definition import FieldSpec
from registry.fields.base import FieldType, refused


class LongText(FieldType):
    """多行文本. Options: `max_length` (characters, default 10,000)."""

    key, label = "long_text", "多行文本"
    widget = forms.Textarea

    def parse(self, value: Any, spec: FieldSpec) -> str | None:
        text = re.sub(r"\r\n?", "\n", str(value))
        text = re.sub(r"[\x00-\x08\x0b-\x1f]", "", text).strip()
        limit = spec.options.get("max_length", 10_000)
        if len(text) > limit:
            raise refused(spec, f"{text[:20]}…", f"不超过{limit}字，现为{len(text)}字")
        return text or None

    def make_widget(self, spec: FieldSpec, **options: Any) -> forms.Widget:
        return forms.Textarea(attrs={"rows": spec.options.get("rows", 5)})
