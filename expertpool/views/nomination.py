"""One nomination before the committee: evidence, rules, reviews, and what the person may do with it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from expertpool import nominations, permissions
from expertpool.actions.assign import assign
from expertpool.actions.declare_conflict import declare_conflict
from expertpool.actions.review import review
from expertpool.forms import Ground, Opinions, Readers
from expertpool.models import Appointment, Decision, Panel, Review
from expertpool.progress import judges_of
from expertpool.views.panels import crumbs, find_panel
from registry import judging
from registry.desk import answers
from registry.desk.access import at_desk, page
from registry.desk.stages import TONES
from registry.errors import Refused
from registry.models import Record
from registry.permissions import Viewer


def find(who: Viewer, key: str, number: str) -> tuple[Panel, Record]:
    """Raises Http404 for what this person may not see: the answer does not tell that it exists."""
    panel = find_panel(who, key)
    record = nominations.nomination_of(panel, who, number)
    if record is None:
        raise Http404("没有这条推荐")
    return panel, record


@at_desk
def nomination(request: HttpRequest, who: Viewer, key: str, number: str) -> HttpResponse:
    """GET shows; POST writes the own review."""
    panel, record = find(who, key, number)
    mine = Review.objects.filter(record=record, reviewer=who.user).first()
    initial = {"seen_lock": record.lock_version}
    if mine:
        initial |= {"verdict": mine.verdict, "reasons": mine.reasons}
    form = Opinions(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            review(panel, record, actor=who.user, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(request, f"对“{record.title}”的意见已保存。")
            return redirect("panel-nomination", key, number)
    status = 422 if form.is_bound and form.errors else 200
    return page(request, who, "expertpool/nomination.html", context(who, panel, record, mine, form), status)


def context(who: Viewer, panel: Panel, record: Record, mine: Review | None, form: Opinions) -> dict[str, Any]:
    """Everything the nomination's page shows."""
    verdicts = judging.judge_record(record)
    readable, why_not = permissions.can_read_reviews(who, panel, record)
    judges = judges_of(panel, record)
    reviews = counted(record, judges)
    others = [each for each in reviews if each.reviewer_id != who.user.pk] if readable else []
    may_review, review_bar = permissions.can_review(who, panel, record)
    may_decide, decide_bar = permissions.can_decide(who, panel, record)
    may_assign = permissions.can_assign(who, panel)[0]
    seat = panel.seat_of(who.user)
    return {
        "title": record.title,
        "crumbs": crumbs(panel, (record.title, "")),
        "panel": panel,
        "record": record,
        "seat": seat,
        "stage_tone": TONES[record.stage],
        "sections": answers.answers(record),
        "reasons": answers.reasons(record),
        "verdicts": [(verdict, reason(record, verdict)) for verdict in verdicts],
        "worst": nominations.worst(verdicts),
        "mine": mine,
        "stale": bool(mine and mine.edition.sequence != record.lock_version),
        "others": [
            {"review": each, "stale": each.edition.sequence != record.lock_version} for each in others
        ],
        "readable": readable,
        "why_not": why_not,
        "tally": nominations.tally([*others, *([mine] if mine else [])]) if readable else [],
        "judges": judges if readable and (seat is None or seat.capacity != "member") else [],
        "decision": Decision.objects.filter(record=record).select_related("decided_by").first(),
        "appointment": Appointment.objects.filter(nomination=record).select_related("expert").first(),
        "form": form,
        "may": {"review": may_review, "decide": may_decide, "assign": may_assign},
        "review_bar": review_bar,
        "decide_bar": decide_bar if seat and seat.capacity != "member" else "",
        "ground": Ground() if seat and record.stage in permissions.OPEN_STAGES else None,
        "readers": Readers(None, judges) if may_assign else None,
    }


def counted(record: Record, judges: list[dict[str, Any]]) -> list[Review]:
    """The reviews that count: who has come to be in conflict since, is left out."""
    out = {judge["seat"].user_id for judge in judges if judge["recused"]}
    reviews = Review.objects.filter(record=record).exclude(reviewer__in=out)
    return list(reviews.select_related("reviewer", "edition"))


def reason(record: Record, verdict: Any) -> str:
    """The written reason that counts for an exceeded soft rule."""
    if verdict.outcome != "excused":
        return ""
    return record.reasons.get(verdict.rule) or record.reasons.get("*", "")


@at_desk
def conflict(request: HttpRequest, who: Viewer, key: str, number: str) -> HttpResponse:
    """Declares the own conflict over this nomination; GET asks once more."""
    panel, record = find(who, key, number)
    form = Ground(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            declare_conflict(panel, actor=who.user, user=who.user, record=record, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(request, f"已登记回避，“{record.title}”不再向您显示。")
            return redirect("panel", key)
    shown = {
        "title": "登记回避",
        "crumbs": crumbs(
            panel, (record.title, reverse("panel-nomination", args=[key, number])), ("登记回避", "")
        ),
        "panel": panel,
        "record": record,
        "form": form,
    }
    return page(request, who, "expertpool/conflict.html", shown, 422 if form.errors else 200)


@require_POST
@at_desk
def assignment(request: HttpRequest, who: Viewer, key: str, number: str) -> HttpResponse:
    """Gives the nomination to the members ticked."""
    panel, record = find(who, key, number)
    form = Readers(request.POST, judges_of(panel, record))
    if form.is_valid():
        chosen = [seat.user for seat in panel.seats if seat.user_id in form.cleaned_data["members"]]
        try:
            assign(panel, record, chosen, actor=who.user)
            names = "、".join(str(user) for user in chosen) or "无"
            messages.success(request, f"“{record.title}”的分派已保存：{names}。")
        except Refused as problem:
            messages.error(request, problem.message)
    else:
        messages.error(request, "分派名单有误，请重新选择。")
    return redirect("panel-nomination", key, number)
