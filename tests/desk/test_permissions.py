"""Who may open what: the whole cast walks past every room of the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from registry.models import Attachment, LogEntry, Stage
from tests.desk.conftest import pdf

pytestmark = pytest.mark.django_db

SEE_DRAFTS = {"clerk", "office", "administrator"}
SEE_FILED = SEE_DRAFTS | {"auditor", "bureau"}
ROOMS = ["filing", "edit", "check", "print", "withdraw", "return", "withhold", "receipt"]


def test_the_desk_is_for_people_who_signed_in(desk):
    record = desk.draft()
    for url in ["/desk/", desk.url("round"), desk.url("new"), *(desk.url(room, record) for room in ROOMS)]:
        response = Client().get(url)
        assert response.status_code == 302, url
        assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("room", ROOMS)
def test_a_draft_is_seen_by_its_school_and_the_office_alone(desk, room):
    record = desk.draft()
    for name in desk.cast.everybody:
        status = desk.client(name).get(desk.url(room, record)).status_code
        assert (status != 404) == (name in SEE_DRAFTS), (name, status)


def test_a_filed_nomination_is_seen_by_those_who_handle_it(desk):
    record = desk.submitted()
    for name in desk.cast.everybody:
        response = desk.client(name).get(desk.url("filing", record))
        assert (response.status_code == 200) == (name in SEE_FILED), name


def test_the_list_and_its_counts_hold_what_one_may_see(desk):
    desk.draft()
    desk.submitted()
    seen = {"clerk": 2, "office": 2, "administrator": 2, "auditor": 1, "bureau": 1}
    for name in desk.cast.everybody:
        response = desk.client(name).get(desk.url("round"))
        assert response.context["total"] == seen.get(name, 0), name
        assert ("示例专家甲" in response.content.decode()) == (name in seen), name
        roster = desk.client(name).get(desk.url("roster"))
        expected = 1 if name in ("clerk", "office", "administrator", "auditor") else 0
        told = len(roster.context["rows"]) if roster.status_code == 200 else 0
        assert told == expected, name


def test_only_schools_and_the_office_start_a_nomination(desk):
    for name in desk.cast.everybody:
        status = desk.client(name).get(desk.url("new")).status_code
        assert status == (200 if name in {"clerk", "outsider", "office", "administrator"} else 403), name


def test_a_clerk_files_for_the_own_school_whatever_the_form_says(desk):
    record = desk.draft(work_unit=desk.cast.other_school.title, _owner=desk.cast.other_school.number)
    assert record.owner == desk.cast.school
    assert record.data["work_unit"] == desk.cast.school.pk


@pytest.mark.parametrize("room", ["return", "withhold"])
def test_office_acts_are_refused_to_the_school(desk, room):
    record = desk.submitted()
    for name in ("clerk", "auditor", "bureau"):
        response = desk.client(name).post(desk.url(room, record), {"reason": "试试"})
        assert response.status_code == 403, name
    record.refresh_from_db()
    assert record.stage == Stage.SUBMITTED
    assert not record.withheld


def test_others_cannot_withdraw_or_submit(desk):
    record = desk.draft()
    for name in set(desk.cast.everybody) - SEE_DRAFTS:
        for room in ("check", "withdraw", "edit", "reveal"):
            assert desk.client(name).post(desk.url(room, record), {"reason": "试试"}).status_code == 404, name
    filed = desk.submitted()
    for name in ("auditor", "bureau"):
        assert desk.client(name).post(desk.url("withdraw", filed)).status_code == 403
    record.refresh_from_db()
    assert record.stage == Stage.DRAFT


def test_sensitive_values_are_masked_until_revealed_for_a_reason(desk):
    given = desk.answers()
    number, phone = given["id_number"], given["phone"]
    record = desk.submitted(id_number=number)
    for name in SEE_FILED:
        for room in ("filing", "print"):
            page = desk.client(name).get(desk.url(room, record)).content.decode()
            assert number not in page and phone not in page, name
    office = desk.client("office")
    office.post(desk.url("reveal", record), {"reason": "  "})
    assert not LogEntry.objects.filter(verb="reveal").exists()
    page = office.post(desk.url("reveal", record), {"reason": "核对身份"}).content.decode()
    assert number in page and phone in page
    entry = LogEntry.objects.get(verb="reveal")
    assert (entry.actor, entry.reason, entry.record) == (desk.cast.office, "核对身份", record)
    assert number not in entry.canonical and "身份证号" in entry.canonical
    assert (
        "查看敏感信息"
        not in desk.client("clerk").get(desk.url("filing", record)).content.decode().split("办理经过")[1]
    )
    for name in ("auditor", "bureau"):
        assert desk.client(name).post(desk.url("reveal", record), {"reason": "想看"}).status_code == 403, name
    assert LogEntry.objects.filter(verb="reveal").count() == 1


def test_a_revealed_page_is_not_cached(desk):
    record = desk.draft()
    response = desk.client("clerk").post(desk.url("reveal", record), {"reason": "核对", "to": "print"})
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]


def test_attachments_are_served_to_those_who_see_the_filing(desk):
    record = desk.draft(scan=pdf(f"专家推荐+{desk.cast.school.title}+示例专家甲.pdf"))
    attachment = Attachment.objects.get(record=record)
    url = reverse("desk-file", args=[record.uid, attachment.pk])
    for name in desk.cast.everybody:
        assert (desk.client(name).get(url).status_code == 200) == (name in SEE_DRAFTS), name
    response = desk.client("clerk").get(url)
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("attachment")
    other = desk.draft("outsider")
    stolen = reverse("desk-file", args=[other.uid, attachment.pk])
    assert desk.client("outsider").get(stolen).status_code == 404


def test_decisions_stay_hidden_from_the_school_until_results_appear(desk):
    from datetime import timedelta

    from django.utils import timezone

    from registry.actions.approve import approve

    record = desk.submitted()
    desk.round.results_at = timezone.now() + timedelta(days=1)
    desk.round.save()
    approve(record, actor=desk.cast.office, reason="同意选聘")
    for url in (
        "/desk/",
        desk.url("round"),
        desk.url("filing", record),
        f"{desk.url('round')}?stage=in_review",
    ):
        page = desk.client("clerk").get(url).content.decode()
        assert "审核中" in page, url
        assert "已通过" not in page and "同意选聘" not in page, url
    assert "已通过" in desk.client("office").get(desk.url("filing", record)).content.decode()
    desk.round.results_at = timezone.now() - timedelta(minutes=1)
    desk.round.save()
    assert "已通过" in desk.client("clerk").get(desk.url("filing", record)).content.decode()


@pytest.mark.clause("YN23-17")
def test_a_committee_reads_what_was_handed_in_but_nothing_of_the_members_own_schools(desk):
    from expertpool.models import Capacity, Panel, PanelMember

    own = desk.submitted(scan=pdf(f"专家推荐+{desk.cast.school.title}+示例专家甲.pdf"))
    other = desk.submitted("outsider", scan=pdf(f"专家推荐+{desk.cast.other_school.title}+示例专家甲.pdf"))
    draft = desk.draft("outsider")
    panel = Panel.objects.create(round=desk.round, name="示例评审组")
    PanelMember.objects.create(panel=panel, user=desk.cast.member, capacity=Capacity.MEMBER)
    member = desk.client("member")  # works at the first school
    scans = {each: reverse("desk-file", args=[each.uid, each.attachments.get().pk]) for each in (own, other)}
    assert member.get(desk.url("filing", other)).status_code == 200
    assert member.get(scans[other]).status_code == 200
    for url in (desk.url("filing", own), scans[own], desk.url("filing", draft)):
        assert member.get(url).status_code == 404
    assert member.get(desk.url("round")).context["total"] == 1
    assert member.post(desk.url("reveal", other), {"reason": "想看"}).status_code == 403
