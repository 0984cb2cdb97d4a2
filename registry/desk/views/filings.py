"""One filing: its page with the rules' verdicts, checking answers, submitting, the receipt, the printed form."""

import secrets
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from registry import judging, values
from registry.actions.submit import submit
from registry.desk import answers
from registry.desk.access import at_desk, find_filing, page
from registry.desk.naming import demanded_name
from registry.desk.stages import history, results_hidden, return_reasons, shown_stage, stage_tag
from registry.errors import NotAllowed, Refused
from registry.models import Record, Role, Stage, Submission
from registry.permissions import Viewer, can_edit, can_reveal, can_review, can_submit, can_withdraw, owns
from registry.rules import Verdict

RECEIVED = (Stage.SUBMITTED, Stage.IN_REVIEW)


@at_desk
def filing(request: HttpRequest, who: Viewer, uid: UUID) -> HttpResponse:
    """What stands in it, what each rule says, what can be done next."""
    record = find_filing(who, uid)
    return page(request, who, "desk/filing.html", filing_context(record, who))


def filing_context(record: Record, who: Viewer, *, reveal: bool = False) -> dict[str, Any]:
    """Everything the filing's page shows; `reveal` as in `answers.answers`."""
    verdicts = judging.judge_record(record)
    missing = judging.missing(values.decode(record, sensitive=True), record.version.parsed)
    editable = can_edit(who, record)[0] and (record.editable or who.is_office)
    stage = shown_stage(record, who)
    return {
        "title": record.title,
        "record": record,
        "stage": stage_tag(record, who),
        "sections": answers.answers(record, reveal=reveal),
        "reasons": answers.reasons(record),
        "verdicts": [(verdict, reason_given(record, verdict)) for verdict in verdicts],
        "missing": [sentence for sentences in missing.values() for sentence in sentences]
        if record.editable
        else [],
        "blocking": sum(verdict.blocks for verdict in verdicts) + len(missing),
        "return_reason": return_reasons([record.pk]).get(record.pk, "")
        if record.stage == Stage.RETURNED
        else "",
        "history": history(record, who)
        if owns(who, record) or who.has(Role.OFFICE, Role.ADMINISTRATOR, Role.AUDITOR)
        else [],
        "receipts": list(Submission.objects.filter(record=record))
        if owns(who, record) or who.is_office
        else [],
        "may": {
            "edit": editable,
            "submit": can_submit(who, record)[0],
            "withdraw": can_withdraw(who, record)[0],
            "review": can_review(who, record)[0] and stage in RECEIVED,
            "withhold": can_review(who, record)[0],
            "reveal": can_reveal(who, record)[0] and bool(answers.sensitive_labels(record)) and not reveal,
        },
        "revealed": reveal,
        "secrets": answers.sensitive_labels(record),
        "demanded_name": demanded_name(
            record.round, values.decode(record), record.version.parsed, record.owner
        ),
        "crumbs": round_crumb(record),
    }


@at_desk
def check(request: HttpRequest, who: Viewer, uid: UUID) -> HttpResponse:
    """核对填报内容: all answers once more, then the submission with its idempotency key."""
    record = find_filing(who, uid)
    key = request.POST.get("_key", "")[:64] or secrets.token_hex(16)
    if request.method == "POST" and Submission.objects.filter(key=key, record=record).exists():
        return redirect("desk-receipt", record.uid)
    allowed, reason = can_submit(who, record)
    if not allowed:
        raise NotAllowed(reason)
    problem = None
    if request.method == "POST":
        as_it_is = "as_it_is" in request.POST
        try:
            _same_as_seen(request, record)
            submit(
                record,
                actor=who.user,
                key=key,
                as_it_is=as_it_is,
                reason="按纸质材料原样录入" if as_it_is else "",
            )
            return redirect("desk-receipt", record.uid)
        except NotAllowed:
            raise
        except Refused as refusal:
            problem = refusal
    verdicts = judging.judge_record(record)
    missing = judging.missing(values.decode(record, sensitive=True), record.version.parsed)
    labels = [sentence for sentences in missing.values() for sentence in sentences]
    blocking = [verdict for verdict in verdicts if verdict.blocks]
    context = {
        "title": "核对填报内容",
        "record": record,
        "sections": answers.answers(record, edit_url=reverse("desk-edit", args=[record.uid])),
        "reasons": answers.reasons(record),
        "missing": labels,
        "blocking": blocking,
        "ready": not labels and not blocking,
        "problem": problem,
        "key": key,
        "crumbs": [*round_crumb(record), (record.title, reverse("desk-filing", args=[record.uid]))],
    }
    return page(request, who, "desk/check.html", context)


def _same_as_seen(request: HttpRequest, record: Record) -> None:
    """What is submitted must be what was checked. Raises Refused when somebody saved in between."""
    seen = request.POST.get("_lock", "")
    if seen.isdigit() and int(seen) != record.lock_version:
        raise Refused("核对之后内容已被他人修改，请重新核对后再提交。")


@at_desk
def receipt(request: HttpRequest, who: Viewer, uid: UUID) -> HttpResponse:
    """提交回执: number, time, what happens next."""
    record = find_filing(who, uid)
    last = Submission.objects.filter(record=record).first()
    if last is None or not (owns(who, record) or who.is_office):
        return redirect("desk-filing", record.uid)
    closes = record.round.review_closes_at if record.round else None
    results = record.round.results_at if record.round else None
    context = {
        "title": "已提交",
        "record": record,
        "submission": last,
        "at": timezone.localtime(last.at),
        "review_closes": timezone.localtime(closes) if closes else None,
        "results_at": timezone.localtime(results) if results else None,
        "may_withdraw": can_withdraw(who, record)[0],
        "new_url": reverse("desk-new", args=[record.round.key])
        if record.round and record.round.is_open()
        else "",
        "crumbs": [*round_crumb(record), (record.title, reverse("desk-filing", args=[record.uid]))],
    }
    return page(request, who, "desk/receipt.html", context)


@at_desk
def printed(request: HttpRequest, who: Viewer, uid: UUID) -> HttpResponse:
    """The filing as a form on paper, with places for signature and seal; sensitive values masked."""
    record = find_filing(who, uid)
    return page(request, who, "desk/print.html", print_context(record, who))


def print_context(record: Record, who: Viewer, *, reveal: bool = False) -> dict[str, Any]:
    """What the printed form shows."""
    return {
        "title": f"{record.register.name}表：{record.title}",
        "record": record,
        "stage": stage_tag(record, who),
        "sections": answers.answers(record, reveal=reveal),
        "reasons": answers.reasons(record),
        "masked": bool(answers.sensitive_labels(record)) and not reveal,
        "may_reveal": can_reveal(who, record)[0],
        "file_name": demanded_name(record.round, values.decode(record), record.version.parsed, record.owner),
        "today": timezone.localdate(),
        "hidden": results_hidden(record.round, who),
        "crumbs": [*round_crumb(record), (record.title, reverse("desk-filing", args=[record.uid]))],
    }


def reason_given(record: Record, verdict: Verdict) -> str:
    """The written reason that excuses this verdict, or nothing."""
    return (
        (record.reasons.get(verdict.rule) or record.reasons.get("*") or "")
        if verdict.outcome == "excused"
        else ""
    )


def round_crumb(record: Record) -> list[tuple[str, str]]:
    if record.round is None:
        return []
    return [(record.round.name, reverse("desk-round", args=[record.round.key]))]
