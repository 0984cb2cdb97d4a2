"""What people do to a filing beside filling it: withdraw, return, withhold, look behind the mask."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from registry import log
from registry.actions.return_for_correction import return_for_correction
from registry.actions.withdraw import withdraw
from registry.actions.withhold import release, withhold
from registry.desk import answers
from registry.desk.access import at_desk, find_filing, page
from registry.desk.stages import stage_tag
from registry.desk.views.filings import filing_context, print_context, round_crumb
from registry.errors import NotAllowed, Refused
from registry.models import Record
from registry.permissions import Viewer, can_reveal, can_review, can_withdraw


@at_desk
def withdraw_filing(request: HttpRequest, who: Viewer, uid: UUID) -> HttpResponse:
    return _confirmed(
        request,
        who,
        find_filing(who, uid),
        can_withdraw,
        withdraw,
        {
            "title": "撤回申报",
            "explain": "撤回后不再审核，内容保留备查，不能恢复；身份证号等不得重复的内容随之释放，可以另行填报。",
            "button": "确认撤回",
            "done": "已撤回。",
            "needs_reason": False,
        },
    )


@at_desk
def return_filing(request: HttpRequest, who: Viewer, uid: UUID) -> HttpResponse:
    return _confirmed(
        request,
        who,
        find_filing(who, uid),
        can_review,
        return_for_correction,
        {
            "title": "退回补正",
            "explain": "申报单位会看到下面的意见，修改后可以再次提交，不受截止时间限制。",
            "button": "退回申报单位",
            "done": "已退回申报单位。",
            "needs_reason": True,
        },
    )


@at_desk
def withhold_filing(request: HttpRequest, who: Viewer, uid: UUID) -> HttpResponse:
    record = find_filing(who, uid)
    if record.withheld:
        words = {
            "title": "恢复公开",
            "explain": f"现为暂不公开，理由：{record.withheld_reason}",
            "button": "恢复公开",
            "done": "已恢复公开。",
            "needs_reason": False,
        }
        return _confirmed(request, who, record, can_review, release, words)
    words = {
        "title": "暂不公开",
        "explain": "该登记项不再向社会公开，也不进入公开检索；可以随时恢复。",
        "button": "暂不公开",
        "done": "已设为暂不公开。",
        "needs_reason": True,
    }
    return _confirmed(request, who, record, can_review, withhold, words)


@at_desk
@require_POST
def reveal(request: HttpRequest, who: Viewer, uid: UUID) -> HttpResponse:
    """Sensitive values in the clear, once, for a reason that is logged; `to=print` shows the printed form."""
    record = find_filing(who, uid)
    allowed, why = can_reveal(who, record)
    if not allowed:
        raise NotAllowed(why)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, "查看敏感信息须写明理由，理由将记入日志。")
        return redirect("desk-filing", record.uid)
    with transaction.atomic():
        log.record_act(
            who.user,
            "reveal",
            record,
            {"number": record.number, "fields": answers.sensitive_labels(record)},
            reason,
            target_type="record",
            target_id=record.number,
            record=record,
        )
    if request.POST.get("to") == "print":
        return page(request, who, "desk/print.html", print_context(record, who, reveal=True))
    return page(request, who, "desk/filing.html", filing_context(record, who, reveal=True))


def _confirmed(
    request: HttpRequest,
    who: Viewer,
    record: Record,
    permission: Callable[[Viewer, Record], tuple[bool, str]],
    act: Callable[..., Record],
    words: dict,
) -> HttpResponse:
    """A page that shows what will happen and asks once; POST acts."""
    allowed, why = permission(who, record)
    if not allowed:
        raise NotAllowed(why)
    problem, reason = "", request.POST.get("reason", "").strip()
    if request.method == "POST":
        try:
            act(record, actor=who.user, reason=reason)
            messages.success(request, f"“{record.title}”（{record.number}）{words['done']}")
            return redirect("desk-filing", record.uid)
        except NotAllowed:
            raise
        except Refused as refusal:
            problem = refusal.message
    context = {
        **words,
        "record": record,
        "stage": stage_tag(record, who),
        "reason": reason,
        "problem": problem,
        "crumbs": [*round_crumb(record), (record.title, reverse("desk-filing", args=[record.uid]))],
    }
    return page(request, who, "desk/confirm.html", context)
