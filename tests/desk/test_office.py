"""The office at the desk: all filings, paper nominations as they are, corrections, publicity."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.models import LogEntry, Stage, Submission

pytestmark = pytest.mark.django_db

# Queries of a list, for whom: session, user, roles and Wagtail's permissions are 5 of them.
PINNED = {
    ("round", "office"): 13,
    ("round", "clerk"): 19,
    ("home", "office"): 11,
    ("home", "clerk"): 12,
    ("shortfall", "office"): 11,
}


def test_the_office_enters_a_paper_nomination_as_it_is(desk):
    office = desk.client("office")
    record = desk.draft("office", work_unit=desk.cast.school.title, healthy=None, **{"results-0-name": ""})
    assert record.owner == desk.cast.school
    page = office.get(desk.url("check", record)).content.decode()
    assert "按纸质材料原样提交" in page
    assert office.post(desk.url("check", record)).status_code == 200  # not by itself
    assert office.post(desk.url("check", record), {"as_it_is": "1"}).status_code == 302
    record.refresh_from_db()
    assert record.stage == Stage.SUBMITTED
    assert LogEntry.objects.get(record=record, verb="submit").reason == "按纸质材料原样录入"
    page = office.get(desk.url("round")).content.decode()
    assert "不符合2项" in page


def test_as_it_is_is_the_offices_alone(desk):
    record = desk.draft(healthy=None)
    page = desk.client("clerk").get(desk.url("check", record)).content.decode()
    assert "按纸质材料原样提交" not in page
    assert desk.client("clerk").post(desk.url("check", record), {"as_it_is": "1"}).status_code == 403
    assert not Submission.objects.exists()


def test_the_office_names_the_organisation(desk):
    response = desk.client("office").post(desk.url("new"), desk.answers())
    assert "work_unit" in response.context["form"].errors
    record = desk.draft("office", work_unit=desk.cast.school.number)
    assert record.owner == desk.cast.school
    given = desk.answers(work_unit=desk.cast.other_school.title, id_number="", _lock=record.lock_version)
    desk.client("office").post(desk.url("edit", record), given)
    record.refresh_from_db()
    assert record.owner == desk.cast.other_school


def test_windows_bind_schools_and_not_the_office(desk):
    record = desk.draft()
    desk.round.closes_at = timezone.now() - timedelta(minutes=1)
    desk.round.save()
    clerk, office = desk.client("clerk"), desk.client("office")
    assert clerk.get(desk.url("new")).status_code == 403
    assert clerk.get(desk.url("edit", record)).status_code == 403
    assert clerk.post(desk.url("check", record)).status_code == 403
    assert "已截止，应报未报齐" in clerk.get("/desk/").content.decode()
    assert office.get(desk.url("new")).status_code == 200


def test_filings_are_filtered_by_stage_and_unit(desk):
    desk.many(2, desk.cast.school)
    desk.many(1, desk.cast.other_school, hand_in=False)
    office = desk.client("office")
    for query, count in [
        ("", 3),
        ("stage=submitted", 2),
        ("stage=draft", 1),
        ("unit=交通", 1),
        ("stage=draft&unit=冶金", 0),
    ]:
        assert office.get(f"{desk.url('round')}?{query}").context["total"] == count, query
    assert "没有符合条件" in office.get(f"{desk.url('round')}?unit=没有").content.decode()
    assert office.get(f"{desk.url('round')}?stage=nonsense&page=99").status_code == 200


def test_the_office_changes_a_submitted_filing_for_a_reason_that_is_logged(desk):
    record, office = desk.submitted(), desk.client("office")
    given = desk.answers(
        work_unit=desk.cast.school.title, id_number="", position="主任", _lock=record.lock_version
    )
    response = office.post(desk.url("edit", record), given)
    assert "请在“修改理由”中写明" in response.content.decode()
    assert office.post(desk.url("edit", record), given | {"_why": "电话核实职务"}).status_code == 302
    record.refresh_from_db()
    assert (record.data["position"], record.stage) == ("主任", Stage.SUBMITTED)
    assert LogEntry.objects.filter(record=record, verb="edit").latest("sequence").reason == "电话核实职务"


def test_withholding_needs_a_reason_and_can_be_undone(desk):
    record, office = desk.submitted(), desk.client("office")
    assert "请写明理由" in office.post(desk.url("withhold", record), {}).content.decode()
    office.post(desk.url("withhold", record), {"reason": "核实中"})
    record.refresh_from_db()
    assert (record.withheld, record.withheld_reason) == (True, "核实中")
    office.post(desk.url("withhold", record), {})
    record.refresh_from_db()
    assert not record.withheld


def test_the_offices_first_page_counts_what_lies_before_it(desk):
    desk.many(2, desk.cast.school)
    page = desk.client("office").get("/desk/").content.decode()
    assert "已提交 2" in page
    assert "3所" in page


def test_the_printed_form_has_places_for_signature_and_seal(desk):
    page = desk.client("clerk").get(desk.url("print", desk.draft())).content.decode()
    assert "本人签字" in page and "（盖章）" in page


@pytest.mark.clause("YN23-25")
def test_the_roster_is_made_from_the_nominations(desk):
    desk.submitted(name="示例专家乙")
    desk.draft(name="示例专家丙")
    rows = desk.client("clerk").get(desk.url("roster")).context["rows"]
    assert [row["cells"][0]["value"] for row in rows] == ["示例专家乙"]


def test_lists_ask_the_same_number_of_queries_however_long(desk):
    urls = {"home": "/desk/", "round": desk.url("round"), "shortfall": desk.url("shortfall")}

    def asked() -> dict[tuple[str, str], int]:
        counts = {}
        for room, name in PINNED:
            desk.client(name).get(urls[room])
            with CaptureQueriesContext(connection) as queries:
                assert desk.client(name).get(urls[room]).status_code == 200
            counts[room, name] = len(queries)
        return counts

    desk.many(2, desk.cast.school)
    few = asked()
    desk.many(6, desk.cast.school)
    desk.many(3, desk.cast.other_school, hand_in=False)
    assert asked() == few
    assert few == PINNED
