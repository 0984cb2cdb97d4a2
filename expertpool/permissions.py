"""Who may do what on a panel. Every function answers `(allowed, reason)`."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from expertpool import recusal
from expertpool.models import Appointment, Capacity, Decision, Panel, Review
from registry.models import Record, Role, Stage
from registry.permissions import Answer, viewer, visible_records

OPEN_STAGES = [Stage.SUBMITTED, Stage.IN_REVIEW]


def oversees(user: Any) -> bool:
    """The office, administrators and the auditor see all panels; they decide nothing."""
    return viewer(user).has(Role.OFFICE, Role.ADMINISTRATOR, Role.AUDITOR)


def visible_panels(user: Any) -> QuerySet[Panel]:
    who = viewer(user)
    panels = Panel.objects.select_related("round__register__current")
    if not who.signed_in:
        return panels.none()
    if oversees(who):
        return panels
    return panels.filter(members__user=who.user).distinct()


def visible_nominations(user: Any, panel: Panel) -> QuerySet[Record]:
    """The round's filings that this person may see: handed in, not recused, not another's by assignment."""
    who = viewer(user)
    if not (oversees(who) or panel.seat_of(who.user)):
        return Record.objects.none()
    seen = visible_records(who, panel.round.register).filter(round=panel.round)
    return seen.exclude(Q(stage__in=recusal.HIDDEN_STAGES))


def can_see(user: Any, panel: Panel, record: Record) -> Answer:
    if visible_nominations(user, panel).filter(pk=record.pk).exists():
        return True, ""
    return False, "没有这条推荐，或您无权查看。"


def can_review(user: Any, panel: Panel, record: Record) -> Answer:
    """A person on the panel, outside the own institution, while the case is open (YN23-17)."""
    who = viewer(user)
    if panel.seat_of(who.user) is None:
        return False, "只有本评审组成员可以填写评审意见。"
    allowed, reason = can_see(who, panel, record)
    if not allowed:
        return allowed, reason
    if record.stage not in OPEN_STAGES:
        return False, f"该推荐现为“{record.get_stage_display()}”，不再接受评审意见。"
    if panel.closes_at and panel.closes_at < timezone.now():
        return False, f"评审已于{timezone.localtime(panel.closes_at):%Y年%m月%d日 %H:%M}截止。"
    return True, ""


def can_decide(user: Any, panel: Panel, record: Record) -> Answer:
    """The chair; where the chair is in conflict, the deputy; never anybody else (YN23-26)."""
    who = viewer(user)
    seat = panel.seat_of(who.user)
    if seat is None or seat.capacity == Capacity.MEMBER:
        return False, "遴选决定由评审组组长作出。"
    if record.pk in recusal.recused(who):
        return False, "您须回避这条推荐。"
    if seat.capacity == Capacity.DEPUTY and not chair_is_out(panel, record):
        return False, "组长不须回避这条推荐，由组长决定。"
    if Decision.objects.filter(record=record).exists():
        return False, "这条推荐已有遴选决定，不能再次决定。"
    if record.stage not in OPEN_STAGES:
        return False, f"该推荐现为“{record.get_stage_display()}”，不能决定。"
    return True, ""


def chair_is_out(panel: Panel, record: Record) -> bool:
    """Whether the chair must keep out of this case, or the panel has no chair."""
    return panel.chair is None or recusal.in_conflict(panel, panel.chair, record)


def can_read_reviews(user: Any, panel: Panel, record: Record) -> Answer:
    """Others' reviews: after the own one, at once for who decides, the office and the auditor; all once decided."""
    who = viewer(user)
    allowed, reason = can_see(who, panel, record)
    if not allowed:
        return allowed, reason
    seat = panel.seat_of(who.user)
    if seat is None:
        return (True, "") if oversees(who) else (False, "")
    if seat.capacity == Capacity.CHAIR or (seat.capacity == Capacity.DEPUTY and chair_is_out(panel, record)):
        return True, ""
    if Review.objects.filter(record=record, reviewer=who.user).exists():
        return True, ""
    if Decision.objects.filter(record=record).exists():
        return True, ""
    return False, "提交您本人的意见后，可查看其他委员的意见。"


def can_assign(user: Any, panel: Panel) -> Answer:
    who = viewer(user)
    seat = panel.seat_of(who.user)
    allowed = who.is_office or bool(seat and seat.capacity == Capacity.CHAIR)
    return (True, "") if allowed else (False, "分派由组长或省级办公室办理。")


def can_declare_conflict(user: Any, panel: Panel, concerned: Any) -> Answer:
    """Everybody for themselves, the office for anybody on the panel."""
    who = viewer(user)
    if panel.seat_of(concerned) is None:
        return False, "只有评审组成员须登记回避。"
    if who.is_office or who.user == concerned:
        return True, ""
    return False, "只能为本人登记回避。"


def can_end_appointment(user: Any, appointment: Appointment) -> Answer:
    who = viewer(user)
    if not who.is_office:
        return False, "解聘由省级办公室办理。"
    return (True, "") if appointment.ended_on is None else (False, "该聘任已经终止。")


def can_see_appointment(user: Any, appointment: Appointment) -> Answer:
    """The letter: office, auditor, the panel (not in conflict), and the school once results are out."""
    who = viewer(user)
    nomination = appointment.nomination
    if nomination.pk in who.denied:
        return False, "没有这份聘书，或您无权查看。"
    if oversees(who):
        return True, ""
    panel = Panel.objects.filter(round=nomination.round_id).first()
    if panel and panel.seat_of(who.user):
        return True, ""
    if nomination.owner_id in {organisation.pk for organisation in who.organisations} and results_are_out(
        nomination
    ):
        return True, ""
    return False, "没有这份聘书，或您无权查看。"


def results_are_out(record: Record) -> bool:
    """Whether the round's results may be told to the school; a round without a time tells them at once."""
    return (
        record.round is None or record.round.results_at is None or record.round.results_at <= timezone.now()
    )
