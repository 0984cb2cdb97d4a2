"""The definition editor: a register's draft as forms, and forms back as a draft."""

import json
from typing import Any

import yaml
from django import forms
from django.forms import formset_factory

from registry import fields, rules
from registry.definition import RESERVED_KEYS, Definition

TYPE_CHOICES = [(key, kind.label) for key, kind in fields.TYPES.items()]
FLAGS = ["required", "sensitive", "public", "listed", "filterable", "sortable", "searchable"]
UNIQUE = [("", "不限"), ("register", "本登记册"), ("round", "本批次"), ("organisation", "本单位")]


def key_of(label: str, taken: set[str]) -> str:
    """A field key from its label: pinyin, made different from the keys in use (removed ones included)."""
    from pypinyin import lazy_pinyin  # its tables take half a second: only who names a field waits for them

    words = "_".join(lazy_pinyin(label)).lower()
    base = (
        "".join(c if c.isascii() and (c.isalnum() or c == "_") else "" for c in words).strip("_")[:40]
        or "field"
    )
    base = base if base[0].isalpha() else f"f_{base}"
    key, number = base, 2
    while key in taken or key in RESERVED_KEYS:
        key, number = f"{base}_{number}", number + 1
    return key


def read_yaml(text: str, label: str) -> Any:
    """What a text box holds as YAML or JSON. Raises ValidationError with the place."""
    if len(text) > 20_000:
        raise forms.ValidationError(f"{label}超过20000字。")
    try:
        return yaml.safe_load(text) if text.strip() else None
    except (yaml.YAMLError, RecursionError, ValueError) as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f"第{mark.line + 1}行第{mark.column + 1}列" if mark else ""
        raise forms.ValidationError(f"{label}{where}无法读取，请检查括号、冒号与缩进。") from problem


def write_yaml(value: Any) -> str:
    if value in (None, {}, []):
        return ""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=None, width=100)


class BasicsForm(forms.Form):
    """What the register is."""

    name = forms.CharField(label="名称", max_length=60)
    description = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    public = forms.BooleanField(label="向社会公开", required=False)
    prefix = forms.RegexField(
        label="编号前缀",
        regex=r"^[A-Za-z0-9-]{0,40}$",
        required=False,
        help_text="字母、数字和连字符，如 ZJ-2023-",
    )
    width = forms.IntegerField(label="编号位数", min_value=1, max_value=12, initial=4)
    columns = forms.CharField(
        label="列表的列", required=False, help_text="字段键，用逗号隔开；空着则为勾选“列出”的字段"
    )
    sort = forms.CharField(
        label="默认排序", required=False, help_text="一个字段键、title 或 number；前加 - 为倒序"
    )
    notes = forms.CharField(label="备注", required=False, widget=forms.Textarea(attrs={"rows": 2}))


