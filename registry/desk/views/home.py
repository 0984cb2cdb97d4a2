"""The desk's first page: what is open, what is owed, what stands where."""

from datetime import datetime
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from registry import obligations
from registry.desk.access import COMMITTEE, SEE_LISTS, at_desk, page, panels_url
from registry.desk.stages import results_hidden, return_reasons, shown_stage, stage_tag
from registry.models import Kind, Record, Role, Round, Stage
from registry.permissions import Viewer, visible_records

UNFINISHED = (Stage.DRAFT, Stage.RETURNED)
MOST_OWN = 30
OVERSEERS = (Role.OFFICE, Role.ADMINISTRATOR, Role.AUDITOR)


@at_desk
def home(request: HttpRequest, who: Viewer) -> HttpResponse:
    """The task list: rounds with deadlines, filings with their next step; for the office the rounds under review."""
    now = timezone.now()
    rounds = list(Round.objects.select_related("register").filter(register__kind=Kind.FILING))
    rounds.sort(key=lambda round: _urgency(round, now))
    files = bool(who.organisations)
    own = own_filings(who) if files else []
    context: dict[str, Any] = {
        "title": "工作台",
        "roles": [
            " · ".join(
                filter(
                    None,
                    [
                        m.get_role_display(),
                        str(m.organisation.title if m.organisation else m.region or m.office or ""),
                    ],
                )
            )
            for m in who.memberships
        ],
        "todo": _own_tasks(own, who),
        "waiting": [_row(record, who) for record in own if shown_stage(record, who) not in UNFINISHED][
            :MOST_OWN
        ],
        "rounds": _round_tasks(rounds, who, now, own) if files else [],
        "review": _review(rounds, who, now) if who.has(*SEE_LISTS) else [],
        "panels": panels_url()
        if who.has(*COMMITTEE, Role.OFFICE, Role.ADMINISTRATOR, Role.AUDITOR)
        else None,
        "no_role": not who.memberships and not who.user.is_superuser,
    }
    return page(request, who, "desk/home.html", context)


def own_filings(who: Viewer) -> list[Record]:
    """The filings of the person's organisations, the latest first."""
    owners = [organisation.pk for organisation in who.organisations]
    records = Record.objects.filter(register__kind=Kind.FILING, owner__in=owners).exclude(pk__in=who.denied)
    return list(
        records.select_related("register", "round", "owner")
        .defer("data", "reasons")
        .order_by("-updated_at", "-pk")[:200]
    )


def days_left(until: datetime, now: datetime) -> int:
    """Whole days between today and the closing day, 0 on that day, in the site's time zone."""
    return (timezone.localtime(until).date() - timezone.localtime(now).date()).days


def left_text(round: Round, now: datetime) -> str:
    """How long it is still open, in words."""
    state = round.state(now)
    if state == "pending":
        return f"{timezone.localtime(round.opens_at):%Y年%-m月%-d日}开始"
    if state == "closed":
        return "已截止"
    days = days_left(round.closes_at, now)
    return f"还剩{days}天" if days else "今天截止"


def _urgency(round: Round, now: datetime) -> tuple[int, float]:
    """Open rounds first, the next to close on top; then coming ones; then closed ones, the latest first."""
    state, until = round.state(now), round.closes_at.timestamp()
    return {"open": (0, until), "pending": (1, until), "closed": (2, -until)}[state]


def due_text(round: Round, now: datetime) -> str:
    """The closing time in words, with its year where that is not this one."""
    closes = timezone.localtime(round.closes_at)
    year = "" if closes.year == timezone.localtime(now).year else f"{closes.year}年"
    return f"{year}{closes:%-m月%-d日 %H:%M}截止"


