"""The chair's decision: form, preview, confirmation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from expertpool import nominations
from expertpool.actions import appoint
from expertpool.actions.decide import check, decide
from expertpool.forms import Decide
from expertpool.models import Outcome, Panel
from expertpool.permissions import can_decide, chair_is_out
from expertpool.progress import judges_of
from expertpool.views.nomination import counted, find, reason
from expertpool.views.panels import crumbs
from registry import judging
from registry.desk.access import at_desk, page
from registry.errors import NotAllowed, Refused, Stale
from registry.models import Record
from registry.permissions import Viewer


@at_desk
def decision(request: HttpRequest, who: Viewer, key: str, number: str) -> HttpResponse:
    """GET: the form. POST without `confirm`: a preview. POST with `confirm`: the decision."""
    panel, record = find(who, key, number)
    allowed, why = can_decide(who, panel, record)
    if not allowed:
        raise NotAllowed(why)
    form = Decide(
        request.POST if request.method == "POST" else None, initial={"seen_lock": record.lock_version}
    )
    previewing = False
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            if "confirm" in request.POST:
                decide(panel, record, actor=who.user, **sent)
                said = Outcome(sent["outcome"]).label
                messages.success(request, f"“{record.title}”遴选{said}，已记入日志。")
                return redirect("panel-nomination", key, number)
            if sent["seen_lock"] != record.lock_version:
                raise Stale("推荐材料在您打开之后已有变动，请重新查看材料后再决定。", record)
            if "change" not in request.POST:
                check(panel, record, actor=who.user, outcome=sent["outcome"], reason=sent["reason"])
                previewing = True
        except NotAllowed:
            raise
        except Refused as problem:
            form.add_error(None, problem.message)
    status = 422 if form.errors else 200
    return page(request, who, "expertpool/decide.html", context(panel, record, form, previewing), status)


def context(panel: Panel, record: Record, form: Decide, previewing: bool) -> dict[str, Any]:
    """The case in short, and on the preview what the decision brings about."""
    judges = judges_of(panel, record)
    reviews = counted(record, judges)
    verdicts = judging.judge_record(record)
    term_from = timezone.localdate()
    term_years = appoint.years(record)
    title = "核对遴选决定" if previewing else "作出遴选决定"
    return {
        "title": title,
        "crumbs": crumbs(
            panel,
            (record.title, reverse("panel-nomination", args=[panel.round.key, record.number])),
            (title, ""),
        ),
        "panel": panel,
        "record": record,
        "form": form,
        "previewing": previewing,
        "accepting": form.is_bound and form.cleaned_data.get("outcome") == Outcome.ACCEPT
        if previewing
        else False,
        "sent": form.cleaned_data if previewing else {},
        "outcome": Outcome(form.cleaned_data["outcome"]).label if previewing else "",
        "as_deputy": chair_is_out(panel, record),
        "reviews": [
            {"review": each, "stale": each.edition.sequence != record.lock_version} for each in reviews
        ],
        "tally": nominations.tally(reviews),
        "waiting": [
            judge["seat"]
            for judge in judges
            if judge["assigned"]
            and not (judge["recused"] or judge["reviewed"])
            and judge["seat"].capacity != "chair"
        ],
        "open_rules": [
            (v, reason(record, v)) for v in verdicts if v.outcome not in ("pass", "not_applicable")
        ],
        "term": (term_from, appoint.end_of_term(term_from, term_years), term_years),
    }
