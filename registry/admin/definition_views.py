"""Definitions in the admin: edit the draft, see the difference in words, publish, go back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView

from registry import fields, log
from registry.actions.publish_register import check_draft, publish_register
from registry.admin.access import READERS, Panel
from registry.admin.definition_form import DefinitionForms
from registry.definition import Definition
from registry.errors import Refused
from registry.models import Register


class RegisterList(Panel, TemplateView):
    """All registers with what can be done to each."""

    template_name = "registry/admin/registers.html"
    roles = READERS
    page_title = "登记册"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from django.db.models import Count

        registers = Register.objects.select_related("current").annotate(total=Count("records"))
        return super().get_context_data(registers=registers, **kwargs)

    def crumbs(self) -> list[tuple[str, str]]:
        return [("登记册", "")]


class DefinitionPanel(Panel, TemplateView):
    """What the definition panels share."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.register = get_object_or_404(Register.objects.select_related("current"), key=kwargs["key"])

    def crumbs(self) -> list[tuple[str, str]]:
        records = reverse("registers_admin:records", args=[self.register.key])
        return [
            ("登记册", reverse("registers_admin:index")),
            (self.register.name, records),
            (self.page_title, ""),
        ]

    @property
    def draft(self) -> dict:
        return self.register.draft or (self.register.current.definition if self.register.current else {})


class DefinitionEdit(DefinitionPanel):
    """The draft's fields, listing and rules. Saving a draft changes nothing that is in force."""

    template_name = "registry/admin/definition_edit.html"
    page_title = "编辑定义"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(DefinitionForms(self.draft))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forms = DefinitionForms(self.draft, request.POST)
        if not forms.is_valid():
            return self.show(forms, status=422)
        self.register.draft = forms.draft()
        problems: list[str] = []
        try:
            check_draft(self.register)
        except Refused as refusal:
            problems = refusal.problems.get("", [refusal.message])
        self.register.save(update_fields=["draft", "updated_at"])
        if problems:
            for problem in problems[:10]:
                messages.warning(request, problem)
            messages.warning(request, f"草稿已保存，但还有{len(problems)}处问题，改好后才能发布。")
            return redirect("registers_admin:definition", self.register.key)
        if "more" in request.POST:
            messages.success(request, "草稿已保存，可继续添加字段和规则。")
            return redirect("registers_admin:definition", self.register.key)
        return redirect("registers_admin:publish", self.register.key)

    def show(self, forms: DefinitionForms, status: int = 200) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(register=self.register, forms=forms), status=status
        )


class DefinitionPublish(DefinitionPanel):
    """The difference in words, and the button that puts the draft in force."""

    template_name = "registry/admin/definition_publish.html"
    page_title = "发布新版本"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        old = self.register.current.parsed if self.register.current else None
        versions = self.register.versions.select_related("published_by").defer("definition")
        return super().get_context_data(
            register=self.register,
            difference=difference(old, Definition.from_dict(self.draft)),
            versions=versions,
            total=self.register.records.count(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if again := request.POST.get("again"):
            return self.take_back(get_object_or_404(self.register.versions, number=again))
        try:
            version = publish_register(self.register, request.user, request.POST.get("note", "").strip())
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("registers_admin:definition", self.register.key)
        messages.success(
            request, f"“{self.register.name}”第{version.number}版已发布并生效；已有登记项保留其填报时的版本。"
        )
        return redirect("registers_admin:records", self.register.key)

    def take_back(self, version) -> HttpResponse:
        """An earlier version becomes the draft; publishing it is an act of its own, so nothing is lost."""
        from django.db import transaction

        with transaction.atomic():
            self.register.draft = version.definition
            self.register.save(update_fields=["draft", "updated_at"])
            log.record_act(self.request.user, "restore_draft", self.register, {"version": version.number})
        messages.info(self.request, f"已取回第{version.number}版为草稿，请核对差异后发布。")
        return redirect("registers_admin:publish", self.register.key)


def difference(old: Definition | None, new: Definition) -> list[str]:
    """What publishing would change, one Chinese sentence each."""
    if old is None:
        return [f"首次发布，共{len(new.fields)}个字段、{len(new.rules)}条规则。"]
    told = []
    if old.name != new.name:
        told.append(f"名称由“{old.name}”改为“{new.name}”。")
    if old.public != new.public:
        told.append("改为向社会公开。" if new.public else "不再向社会公开。")
    for spec in new.fields:
        before = old.by_key.get(spec.key)
        if before is None:
            told.append(f"新增字段“{spec.label}”（{fields.get(spec.type).label}）。")
        elif before != spec:
            changed = [
                NAMES.get(name, name) for name in vars(spec) if getattr(before, name) != getattr(spec, name)
            ]
            told.append(f"字段“{before.label}”更改：{'、'.join(changed)}。")
    told += [f"删除字段“{spec.label}”，已有数据保留。" for spec in old.fields if spec.key not in new.by_key]
    if [spec.key for spec in old.fields if spec.key in new.by_key] != [
        s.key for s in new.fields if s.key in old.by_key
    ]:
        told.append("字段次序有调整。")
    rules_before, rules_after = ({rule.key: rule for rule in d.rules} for d in (old, new))
    told += [f"新增规则“{rule.label}”。" for key, rule in rules_after.items() if key not in rules_before]
    told += [f"删除规则“{rule.label}”。" for key, rule in rules_before.items() if key not in rules_after]
    told += [
        f"规则“{rule.label}”有更改。"
        for key, rule in rules_after.items()
        if rules_before.get(key, rule) != rule
    ]
    for name, label in (
        ("listing", "列表"),
        ("numbering", "编号"),
        ("title", "标题"),
        ("description", "说明"),
        ("notes", "备注"),
    ):
        if getattr(old, name) != getattr(new, name):
            told.append(f"{label}设置有更改。")
    return told


NAMES = {
    "label": "名称",
    "type": "类型",
    "help": "填写说明",
    "section": "分组",
    "options": "选项与格式",
    "required": "必填",
    "unique": "唯一",
    "sensitive": "敏感",
    "public": "公开",
    "listed": "列出",
    "filterable": "可筛选",
    "sortable": "可排序",
    "searchable": "可检索",
    "default": "默认值",
    "aliases": "曾用名称",
    "clause": "依据条款",
}
