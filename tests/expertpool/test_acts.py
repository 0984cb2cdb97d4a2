"""The committee's acts: review, decide, appoint, end."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from expertpool.actions.decide import decide
from expertpool.actions.end_appointment import end_appointment
from expertpool.actions.review import review
from expertpool.models import Appointment, Decision, Outcome, Review
from registry import values
from registry.errors import NotAllowed, Refused, Stale
from registry.log import verify_chain
from registry.models import Edition, Link, LogEntry, Record
from registry.saving import RecordDraft, save_records


def accept(case, record, **more):
    return decide(
        case.panel,
        record,
        actor=more.pop("actor", case.cast.chair),
        outcome="accept",
        reason="材料充分",
        **more,
    )


@pytest.mark.clause("YN23-26")
def test_accepting_makes_an_expert_with_number_term_and_letter_linked_to_the_nomination(case):
    nomination = case.nominate("示例专家甲", case.cast.school)
    accept(case, nomination)
    nomination.refresh_from_db()
    assert (nomination.stage, nomination.standing) == ("approved", "valid")
    appointment = Appointment.objects.get(nomination=nomination)
    expert = appointment.expert
    assert expert.register == case.experts and expert.number.startswith("ZJ-")
    assert (expert.stage, expert.standing, expert.public) == ("approved", "valid", True)
    today = timezone.localdate()
    data = values.decode(expert, sensitive=True)
    assert data["name"] == "示例专家甲" and data["work_unit"] == case.cast.school.pk
    assert data["id_number"] == values.decode(nomination, sensitive=True)["id_number"]
    assert data["term_from"] == appointment.term_from == today
    assert data["term_to"] == appointment.term_to == today.replace(year=today.year + 3) - timedelta(days=1)
    assert data["letter_number"] == appointment.letter_number == f"聘字〔{today.year}〕0001号"
    assert Link.objects.filter(source=expert, field="@nomination", target=nomination).count() == 1
    verbs = list(LogEntry.objects.order_by("sequence").values_list("verb", flat=True))[-4:]
    assert verbs == ["approve", "create", "appoint", "decide"]
    assert verify_chain() is None


@pytest.mark.clause("YN23-26")
def test_the_term_is_a_parameter_of_the_round(case):
    case.round.parameters["term_years"] = 1
    case.round.save()
    nomination = case.nominate("示例专家甲", case.cast.school)
    accept(case, nomination)
    made = Appointment.objects.get()
    assert made.term_to == date(
        made.term_from.year + 1, made.term_from.month, made.term_from.day
    ) - timedelta(days=1)


@pytest.mark.clause("YN23-26")
def test_deciding_twice_is_refused_and_makes_nothing_again(case):
    nomination = case.nominate("示例专家甲", case.cast.school)
    accept(case, nomination)
    for outcome in Outcome.values:
        with pytest.raises(NotAllowed, match="已有遴选决定"):
            decide(case.panel, nomination, actor=case.cast.chair, outcome=outcome, reason="再次")
    assert (Decision.objects.count(), Appointment.objects.count(), case.experts.records.count()) == (1, 1, 1)


@pytest.mark.clause("YN23-26")
def test_a_refused_nominee_enters_no_pool_and_the_reason_is_kept(case):
    nomination = case.nominate("示例专家甲", case.cast.school)
    decision = decide(case.panel, nomination, actor=case.cast.chair, outcome="refuse", reason="领域已满")
    nomination.refresh_from_db()
    assert nomination.stage == "refused" and decision.reason == "领域已满"
    assert not Appointment.objects.exists() and not case.experts.records.exists()


@pytest.mark.clause("YN23-22")
def test_acceptance_is_barred_while_a_hard_rule_fails(case):
    nomination = case.nominate("示例专家甲", case.cast.school, results=None)
    with pytest.raises(Refused, match="硬性要求"):
        accept(case, nomination)
    nomination.refresh_from_db()
    assert (
        nomination.stage == "submitted"
        and not Decision.objects.exists()
        and not case.experts.records.exists()
    )
    assert decide(case.panel, nomination, actor=case.cast.chair, outcome="refuse", reason="无研究成果")


@pytest.mark.clause("YN23-21", "YN23-23")
def test_an_exceeded_soft_rule_never_bars_acceptance(case):
    nomination = case.nominate(
        "示例专家甲", case.cast.school, birth_date=date(1950, 1, 1), professional_title="讲师"
    )
    assert accept(case, nomination).outcome == "accept"


def test_a_decision_owes_a_reason(case):
    nomination = case.nominate("示例专家甲", case.cast.school)
    with pytest.raises(Refused, match="理由"):
        decide(case.panel, nomination, actor=case.cast.chair, outcome="accept", reason="  ")
    assert not Decision.objects.exists()


@pytest.mark.clause("YN23-26")
def test_who_is_in_the_pool_is_renewed_under_the_same_number(case):
    first = case.nominate("示例专家甲", case.cast.school)
    accept(case, first)
    expert = Record.objects.get(register=case.experts)
    from registry.models import Round

    later = Round.objects.get(pk=case.round.pk)
    later.pk, later.key = None, "next-year"
    later.save()
    from expertpool.models import Capacity, Panel, PanelMember

    panel = Panel.objects.create(round=later, name="次年评审组")
    PanelMember.objects.create(panel=panel, user=case.cast.chair, capacity=Capacity.CHAIR)
    case.round = later
    same = values.decode(first, sensitive=True)["id_number"]
    second = case.nominate("示例专家甲", case.cast.school, id_number=same, position="院长")
    decide(panel, second, actor=case.cast.chair, outcome="accept", reason="续聘")
    assert list(case.experts.records.values_list("number", flat=True)) == [expert.number]
    assert expert.appointments.count() == 2
    expert.refresh_from_db()
    assert values.decode(expert)["position"] == "院长"


@pytest.mark.clause("YN23-26")
def test_ending_an_appointment_ends_the_experts_standing(case):
    nomination = case.nominate("示例专家甲", case.cast.school)
    accept(case, nomination)
    appointment = Appointment.objects.get()
    with pytest.raises(NotAllowed):
        end_appointment(appointment, actor=case.cast.chair, ground="本人申请")
    with pytest.raises(Refused, match="事由"):
        end_appointment(appointment, actor=case.cast.office, ground=" ")
    with pytest.raises(Refused, match="不晚于今日"):
        end_appointment(
            appointment, actor=case.cast.office, ground="早", on=timezone.localdate() + timedelta(days=1)
        )
    ended = end_appointment(appointment, actor=case.cast.office, ground="本人申请")
    assert ended.ended_on == timezone.localdate() and ended.state() == ("已解聘", "bad")
    expert = Record.objects.get(register=case.experts)
    assert (expert.standing, expert.standing_ground) == ("ended", "本人申请")
    with pytest.raises(NotAllowed, match="已经终止"):
        end_appointment(appointment, actor=case.cast.office, ground="再次")


@pytest.mark.clause("YN23-17")
def test_a_review_is_pinned_to_the_edition_read_and_may_change_until_decided(case):
    nomination = case.nominate("示例专家甲", case.cast.other_school)
    made = review(case.panel, nomination, actor=case.cast.member, verdict="recommend", reasons="经验丰富")
    assert made.edition == Edition.objects.filter(record=nomination).order_by("-sequence").first()
    again = review(case.panel, nomination, actor=case.cast.member, verdict="abstain", reasons="改为弃权")
    assert again.pk == made.pk and Review.objects.count() == 1
    accept(case, nomination)
    with pytest.raises(NotAllowed, match="不再接受"):
        review(case.panel, nomination, actor=case.cast.member, verdict="decline", reasons="晚了")


def test_a_review_owes_a_verdict_and_reasons(case):
    nomination = case.nominate("示例专家甲", case.cast.other_school)
    for verdict, reasons in (("", "有"), ("nonsense", "有"), ("recommend", " ")):
        with pytest.raises(Refused):
            review(case.panel, nomination, actor=case.cast.member, verdict=verdict, reasons=reasons)
    assert not Review.objects.exists()


def test_reviews_close_with_the_panel(case):
    case.panel.closes_at = timezone.now() - timedelta(minutes=1)
    case.panel.save()
    nomination = case.nominate("示例专家甲", case.cast.other_school)
    with pytest.raises(NotAllowed, match="截止"):
        review(case.panel, nomination, actor=case.cast.member, verdict="recommend", reasons="有")


def test_who_read_an_older_edition_is_told_and_writes_nothing(case):
    nomination = case.nominate("示例专家甲", case.cast.other_school)
    seen = nomination.lock_version
    data = values.decode(nomination, sensitive=True) | {"position": "教研室主任"}
    save_records([RecordDraft(nomination, data)], actor=case.cast.office, verb="edit")
    with pytest.raises(Stale):
        review(
            case.panel, nomination, actor=case.cast.member, verdict="recommend", reasons="有", seen_lock=seen
        )
    with pytest.raises(Stale):
        accept(case, nomination, seen_lock=seen)
    assert not Review.objects.exists() and not Decision.objects.exists()
