"""Recusal: a case of the own institution is in no list, count, search or sheet, and nobody in conflict acts on it."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from expertpool.actions.decide import decide
from expertpool.actions.declare_conflict import declare_conflict
from expertpool.actions.review import review
from expertpool.models import Appointment, Capacity, Decision, Panel, PanelMember, Review
from expertpool.nominations import counts
from expertpool.permissions import can_decide, can_see, visible_nominations
from expertpool.progress import progress
from registry.errors import NotAllowed, Refused
from registry.models import Membership, Record, Role
from registry.permissions import Viewer, scope_for, visible_records
from search.query import search
from search.scope import Scope

pytestmark = pytest.mark.clause("YN23-17")


@pytest.fixture
def two(case):
    """One nomination of the member's school, one of the other school's."""
    return case.nominate("示例回避甲", case.cast.school), case.nominate("示例评审乙", case.cast.other_school)


def titles(records) -> list[str]:
    return sorted(record.title for record in records)


def hits(user, words) -> list[str]:
    return sorted(hit.title for hit in search(words, scope_for(user), kinds=["record"]).hits)


def test_the_register_shows_a_member_only_others_nominations(case, two):
    assert titles(visible_records(case.cast.member, case.nominations)) == ["示例评审乙"]
    assert titles(visible_records(case.other_member, case.nominations)) == ["示例回避甲"]
    assert titles(visible_records(case.cast.chair, case.nominations)) == ["示例回避甲", "示例评审乙"]


def test_list_counts_and_filters_leave_it_out(case, two, client):
    client.force_login(case.cast.member)
    response = client.get(reverse("panel", args=[case.round.key]))
    page = response.content.decode()
    assert "示例评审乙" in page and "示例回避甲" not in page and case.cast.school.title not in page
    assert "共<strong>1</strong>条推荐" in page
    assert response.context["counts"]["total"] == response.context["counts"]["missing"] == 1
    cards = client.get(reverse("panel-list")).content.decode()
    assert "1<small>条推荐" in cards
    wanted = f"?institution={case.cast.school.pk}"
    assert "示例回避甲" not in client.get(reverse("panel", args=[case.round.key]) + wanted).content.decode()


@pytest.mark.parametrize("query", ["", "?q=回避", "?outcome=pass", "?sort=outcome", "?stage=submitted"])
def test_sheets_leave_it_out(case, two, client, query):
    client.force_login(case.cast.member)
    response = client.get(reverse("panel-export", args=[case.round.key, "csv"]) + query)
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert (
        two[0].number not in [row["编号"] for row in rows] and "示例回避甲" not in response.content.decode()
    )


@pytest.mark.django_db(transaction=True)
def test_search_leaves_it_out_of_hits_and_counts(case):
    case.nominate("示例回避甲", case.cast.school)
    case.nominate("示例评审乙", case.cast.other_school)
    assert hits(case.cast.member, "示例") == ["示例评审乙"]
    assert hits(case.cast.member, "回避") == []
    found = search("示例", scope_for(case.cast.member), kinds=["record"])
    assert found.count == 1
    assert hits(case.cast.chair, "示例") == ["示例回避甲", "示例评审乙"]
    assert search("示例", Scope.public(), kinds=["record"]).count == 0


def test_its_own_page_does_not_exist_for_the_member(case, two, client):
    client.force_login(case.cast.member)
    for name in ("panel-nomination", "panel-conflict", "panel-decide"):
        assert client.get(reverse(name, args=[case.round.key, two[0].number])).status_code == 404
    assert client.get(reverse("desk-filing", args=[two[0].uid])).status_code == 404
    assert not can_see(case.cast.member, case.panel, two[0])[0]


def test_a_member_cannot_judge_it(case, two):
    with pytest.raises(NotAllowed):
        review(case.panel, two[0], actor=case.cast.member, verdict="recommend", reasons="本校")
    assert not Review.objects.exists()
    assert review(case.panel, two[1], actor=case.cast.member, verdict="recommend", reasons="他校")


@pytest.mark.parametrize("stage", ["draft", "withdrawn", "returned"])
def test_nobody_on_the_panel_sees_what_is_not_handed_in(case, stage):
    from registry.actions.return_for_correction import return_for_correction
    from registry.actions.withdraw import withdraw

    record = case.nominate("示例草稿", case.cast.other_school, submitted=stage != "draft")
    if stage == "withdrawn":
        withdraw(record, actor=case.cast.office)
    if stage == "returned":
        return_for_correction(record, actor=case.cast.office, reason="补材料")
    for user in (case.cast.member, case.cast.chair, case.deputy):
        assert not visible_records(user, case.nominations).exists()
        assert not visible_nominations(user, case.panel).exists()
        assert counts(Viewer(user), case.panel)["total"] == 0


@pytest.mark.django_db(transaction=True)
def test_search_finds_nothing_that_is_not_handed_in_for_the_panel(case):
    from registry.actions.return_for_correction import return_for_correction

    case.nominate("示例草稿", case.cast.other_school, submitted=False)
    back = case.nominate("示例草稿二", case.cast.other_school)
    assert hits(case.cast.chair, "示例草稿") == ["示例草稿二"]
    return_for_correction(back, actor=case.cast.office, reason="补材料")
    assert hits(case.cast.chair, "示例草稿") == []


def test_other_rounds_are_no_business_of_the_panel(case):
    from registry.models import Round

    round = Round.objects.get(pk=case.round.pk)
    round.pk, round.key = None, "another"
    round.save()
    case.round = round
    case.nominate("示例他批", case.cast.other_school)
    assert not visible_records(case.cast.chair, case.nominations).exists()


def test_a_filing_entered_for_another_owner_but_naming_the_own_school_is_kept_out(case):
    record = case.nominate("示例代报", case.cast.other_school, work_unit=case.cast.school.pk)
    assert not can_see(case.cast.member, case.panel, record)[0]
    assert record.pk in Viewer(case.cast.member).denied


@pytest.fixture
def chair_out(case):
    """The chair works at the first school."""
    Membership.objects.create(user=case.cast.chair, role=Role.CHAIR, organisation=case.cast.school)
    return case


@pytest.mark.clause("YN23-26")
def test_a_chair_in_conflict_neither_sees_nor_decides_and_the_deputy_does(chair_out, two, client):
    case = chair_out
    assert not can_see(case.cast.chair, case.panel, two[0])[0]
    assert can_decide(case.cast.chair, case.panel, two[0]) == (False, "您须回避这条推荐。")
    with pytest.raises(NotAllowed, match="回避"):
        decide(case.panel, two[0], actor=case.cast.chair, outcome="accept", reason="本校")
    client.force_login(case.cast.chair)
    page = client.get(reverse("panel", args=[case.round.key])).content.decode()
    assert "示例回避甲" not in page and "示例评审乙" in page
    client.force_login(case.deputy)
    address = reverse("panel-decide", args=[case.round.key, two[0].number])
    assert "组长须回避" in client.get(address).content.decode()
    sent = {"outcome": "accept", "reason": "材料充分", "seen_lock": two[0].lock_version, "confirm": "1"}
    assert client.post(address, sent).status_code == 302
    decision = Decision.objects.get()
    assert decision.as_deputy and decision.decided_by == case.deputy
    letter = Appointment.objects.get()
    client.force_login(case.cast.chair)
    assert client.get(reverse("panel-letter", args=[letter.number])).status_code == 404
    assert "示例回避甲" not in client.get(reverse("panel-decisions", args=[case.round.key])).content.decode()


def test_the_deputy_decides_nothing_while_the_chair_is_free(case, two):
    for record in two:
        with pytest.raises(NotAllowed, match="组长不须回避"):
            decide(case.panel, record, actor=case.deputy, outcome="accept", reason="越权")
    assert not Decision.objects.exists()


def test_nobody_decides_where_chair_and_deputy_are_in_conflict(chair_out, two):
    case = chair_out
    declare_conflict(
        case.panel, actor=case.deputy, user=case.deputy, institution=case.cast.school, ground="配偶在该校"
    )
    for user in (case.cast.chair, case.deputy, case.cast.member, case.other_member, case.cast.office):
        assert not can_decide(user, case.panel, two[0])[0]


def test_a_declared_institution_is_kept_out_like_the_own(case, two):
    declare_conflict(
        case.panel, actor=case.cast.office, user=case.deputy, institution=case.cast.school, ground="兼职"
    )
    assert titles(visible_nominations(case.deputy, case.panel)) == ["示例评审乙"]
    assert two[0].pk in scope_for(case.deputy).denied
    later = case.nominate("示例后来", case.cast.school)
    assert later.pk in Viewer(case.deputy).denied


def test_who_declares_what(case, two):
    with pytest.raises(NotAllowed, match="本人"):
        declare_conflict(case.panel, actor=case.cast.member, user=case.deputy, record=two[1], ground="替人")
    with pytest.raises(NotAllowed, match="成员"):
        declare_conflict(
            case.panel, actor=case.cast.office, user=case.cast.clerk, record=two[1], ground="非成员"
        )
    with pytest.raises(Refused, match="事由"):
        declare_conflict(case.panel, actor=case.deputy, user=case.deputy, record=two[1], ground=" ")
    with pytest.raises(Refused, match="只填一项"):
        declare_conflict(case.panel, actor=case.deputy, user=case.deputy, ground="空")


def test_progress_counts_no_case_one_must_keep_out_of(case, two):
    review(case.panel, two[1], actor=case.cast.member, verdict="recommend", reasons="有")
    by_user = {each.seat.user: each for each in progress(Viewer(case.cast.chair), case.panel)}
    member, deputy = by_user[case.cast.member], by_user[case.deputy]
    assert (member.done, member.due, member.recused) == (1, 1, 1)
    assert (deputy.done, deputy.due, deputy.recused) == (0, 2, 0)


@pytest.mark.parametrize("results", ["later", "now"])
@pytest.mark.django_db(transaction=True)
def test_the_school_learns_the_outcome_at_results_time(case, client, results):
    if results == "later":
        case.round.results_at = timezone.now() + timedelta(days=3)
        case.round.save()
    nomination = case.nominate("示例专家甲", case.cast.school)
    decide(case.panel, nomination, actor=case.cast.chair, outcome="accept", reason="材料充分")
    expert = Record.objects.get(register=case.experts)
    letter = reverse("panel-letter", args=[Appointment.objects.get().number])
    client.force_login(case.cast.clerk)
    page = client.get(reverse("desk-filing", args=[nomination.uid])).content.decode()
    known = results == "now"
    assert ("已通过" in page) is known
    assert client.get(letter).status_code == (200 if known else 404)
    for user in (case.cast.clerk, case.cast.bureau, case.cast.member, case.cast.nobody):
        assert visible_records(user, case.experts).filter(pk=expert.pk).exists() is known, user
        found = search("示例专家甲", scope_for(user), kinds=["record"]).hits
        assert (expert.pk in [hit.record_id for hit in found]) is known, user
    assert expert.public is known
    assert visible_records(case.cast.office, case.experts).exists()


@pytest.mark.clause("YN23-26")
def test_the_public_sees_an_experts_public_fields_alone(case, client):
    from registry import values

    nomination = case.nominate("示例专家甲", case.cast.school, position="示例职务丁")
    decide(case.panel, nomination, actor=case.cast.chair, outcome="accept", reason="材料充分")
    expert = Record.objects.get(register=case.experts)
    secret = values.decode(expert, sensitive=True)
    page = client.get(expert.get_absolute_url()).content.decode()
    assert "示例专家甲" in page and case.cast.school.title in page and "电子与信息大类" in page
    for hidden in (secret["id_number"], secret["phone"], "示例职务丁", "教授", secret["letter_number"]):
        assert hidden not in page
    stored = str(expert.data)
    assert secret["id_number"] not in stored and secret["phone"] not in stored


def test_leaving_the_panel_ends_all_sight_of_it(case, two):
    PanelMember.objects.filter(panel=case.panel, capacity=Capacity.MEMBER).delete()
    assert not visible_nominations(case.cast.member, Panel.objects.get()).exists()
    assert not visible_records(case.cast.member, case.nominations).exists()


def test_a_review_by_somebody_in_conflict_since_no_longer_counts(case, two, client):
    review(case.panel, two[1], actor=case.cast.member, verdict="recommend", reasons="当时无须回避")
    Membership.objects.create(user=case.cast.member, role=Role.MEMBER, organisation=case.cast.other_school)
    client.force_login(case.cast.chair)
    for name in ("panel-nomination", "panel-decide"):
        page = client.get(reverse(name, args=[case.round.key, two[1].number])).content.decode()
        assert "当时无须回避" not in page


def test_the_committee_does_not_see_the_pool_before_the_results(case, two):
    case.round.results_at = timezone.now() + timedelta(days=1)
    case.round.save()
    decide(case.panel, two[1], actor=case.cast.chair, outcome="accept", reason="材料充分")
    expert = Record.objects.get(register=case.experts)
    for user in (case.cast.member, case.cast.chair, case.other_member):
        assert expert.pk in scope_for(user).denied
    assert expert.pk not in scope_for(case.cast.office).denied


@pytest.mark.clause("YN23-17")
def test_the_worker_publishes_the_pool_when_the_results_are_due(case, two):
    from registry.tasks import publish_results

    case.round.results_at = timezone.now() + timedelta(days=1)
    case.round.save()
    decide(case.panel, two[1], actor=case.cast.chair, outcome="accept", reason="材料充分")
    assert publish_results.call(case.round.pk) == 0
    case.round.results_at = timezone.now() - timedelta(minutes=1)
    case.round.save()
    assert publish_results.call(case.round.pk) == 1
    assert visible_records(case.cast.nobody, case.experts).count() == 1
