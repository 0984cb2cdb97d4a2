"""The filing form, made from a register's definition: its sections, its fields, one 理由 per soft rule."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from registry import fields, judging, sealing, values
from registry.definition import Definition, FieldSpec, RuleSpec
from registry.desk.naming import demanded_name
from registry.desk.rows import BLANK_ROWS, RowsField, initial_rows
from registry.desk.uploads import UploadField
from registry.fields.reference import Reference
from registry.models import Record, Register, Round, Stage
from registry.references import Resolver
from registry.rules import Verdict

REASON = "_reason-"
CLEAR = "_clear-"
MOST_SUGGESTIONS = 1000
EXCEEDED = ("needs_reason", "excused")


class FilingForm(forms.Form):
    """Fields by key, plus `_reason-<rule>` for each soft rule and `_clear-<key>` for what can be emptied.

    `owner`: the organisation that files; `fixed_owner`: it is the clerk's own, so the register's owner field is
    not asked for. A stored sensitive value is not written into the page: an empty input leaves it as it is.
    """

    def __init__(
        self,
        definition: Definition,
        *,
        round: Round | None,
        record: Record | None = None,
        owner: Record | None = None,
        fixed_owner: bool = False,
        data: Any = None,
        files: Any = None,
        typed: dict[str, Any] | None = None,
        grow: str = "",
    ) -> None:
        """`typed`: raw values to show instead of stored ones; `grow`: a rows field that gets one more blank row."""
        self.definition, self.round, self.record, self.owner = definition, round, record, owner
        self.fixed = definition.owner_field if fixed_owner and owner else ""
        self.before = values.decode(record, definition, sensitive=True) if record else _defaults(definition)
        self.names = values.names_of([record], [definition]) if record else {}
        self.verdicts = {verdict.rule: verdict for verdict in self._judge()}
        self._datalists: dict[str, list[str]] = {}
        super().__init__(data=data, files=files, initial=typed if typed is not None else self._stored())
        resolver = Resolver()
        for spec in definition.fields:
            if spec.key == self.fixed:
                continue
            self.fields[spec.key] = self._make(spec, grow == spec.key)
            self.fields[spec.key].resolve = resolver
            if self.masked(spec.key) or (spec.type == "file" and self.before.get(spec.key)):
                self.fields[CLEAR + spec.key] = forms.BooleanField(
                    required=False, label=f"清除已保存的{spec.label}"
                )
        for rule in self.soft_rules:
            self.fields[REASON + rule.key] = self._reason_field(rule)

    def _make(self, spec: FieldSpec, grow: bool) -> forms.Field:
        if spec.type == "rows":
            return RowsField(spec, BLANK_ROWS + grow)
        if spec.type == "file":
            return UploadField(spec)
        made = fields.get(spec.type).formfield(spec)
        if spec.sensitive:
            made.widget.attrs["autocomplete"] = "off"
        if self.suggestions(spec):
            made.widget.attrs["list"] = f"list-{spec.key}"
        return made

    def _reason_field(self, rule: RuleSpec) -> forms.CharField:
        verdict = self.verdicts.get(rule.key)
        demanded = f"一般要求：{verdict.demanded}。" if verdict and verdict.demanded else ""
        return forms.CharField(
            required=False,
            label=f"理由：{rule.label}",
            help_text=f"{demanded}超出时说明理由。",
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def _stored(self) -> dict[str, Any]:
        """What the inputs show of the stored values; nothing of sensitive ones."""
        shown: dict[str, Any] = {}
        for spec in self.definition.fields:
            value, kind = self.before.get(spec.key), fields.get(spec.type)
            if value is None or spec.sensitive or spec.type == "file":
                continue
            if spec.type == "rows":
                shown[spec.key] = initial_rows(value, spec, self.names)
            elif isinstance(kind, Reference):
                shown[spec.key] = kind.display(value, spec, self.names)
            else:
                shown[spec.key] = kind.initial(value, spec)
        reasons = self.record.reasons if self.record else {}
        return {**shown, **{REASON + key: text for key, text in reasons.items()}}

    def _judge(self) -> list[Verdict]:
        reasons = self.record.reasons if self.record else {}
        return judging.judge_values(
            self.before, self.definition, self.round, reasons=reasons, owner=self.owner
        )

    @property
    def soft_rules(self) -> list[RuleSpec]:
        return [rule for rule in self.definition.rules if rule.severity == "soft"]

    def masked(self, key: str) -> str:
        """The stored sensitive value as a screen may show it, or nothing."""
        spec = self.definition.by_key[key]
        stored = self.before.get(key)
        if not spec.sensitive or stored is None or self.record is None:
            return ""
        return sealing.mask(fields.get(spec.type).display(stored, spec))

    def suggestions(self, spec: FieldSpec) -> list[str]:
        """Titles (or a field's values) of the register that the field refers to or takes suggestions from."""
        if spec.key not in self._datalists:
            wanted = spec.options.get("suggest") or {}
            register = wanted.get("register") or (
                spec.options.get("register") if spec.type == "reference" else ""
            )
            self._datalists[spec.key] = (
                list(suggestions(register, wanted.get("field", "title"))) if register else []
            )
        return self._datalists[spec.key]

    def sections(self) -> list[dict[str, Any]]:
        """The page's sections in the definition's order: {key, label, items}, items as `desk/form.html` reads them."""
        known = [(section["key"], section["label"]) for section in self.definition.sections]
        loose = any(spec.section not in dict(known) for spec in self.definition.fields)
        made = []
        for key, label in [*known, *([("", "其他" if known else "内容")] if loose else [])]:
            specs = [
                s
                for s in self.definition.fields
                if s.section == key or (not key and s.section not in dict(known))
            ]
            if specs:
                made.append(
                    {"key": key or "other", "label": label, "items": [self._item(spec) for spec in specs]}
                )
        return made

    def _item(self, spec: FieldSpec) -> dict[str, Any]:
        if spec.key == self.fixed:
            return {"kind": "fixed", "spec": spec, "value": self.owner.title}
        kind = spec.type if spec.type in ("rows", "file") else "masked" if self.masked(spec.key) else "field"
        clear = self[CLEAR + spec.key] if CLEAR + spec.key in self.fields else None
        return {
            "kind": kind,
            "spec": spec,
            "field": self[spec.key],
            "plain": spec.key in self.demanded_keys,
            "masked": self.masked(spec.key),
            "clear": clear,
            "stored": (self.before.get(spec.key) or {}).get("name", "") if spec.type == "file" else "",
            "file_name": self.demanded_name() if spec.type == "file" else "",
            "suggestions": self.suggestions(spec),
        }

    def reason_items(self) -> list[dict[str, Any]]:
        """One 理由 per soft rule; those exceeded by what is stored come first and stand open."""
        made = [
            {
                "field": self[REASON + rule.key],
                "verdict": self.verdicts.get(rule.key),
                "open": bool(self.record)
                and (verdict := self.verdicts.get(rule.key)) is not None
                and verdict.outcome in EXCEEDED,
                "rule": rule,
            }
            for rule in self.soft_rules
        ]
        return sorted(made, key=lambda item: not item["open"])

    @property
    def demanded_keys(self) -> set[str]:
        """Fields that a submission cannot do without, or that a rule wants evidence of: not marked 选填."""
        told = {key for rule in self.definition.rules if rule.evidence for key in rule.fields}
        return told | {spec.key for spec in self.definition.fields if spec.required}

    def demanded_name(self) -> str:
        """The name that the round demands of the scan, once what it is made of is known (YN23-25)."""
        return demanded_name(self.round, self.before, self.definition, self.owner)

    def values(self) -> dict[str, Any]:
        """Python values to save, from cleaned data: kept where the page did not ask or nothing new was typed.

        Files keep their stored value here; uploads are in `uploads()`.
        """
        said: dict[str, Any] = {}
        for spec in self.definition.fields:
            cleared = self.cleaned_data.get(CLEAR + spec.key)
            stored = None if cleared else self.before.get(spec.key)
            if spec.key == self.fixed:
                said[spec.key] = self.owner.pk if spec.type == "reference" else self.owner.title
            elif spec.type == "file" or (spec.sensitive and self.cleaned_data.get(spec.key) is None):
                said[spec.key] = stored
            else:
                said[spec.key] = self.cleaned_data.get(spec.key)
        return said

    def uploads(self) -> dict[str, Any]:
        """Field key → UploadedFile for each file that came with this request and is in order."""
        files = {spec.key for spec in self.definition.fields if spec.type == "file"}
        return {key: self.cleaned_data[key] for key in files if self.cleaned_data.get(key)}

    def reasons(self) -> dict[str, str]:
        """Rule key → 理由, blank ones left out; reasons of rules that are not asked about stay."""
        kept = {
            k: v
            for k, v in (self.record.reasons if self.record else {}).items()
            if REASON + k not in self.fields
        }
        said = {rule.key: self.cleaned_data.get(REASON + rule.key, "").strip() for rule in self.soft_rules}
        return {**kept, **{key: text for key, text in said.items() if text}}

    def refuse(self, problems: dict[str, list[str]], message: str) -> None:
        """Puts an action's sentences beside their fields."""
        for key, sentences in (problems or {"": [message]}).items():
            for sentence in sentences:
                self.add_error(key if key in self.fields else None, sentence)


def typed_values(form: FilingForm, data: Any, files: MultiValueDict) -> dict[str, Any]:
    """What stands in the inputs now, unjudged: shown again where the page only grows a row."""
    return {
        name: field.widget.value_from_datadict(data, files, name)
        for name, field in form.fields.items()
        if not isinstance(field, forms.FileField)
    }


def suggestions(register_key: str, field: str) -> Iterable[str]:
    """Distinct values of a field (or the titles) of a register's standing records, in the register's order."""
    if register_key == "divisions":
        return []
    register = Register.objects.filter(key=register_key).first()
    rows = Record.objects.filter(register=register, stage=Stage.APPROVED, withheld=False).order_by(
        "order", "pk"
    )
    if field == "title":
        found = rows.values_list("title", flat=True)[:MOST_SUGGESTIONS]
    else:
        found = rows.values_list(f"data__{field}", flat=True)[:MOST_SUGGESTIONS]
    return list(dict.fromkeys(text for text in found if isinstance(text, str) and text))


def _defaults(definition: Definition) -> dict[str, Any]:
    return {spec.key: fields.get(spec.type).from_json(spec.default, spec) for spec in definition.fields}
