"""A form made from a register's definition, for the admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from registry import fields, values
from registry.definition import Definition
from registry.models import Record
from registry.references import Resolver


class RecordForm(forms.Form):
    """One form field per field of the definition. Sensitive values are not shown; left empty they stay as they are.

    `cleaned_data` holds Python values by field key, `lock_version` what the person saw, `act_reason` why.
    """

    lock_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, definition: Definition, record: Record | None, *args: Any, **kwargs: Any) -> None:
        self.definition, self.record = definition, record
        self.stored = values.decode(record, definition, sensitive=True) if record else {}
        names = values.names_of([record], [definition]) if record else {}
        super().__init__(*args, **kwargs)
        resolver = Resolver()
        for spec in definition.fields:
            if spec.type == "file":
                continue  # files come in at the desk, through the permission-checked upload
            kind = fields.get(spec.type)
            field = self.fields[spec.key] = kind.formfield(spec)
            field.resolve = resolver
            field.label = f"{spec.label}（必填）" if spec.required else spec.label
            stored = self.stored.get(spec.key)
            if spec.sensitive:
                field.help_text = f"{spec.help} 敏感信息，留空则保持原值。".strip()
            elif stored is not None:
                field.initial = (
                    kind.display(stored, spec, names)
                    if spec.type.startswith(("refer", "region"))
                    else kind.initial(stored, spec)
                )
        self.fields["act_reason"] = forms.CharField(
            label="变更说明", required=False, help_text="写入日志，例如更名依据的文号。"
        )
        self.fields["lock_version"].initial = record.lock_version if record else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for spec in self.definition.fields:
            if spec.key not in self.fields or (
                spec.sensitive and cleaned.get(spec.key) is None and spec.key not in self.errors
            ):
                cleaned[spec.key] = self.stored.get(spec.key)
        return cleaned

    def record_values(self) -> dict[str, Any]:
        """Python values by field key, ready for the save path."""
        return {spec.key: self.cleaned_data.get(spec.key) for spec in self.definition.fields}

    def take_problems(self, problems: dict[str, list[str]]) -> None:
        """Puts an action's sentences beside their fields."""
        for key, sentences in problems.items():
            self.add_error(key if key in self.fields else None, ValidationError(sentences))
