"""A sheet of filings: looked at row by row, then imported as drafts, all of it or nothing."""

import io
from typing import Any

import openpyxl
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from registry.desk import waiting
from registry.desk.access import at_desk, find_round, page
from registry.desk.views.editing import own_organisation
from registry.errors import NotAllowed, Refused
from registry.exchange import import_file
from registry.exchange.report import STATUSES, WORDS, Report
from registry.models import Round
from registry.permissions import Viewer, can_create

MOST_MEGABYTES = 10
MOST_ROWS_SHOWN = 200
TONES = {"new": "ok", "changed": "info", "unchanged": "muted", "refused": "bad"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetForm(forms.Form):
    """The sheet as a file of at most MOST_MEGABYTES."""

    sheet = forms.FileField(
        label="表格文件",
        help_text=f"XLSX 或 CSV，不超过{MOST_MEGABYTES}MB；第一行为表头，每行一份。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "请选择表格文件。", "empty": "该文件是空的，请重新选择。"},
    )

    def clean_sheet(self) -> Any:
        upload = self.cleaned_data["sheet"]
        if upload.size > MOST_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(
                f"“{upload.name}”为{upload.size / 1024 / 1024:.1f}MB，不得超过{MOST_MEGABYTES}MB，请分成几个文件。"
            )
        return upload


@at_desk
def upload(request: HttpRequest, who: Viewer, key: str) -> HttpResponse:
    """Choose a file → preview of every row → confirm. Nothing is stored before the confirmation."""
    round = find_round(key)
    owner, _ = own_organisation(request, who)
    allowed, reason = can_create(who, round.register, owner, round)
    if not allowed:
        raise NotAllowed(reason)
    bound_to = f"{who.user.pk}:{round.key}"
    context: dict[str, Any] = {
        "title": "上传表格",
        "round": round,
        "owner": owner,
        "form": SheetForm(),
        "headings": [spec.label for spec in round.version.parsed.fields if spec.type != "file"],
        "crumbs": [(round.name, reverse("desk-round", args=[round.key]))],
    }
    if request.method != "POST":
        return page(request, who, "desk/upload.html", context)
    token, name = request.POST.get("_sheet", ""), request.POST.get("_name", "")[:200]
    form = SheetForm() if token else SheetForm(request.POST, request.FILES)
    context["form"] = form
    try:
        if token:
            content = waiting.take(token, bound_to)
        elif form.is_valid():
            name, content = form.cleaned_data["sheet"].name, form.cleaned_data["sheet"].read()
        else:
            return page(request, who, "desk/upload.html", context)
        report = import_file(
            round.register, name, content, round=round, actor=who.user, owner=owner, dry_run=not token
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        context["problem"] = refusal.message
        return page(request, who, "desk/upload.html", context)
    if report.stored or (token and not report.refused):
        waiting.drop(token)
        messages.success(
            request, f"已导入：新增{report.count('new')}份草稿，更新{report.count('changed')}份。"
        )
        return redirect("desk-round", round.key)
    token = token or waiting.put(content, bound_to)
    return page(request, who, "desk/upload.html", {**context, **preview(report, token, name)})


def preview(report: Report, token: str, name: str) -> dict[str, Any]:
    """What the preview shows: counts, refused rows first, then what rules will ask before submission."""
    rows = sorted(report.rows, key=lambda row: (row.status != "refused", row.row or 0))
    shown = [
        {
            "row": row.row,
            "number": row.number or "",
            "word": WORDS[row.status],
            "tone": TONES[row.status],
            "errors": row.errors,
            "rules": [v for v in row.rules if v.outcome in ("fail", "needs_reason")],
        }
        for row in Paginator(rows, MOST_ROWS_SHOWN).get_page(1)
    ]
    return {
        "report": report,
        "counts": [(WORDS[status], report.count(status), TONES[status]) for status in STATUSES],
        "rows": shown,
        "more": max(0, len(rows) - MOST_ROWS_SHOWN),
        "token": token,
        "name": name,
        "may_confirm": not report.refused and any(row.status in ("new", "changed") for row in report.rows),
    }


@at_desk
def template(request: HttpRequest, who: Viewer, key: str) -> HttpResponse:
    """An empty sheet with the register's headings, made from its definition."""
    round: Round = find_round(key)
    book = openpyxl.Workbook()
    sheet = book.active
    definition = round.version.parsed
    headings = [spec.label for spec in definition.fields if spec.type != "file"]
    if any(rule.severity == "soft" for rule in definition.rules):
        headings.append("理由")
    sheet.append(headings)
    for column in sheet.iter_cols(min_row=1, max_row=1):
        sheet.column_dimensions[column[0].column_letter].width = max(12, len(str(column[0].value)) * 2 + 4)
        for cell in column:
            cell.number_format = "@"
    for index in range(1, len(headings) + 1):  # text, so that long numbers keep all their digits
        sheet.column_dimensions[openpyxl.utils.get_column_letter(index)].number_format = "@"
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{round.register.key}.xlsx"'
    return response