def _round_tasks(rounds: list[Round], who: Viewer, now: datetime, own: list[Record]) -> list[dict[str, Any]]:
    """Open and coming rounds, and closed ones to which the school filed or still owes."""
    mine = [organisation.pk for organisation in who.organisations]
    filed = {record.round_id for record in own}
    tasks = []
    for round in rounds:
        debts = obligations.owed(round, mine)
        if round.state(now) != "closed" or round.pk in filed or any(debt.short for debt in debts):
            tasks.append(_round_task(round, debts, now, own))
    return tasks


def _round_task(
    round: Round, debts: list[obligations.Owed], now: datetime, own: list[Record]
) -> dict[str, Any]:
    texts = [
        f"{debt.label}：应报{debt.minimum}份，已提交{debt.filed}份"
        + (f"，还差{debt.short}份" if debt.short else "，已报齐")
        for debt in debts
    ]
    drafts = sum(record.round_id == round.pk and record.stage in UNFINISHED for record in own)
    if drafts:
        texts.append(f"另有{drafts}份未提交")
    state = round.state(now)
    short = any(debt.short for debt in debts)
    if state == "open":
        days = days_left(round.closes_at, now)
        tone = "bad" if days <= 2 else "warn" if short or days <= 7 else "info"
    else:
        tone = "bad" if state == "closed" and short else "muted"
    word = left_text(round, now) if not (state == "closed" and short) else "已截止，应报未报齐"
    return {
        "title": round.name,
        "url": reverse("desk-round", args=[round.key]),
        "text": "；".join(texts),
        "due": due_text(round, now),
        "state": word,
        "tone": tone,
    }


def _own_tasks(own: list[Record], who: Viewer) -> list[dict[str, Any]]:
    """The filings that wait for the person: drafts to finish, returns to answer."""
    waiting = [record for record in own if shown_stage(record, who) in UNFINISHED]
    said = return_reasons([record.pk for record in waiting if record.stage == Stage.RETURNED])
    return [_own_task(record, said.get(record.pk, ""), who) for record in waiting]


def _own_task(record: Record, said: str, who: Viewer) -> dict[str, Any]:
    stage = shown_stage(record, who)
    open_now = record.stage == Stage.RETURNED or record.round is None or record.round.is_open()
    text = f"{record.register.name}，{record.number}"
    if said:
        text += f"。退回意见：{said}"
    tag = stage_tag(record, who)
    return {
        "title": record.title,
        "url": reverse("desk-filing", args=[record.uid]),
        "text": text,
        "due": timezone.localtime(record.round.closes_at)
        if record.round and open_now and stage == Stage.DRAFT
        else "",
        "state": tag["text"] if open_now else "草稿（已截止）",
        "tone": tag["tone"],
    }


def _row(record: Record, who: Viewer) -> dict[str, Any]:
    return {"record": record, "tag": stage_tag(record, who), "url": reverse("desk-filing", args=[record.uid])}


def _review(rounds: list[Round], who: Viewer, now: datetime) -> list[dict[str, Any]]:
    """Per round what the office has before it: counts by stage, and who still owes."""
    made = []
    for round in rounds:
        rows = visible_records(who, round.register).filter(round=round).order_by()
        counts = dict(rows.values_list("stage").annotate(Count("pk")))
        if results_hidden(round, who, now):
            hidden = counts.pop(Stage.APPROVED, 0) + counts.pop(Stage.REFUSED, 0)
            counts[Stage.IN_REVIEW] = counts.get(Stage.IN_REVIEW, 0) + hidden
        url = reverse("desk-round", args=[round.key])
        made.append(
            {
                "round": round,
                "url": url,
                "left": left_text(round, now),
                "open": round.state(now) == "open",
                "counts": [
                    (Stage(stage).label, counts[stage], f"{url}?stage={stage}")
                    for stage in Stage.values
                    if counts.get(stage)
                ],
                "total": sum(counts.values()),
                "short": len(obligations.shortfall(round))
                if round.obligations and who.has(*OVERSEERS)
                else None,
                "shortfall_url": reverse("desk-shortfall", args=[round.key]),
            }
        )
    return made
