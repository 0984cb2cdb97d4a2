"""A round at the desk: its window, its filings as far as one may see them, and who still owes."""

import csv
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from registry import judging, obligations, values
from registry.desk import answers
from registry.desk.access import at_desk, find_round, page
from registry.desk.stages import results_hidden, stage_tag
from registry.desk.views.home import OVERSEERS, days_left, left_text
from registry.errors import NotAllowed
from registry.models import Record, Round, Stage
from registry.permissions import Viewer, can_create, visible_records

PER_PAGE = 25
DECIDED = (Stage.APPROVED, Stage.REFUSED)


class FilingFilter(forms.Form):
    """办理阶段 and 单位."""

    stage = forms.ChoiceField(label="办理阶段", required=False)
    unit = forms.CharField(label="单位", required=False, max_length=60)

    def __init__(self, data: Any, counts: dict[str, int], by_unit: bool) -> None:
        super().__init__(data)
        self.fields["stage"].choices = [
            ("", "全部"),
            *(
                (stage, f"{Stage(stage).label}（{counts[stage]}）")
                for stage in Stage.values
                if counts.get(stage)
            ),
        ]
        if not by_unit:
            del self.fields["unit"]


@at_desk
def round_page(request: HttpRequest, who: Viewer, key: str) -> HttpResponse:
    """The round with the filings this person may see: filtered by stage and unit, paged."""
    round, now = find_round(key), timezone.now()
    hidden = results_hidden(round, who, now)
    seen = visible_records(who, round.register).filter(round=round)
    counts = _counts(seen, hidden)
    oversees = who.has(*OVERSEERS) or bool(who.regions)
    asked = FilingFilter(request.GET, counts, oversees)
    wanted = asked.cleaned_data if asked.is_valid() else {}
    listed = _filtered(seen, wanted, hidden).select_related("register", "version", "round", "owner")
    paginator = Paginator(listed.order_by("-updated_at", "-pk"), PER_PAGE)
    page_obj = paginator.get_page(request.GET.get("page"))
    mine = [organisation.pk for organisation in who.organisations]
    owner = who.organisations[0] if who.organisations else None
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "title": round.name,
        "round": round,
        "state": round.state(now),
        "left": left_text(round, now),
        "days": days_left(round.closes_at, now),
        "debts": obligations.owed(round, mine) if mine else [],
        "filter": asked,
        "filtered": any(wanted.values()),
        "total": paginator.count,
        "page_obj": page_obj,
        "base_query": query.urlencode(),
        "columns": [
            round.version.parsed.by_key[k].label
            for k in round.version.parsed.columns
            if k in round.version.parsed.by_key
        ],
        "rows": _rows(list(page_obj.object_list), who),
        "may_file": can_create(who, round.register, owner, round)[0],
        "by_unit": oversees,
        "sees_shortfall": who.has(*OVERSEERS) and bool(round.obligations),
        "organisations": who.organisations if len(who.organisations) > 1 else [],
    }
    return page(request, who, "desk/round.html", context)


def _counts(seen: QuerySet[Record], hidden: bool) -> dict[str, int]:
    counts = dict(seen.order_by().values_list("stage").annotate(Count("pk")))
    if hidden:
        decided = sum(counts.pop(stage, 0) for stage in DECIDED)
        if decided:
            counts[Stage.IN_REVIEW] = counts.get(Stage.IN_REVIEW, 0) + decided
    return counts


def _filtered(seen: QuerySet[Record], wanted: dict[str, str], hidden: bool) -> QuerySet[Record]:
    if stage := wanted.get("stage"):
        stages = [stage, *DECIDED] if hidden and stage == Stage.IN_REVIEW else [stage]
        seen = seen.filter(stage__in=stages)
    if unit := (wanted.get("unit") or "").strip():
        seen = seen.filter(owner__title__contains=unit)
    return seen


def _rows(records: list[Record], who: Viewer) -> list[dict[str, Any]]:
    """Cells, stage and the rules' sum of each filing, with a constant number of queries."""
    names = values.names_of(records, [record.version.parsed for record in records])
    verdicts = judging.judge_records(records)
    rows = []
    for record in records:
        outcomes = [verdict.outcome for verdict in verdicts[record.pk]]
        rows.append(
            {
                "record": record,
                "url": reverse("desk-filing", args=[record.uid]),
                "cells": answers.listed_cells(record, names),
                "tag": stage_tag(record, who),
                "fails": outcomes.count("fail"),
                "needs": outcomes.count("needs_reason"),
                "excused": outcomes.count("excused"),
            }
        )
    return rows


@at_desk
def shortfall(request: HttpRequest, who: Viewer, key: str) -> HttpResponse:
    """缺报名单: institutions that owe more than they handed in (YN23-24)."""
    round = _overseen(who, key)
    owing = obligations.owed(round)
    short = obligations.still_short(owing)
    context = {
        "title": "缺报名单",
        "round": round,
        "left": left_text(round, timezone.now()),
        "count": len({item.organisation for item in short}),
        "missing": sum(item.short for item in short),
        "page_obj": Paginator(short, 50).get_page(request.GET.get("page")),
        "owing": len({item.organisation for item in owing}),
        "crumbs": [(round.name, reverse("desk-round", args=[round.key]))],
    }
    return page(request, who, "desk/shortfall.html", context)


@at_desk
def shortfall_csv(request: HttpRequest, who: Viewer, key: str) -> HttpResponse:
    """The same list as a sheet (UTF-8 with mark, which spreadsheets need)."""
    round = _overseen(who, key)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="shortfall-{round.key}.csv"'
    writer = csv.writer(response)
    writer.writerow(["编号", "单位", "应报事项", "应报份数", "已提交份数", "缺报份数"])
    for item in obligations.shortfall(round):
        writer.writerow([item.number, item.title, item.label, item.minimum, item.filed, item.short])
    return response


@at_desk
def roster(request: HttpRequest, who: Viewer, key: str) -> HttpResponse:
    """汇总表: what was handed in, one row a filing, to print with the unit's seal (附件3 made from 附件2, YN23-25)."""
    round = find_round(key)
    handed_in = visible_records(who, round.register).filter(round=round, stage__in=obligations.HANDED_IN)
    if not (who.organisations or who.has(*OVERSEERS)):
        raise NotAllowed("只有申报单位和省级办公室可以打印汇总表。")
    records = list(
        handed_in.select_related("register", "version", "owner").order_by("owner__title", "order", "pk")[
            :1000
        ]
    )
    definition = round.version.parsed
    names = values.names_of(records, [record.version.parsed for record in records])
    context = {
        "title": f"{round.register.name}汇总表",
        "round": round,
        "unit": "、".join(organisation.title for organisation in who.organisations),
        "columns": [definition.by_key[k].label for k in definition.columns if k in definition.by_key],
        "rows": [{"number": r.number, "cells": answers.listed_cells(r, names)} for r in records],
        "crumbs": [(round.name, reverse("desk-round", args=[round.key]))],
    }
    return page(request, who, "desk/roster.html", context)


def _overseen(who: Viewer, key: str) -> Round:
    round = find_round(key)
    if not who.has(*OVERSEERS):
        raise NotAllowed("缺报名单由省级办公室查看。")
    return round
