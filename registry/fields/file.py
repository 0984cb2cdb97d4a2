"""A file of a record: the value names attachments, which stand in a table of their own."""

from typing import Any

from django import forms

from registry.definition import FieldSpec
from registry.fields.base import FieldType


class File(FieldType):
    """文件. Options: `kinds` (endings, default pdf), `max_mb` (default 20), `file_name` (a naming pattern).

    The Python and JSON value is {"id": attachment id, "name": file name}, or a file name alone from a sheet.
    """

    key, label = "file", "文件"

    def parse(self, value: Any, spec: FieldSpec) -> dict:
        return value if isinstance(value, dict) else {"name": str(value).strip()}

    def display(self, value: Any, spec: FieldSpec, names=None) -> str:
        return (value or {}).get("name", "")

    def make_widget(self, spec: FieldSpec, **options: Any) -> forms.Widget:
        kinds = spec.options.get("kinds", ["pdf"])
        return forms.ClearableFileInput(attrs={"accept": ",".join(f".{kind}" for kind in kinds)})
