"""Text on one line; names of persons and things."""

from typing import Any

from registry.definition import FieldSpec
from registry.fields.base import FieldType, plain, refused


class Text(FieldType):
    """单行文本. Options: `max_length` (characters, default 200)."""

    key, label, slot = "text", "单行文本", "s"

    def parse(self, value: Any, spec: FieldSpec) -> str | None:
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = plain(value)
        limit = spec.options.get("max_length", 200)
        if len(text) > limit:
            raise refused(spec, text, f"不超过{limit}字，现为{len(text)}字")
        return text or None