class FieldForm(forms.Form):
    """One field. `key` is given at the first save and never changes."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(label="名称", max_length=60, required=False)
    type = forms.ChoiceField(label="类型", choices=TYPE_CHOICES, initial="text")
    section = forms.CharField(label="分组", max_length=60, required=False)
    help = forms.CharField(label="填写说明", max_length=500, required=False)
    unique = forms.ChoiceField(label="唯一", choices=UNIQUE, required=False)
    required = forms.BooleanField(label="必填", required=False)
    sensitive = forms.BooleanField(label="敏感", required=False)
    public = forms.BooleanField(label="公开", required=False)
    listed = forms.BooleanField(label="列出", required=False)
    filterable = forms.BooleanField(label="可筛选", required=False)
    sortable = forms.BooleanField(label="可排序", required=False)
    searchable = forms.BooleanField(label="可检索", required=False)
    options = forms.CharField(
        label="选项与格式",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="如 choices: [甲, 乙]、max_length: 50、register: institutions、places: 2",
    )
    rest = forms.CharField(required=False, widget=forms.HiddenInput)
    order = forms.IntegerField(label="次序", required=False)
    remove = forms.BooleanField(label="删除", required=False)

    def clean_options(self) -> dict:
        options = read_yaml(self.cleaned_data["options"], "选项与格式") or {}
        if not isinstance(options, dict):
            raise forms.ValidationError("选项与格式须为“名称: 值”。")
        return options


class RuleForm(forms.Form):
    """One rule: what must hold, how hard, when, and where it comes from."""

    key = forms.SlugField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(label="名称", max_length=100, required=False)
    severity = forms.ChoiceField(
        label="力度", choices=[("hard", "硬性（不得）"), ("soft", "柔性（一般、原则上：须写理由）")]
    )
    moment = forms.ChoiceField(
        label="时机", choices=[("save", "保存"), ("submit", "提交"), ("approve", "审批")], initial="submit"
    )
    evidence = forms.BooleanField(label="无值即不合", required=False)
    condition = forms.CharField(
        label="须满足的条件", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    found = forms.CharField(label="查得的值", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    demanded = forms.CharField(label="要求", max_length=200, required=False)
    message = forms.CharField(label="提示语", max_length=500, required=False)
    concerned = forms.CharField(label="涉及字段", required=False, help_text="字段键，用逗号隔开")
    document = forms.CharField(label="依据文件", max_length=60, required=False)
    path = forms.CharField(label="条款", max_length=60, required=False, help_text="如 四（二）5")
    clause_id = forms.CharField(label="条款编号", max_length=20, required=False)
    remove = forms.BooleanField(label="删除", required=False)

    def clean_condition(self) -> Any:
        return read_yaml(self.cleaned_data["condition"], "须满足的条件")

    def clean_found(self) -> Any:
        return read_yaml(self.cleaned_data["found"], "查得的值")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (
            cleaned.get("label")
            and not cleaned.get("remove")
            and cleaned.get("condition") is None
            and "condition" not in self.errors
        ):
            self.add_error("condition", "请填写条件。")
        return cleaned


FieldFormSet = formset_factory(FieldForm, extra=3, max_num=220)
RuleFormSet = formset_factory(RuleForm, extra=1, max_num=220)


class DefinitionForms:
    """The three forms of a draft, bound or not. `draft()` gives the edited definition as a dict."""

    def __init__(self, draft: dict, data: Any = None) -> None:
        self.before = Definition.from_dict(draft)
        self.basics = BasicsForm(data, prefix="basics", initial=self._basics())
        self.fields = FieldFormSet(data, prefix="fields", initial=self._fields())
        self.rules = RuleFormSet(data, prefix="rules", initial=self._rules())

    def _basics(self) -> dict:
        old = self.before
        return {
            "name": old.name,
            "description": old.description,
            "public": old.public,
            "prefix": old.numbering.get("prefix", ""),
            "width": old.numbering.get("width", 4),
            "columns": ", ".join(old.listing.get("columns", [])),
            "sort": ", ".join(old.listing.get("sort", [])),
            "notes": old.notes,
        }

    def _fields(self) -> list[dict]:
        return [
            {
                "key": spec.key,
                "label": spec.label,
                "type": spec.type,
                "section": spec.section,
                "help": spec.help,
                "unique": spec.unique,
                "options": write_yaml(spec.options),
                "order": number * 10,
                **{flag: getattr(spec, flag) for flag in FLAGS},
            }
            for number, spec in enumerate(self.before.fields, 1)
        ]

    def _rules(self) -> list[dict]:
        schema = rules.schema_of(self.before)
        told = []
        for rule in self.before.rules:
            clause = rule.clause
            try:
                sentence = rules.sentence(rule.condition, schema)
            except rules.RuleError as problem:
                sentence = str(problem)
            told.append(
                {
                    "key": rule.key,
                    "label": rule.label,
                    "severity": rule.severity,
                    "moment": rule.moment,
                    "evidence": rule.evidence,
                    "condition": write_yaml(rule.condition),
                    "found": write_yaml(rule.found),
                    "demanded": rule.demanded,
                    "message": rule.message,
                    "concerned": ", ".join(rule.fields),
                    "document": clause.document if clause else "",
                    "path": clause.path if clause else "",
                    "clause_id": clause.id if clause else "",
                    "sentence": sentence,
                }
            )
        return told

    def is_valid(self) -> bool:
        return all([self.basics.is_valid(), self.fields.is_valid(), self.rules.is_valid()])

    def draft(self) -> dict:
        """The edited definition in canonical form. What the forms do not show is kept as it was."""
        old = self.before
        told, tombstones = self._read_fields()
        basics = self.basics.cleaned_data
        data = old.to_dict() | {
            "name": basics["name"],
            "description": basics["description"],
            "public": basics["public"],
            "numbering": {
                **old.numbering,
                **({"prefix": basics["prefix"]} if basics["prefix"] else {}),
                "width": basics["width"],
            },
            "listing": {**old.listing, "columns": words(basics["columns"]), "sort": words(basics["sort"])},
            "notes": basics["notes"],
            "fields": told,
            "rules": self._read_rules(),
            "tombstones": [*old.tombstones, *tombstones],
        }
        data["listing"] = {name: value for name, value in data["listing"].items() if value}
        return Definition.from_dict(json.loads(json.dumps(data))).to_dict()

    def _read_fields(self) -> tuple[list[dict], list[str]]:
        known = {spec.key: spec for spec in self.before.fields}
        taken = {*known, *self.before.tombstones}
        told: list[tuple[int, dict]] = []
        tombstones = []
        for number, form in enumerate(self.fields.forms):
            data = form.cleaned_data
            if not data.get("label"):
                continue
            key = data["key"] if data["key"] in known else ""
            if data["remove"]:
                tombstones += [key] if key else []
                continue
            if not key:
                key = key_of(data["label"], taken)
                taken.add(key)
            kept = {
                name: getattr(known[key], name)
                for name in ("default", "aliases")
                if key in known and getattr(known[key], name)
            }
            if key in known and known[key].clause:
                kept["clause"] = vars(known[key].clause)
            if (
                key in known and known[key].label != data["label"]
            ):  # sheets with the earlier label still go in
                kept["aliases"] = [*kept.get("aliases", []), known[key].label]
            chosen = {
                name: data[name] for name in ("label", "type", "section", "help", "unique", "options", *FLAGS)
            }
            place = data["order"] if data["order"] is not None else 10_000 + number
            told.append((place, {"key": key, **chosen, **kept}))
        told.sort(key=lambda pair: pair[0])
        return [field for _, field in told], tombstones

    def _read_rules(self) -> list[dict]:
        told = []
        taken = {rule.key for rule in self.before.rules}
        for form in self.rules.forms:
            data = form.cleaned_data
            if not data.get("label") or data["remove"]:
                continue
            key = data["key"] or key_of(data["label"], taken).replace("_", "-")
            taken.add(key)
            clause = {"document": data["document"], "path": data["path"], "id": data["clause_id"]}
            told.append(
                {
                    "key": key,
                    **{
                        name: data[name]
                        for name in (
                            "label",
                            "severity",
                            "moment",
                            "evidence",
                            "condition",
                            "found",
                            "demanded",
                            "message",
                        )
                    },
                    "fields": words(data["concerned"]),
                    "clause": clause if data["document"] else None,
                }
            )
        return told


def words(text: str) -> list[str]:
    return [word.strip() for word in text.replace("，", ",").split(",") if word.strip()]
