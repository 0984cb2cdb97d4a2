"""Records in the admin: list, create, edit, history."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView

from registry import fields, values
from registry.actions.save_record import create_record, edit_record
from registry.admin.access import READERS, Panel
from registry.admin.record_form import RecordForm
from registry.errors import NotAllowed, Refused, Stale
from registry.models import LogEntry, Record, Register, Stage
from registry.permissions import can_create, can_edit, sees_whole, visible_records

PER_PAGE = 50


class RecordPanel(Panel, TemplateView):
    """What the record panels share: the register of the address, and the crumbs above."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.register = get_object_or_404(Register.objects.select_related("current"), key=kwargs["key"])
        if self.register.current is None:
            raise Http404("该登记册尚未发布。")
        self.definition = self.register.definition

    def crumbs(self) -> list[tuple[str, str]]:
        return [("登记册", reverse("registers_admin:index")), (self.register.name, self.records_url)]

    @property
    def records_url(self) -> str:
        return reverse("registers_admin:records", args=[self.register.key])

    def find(self, number: str) -> Record:
        """The record, if this person may see the whole of it."""
        seen = visible_records(self.who, self.register).select_related(
            "register", "version", "round", "owner"
        )
        record = get_object_or_404(seen, number=number)
        if not sees_whole(self.who, record):
            raise Http404
        return record


class RecordList(RecordPanel):
    """A register's records as the office sees them, drafts included where the role allows."""

    template_name = "registry/admin/records.html"
    roles = READERS
    page_title = "登记项"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query, stage = self.request.GET.get("q", "").strip(), self.request.GET.get("stage", "")
        found = visible_records(self.who, self.register)
        if query:
            found = found.filter(Q(title__icontains=query) | Q(number=query))
        if stage in Stage.values:
            found = found.filter(stage=stage)
        page = Paginator(
            found.only("number", "title", "stage", "standing", "public", "withheld", "updated_at").order_by(
                "order", "id"
            ),
            PER_PAGE,
        )
        return super().get_context_data(
            register=self.register,
            page_obj=page.get_page(self.request.GET.get("p")),
            query=query,
            stage=stage,
            stages=Stage.choices,
            may_create=can_create(self.who, self.register, None, None)[0],
            **kwargs,
        )


class RecordEdit(RecordPanel):
    """Create or edit a record through its definition's form; every save is an edition with a line in the log."""

    template_name = "registry/admin/record_edit.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.number = kwargs.get("number")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.record = None
        return super().dispatch(request, *args, **kwargs)

    def load(self) -> None:
        self.record = self.find(self.number) if self.number else None
        if self.record:
            self.definition = self.record.version.parsed

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.load()
        return self.render_to_response(self.get_context_data(form=RecordForm(self.definition, self.record)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.load()
        form = RecordForm(self.definition, self.record, request.POST)
        theirs = None
        if form.is_valid():
            try:
                record = self.save(form)
                messages.success(
                    request, f"已保存“{record.title}”（{record.number}），第{record.lock_version}版次。"
                )
                return redirect("registers_admin:record", self.register.key, record.number)
            except Stale as refusal:
                theirs = refusal.theirs
                form.add_error(None, refusal.message)
            except NotAllowed as refusal:
                form.add_error(None, refusal.message)
            except Refused as refusal:
                form.take_problems(refusal.problems or {"": [refusal.message]})
        context = self.get_context_data(form=form, theirs=self.rows(theirs) if theirs else None)
        return self.render_to_response(context, status=422)

    def save(self, form: RecordForm) -> Record:
        data, reason = form.record_values(), form.cleaned_data["act_reason"]
        if self.record is None:
            return create_record(self.register, data, actor=self.request.user, reason=reason)
        lock = form.cleaned_data["lock_version"] or 0
        return edit_record(self.record, data, actor=self.request.user, seen_lock=lock, reason=reason)

    def rows(self, record: Record) -> list[tuple[str, str]]:
        definition = record.version.parsed
        data, names = values.decode(record, definition), values.names_of([record], [definition])
        return [
            (s.label, fields.get(s.type).display(data[s.key], s, names))
            for s in definition.fields
            if not s.sensitive
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        allowed, why = (
            can_edit(self.who, self.record)
            if self.record
            else can_create(self.who, self.register, None, None)
        )
        self.page_title = self.record.title if self.record else f"新建{self.register.name}"
        return super().get_context_data(
            register=self.register,
            record=self.record,
            allowed=allowed,
            why=why,
            records_url=self.records_url,
            **kwargs,
        )

    def crumbs(self) -> list[tuple[str, str]]:
        return [*super().crumbs(), (self.record.title if self.record else "新建", "")]


class RecordHistory(RecordPanel):
    """A record's editions, each with what changed in it, who did it and why."""

    template_name = "registry/admin/record_history.html"
    roles = READERS
    page_title = "历史"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = self.find(kwargs["number"])
        editions = list(record.editions.select_related("act__actor", "version").order_by("sequence"))
        told = []
        for before, edition in zip([None, *editions], editions, strict=False):
            told.append((edition, changes(before, edition)))
        lines = LogEntry.objects.filter(record=record).select_related("actor").order_by("-sequence")[:100]
        return super().get_context_data(
            register=self.register, record=record, told=told[::-1], lines=lines, **kwargs
        )

    def crumbs(self) -> list[tuple[str, str]]:
        number = self.kwargs["number"]
        return [
            *super().crumbs(),
            (number, reverse("registers_admin:record", args=[self.register.key, number])),
            ("历史", ""),
        ]


def changes(before, edition) -> list[tuple[str, str, str]]:
    """(label, before, after) of each field and state that an edition changed; sensitive values are not shown."""
    definition = edition.version.parsed
    told = []
    for spec in definition.fields:
        old, new = (before.data.get(spec.key) if before else None), edition.data.get(spec.key)
        if old == new:
            continue
        kind = fields.get(spec.type)
        if spec.sensitive:
            told.append((spec.label, "（敏感信息）" if old else "", "（敏感信息）" if new else ""))
        else:
            told.append(
                (spec.label, *(kind.display(kind.from_json(item, spec), spec) for item in (old, new)))
            )
    for name, label in (
        ("stage", "办理阶段"),
        ("standing", "效力"),
        ("public", "公开"),
        ("withheld", "暂不公开"),
    ):
        old, new = (getattr(before, name) if before else None), getattr(edition, name)
        if old != new:
            told.append((label, shown(before, name), shown(edition, name)))
    return told


def shown(edition, name: str) -> str:
    if edition is None:
        return ""
    value = getattr(edition, name)
    return ("是" if value else "否") if isinstance(value, bool) else getattr(edition, f"get_{name}_display")()
