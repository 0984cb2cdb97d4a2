"""Yes or no, and the declaration that must be confirmed."""

from typing import Any

from django import forms

from registry.definition import FieldSpec
from registry.fields.base import FieldType, half_width, refused

YES = {"是", "有", "同意", "对", "√", "✓", "1", "1.0", "y", "yes", "true", "on"}
NO = {"否", "无", "不同意", "错", "×", "0", "0.0", "n", "no", "false", "off"}


class YesNo(FieldType):
    """是否: True, False, or None where nobody answered."""

    key, label, slot = "yes_no", "是/否", "s"

    def parse(self, value: Any, spec: FieldSpec) -> bool:
        text = half_width(value).casefold()
        if text in YES or value is True:
            return True
        if text in NO or value is False:
            return False
        raise refused(spec, value, "须填“是”或“否”")

    def display(self, value: Any, spec: FieldSpec, names=None) -> str:
        return {True: "是", False: "否"}.get(value, "")

    def slot_of(self, value: Any, spec: FieldSpec) -> str:
        return "yes" if value else "no"

    def make_widget(self, spec: FieldSpec, **options: Any) -> forms.Widget:
        return forms.RadioSelect(choices=[("是", "是"), ("否", "否")])


class Declaration(YesNo):
    """声明: a text that must be confirmed. Options: `text`."""

    key, label = "declaration", "声明"
