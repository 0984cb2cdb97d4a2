"""The committee's pages, as each person of the cast meets them."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from expertpool.actions.decide import decide
from expertpool.actions.review import review
from expertpool.models import Appointment, Assignment, Conflict, Decision, Review


@pytest.fixture
def sign_in(client):
    def enter(user):
        client.force_login(user)
        return client

    return enter


def url(name, case, *more):
    return reverse(name, args=[case.round.key, *more])


def text(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@pytest.mark.clause("YN23-17")
def test_the_list_shows_each_rule_of_each_nomination(case, sign_in):
    from datetime import date

    case.nominate("示例专家甲", case.cast.other_school)
    case.nominate("示例专家乙", case.cast.other_school, birth_date=date(1950, 1, 1), reasons={"age": "急需"})
    case.nominate("示例专家丙", case.cast.other_school, professional_title="讲师", results=None)
    page = text(sign_in(case.cast.chair).get(url("panel", case)))
    assert "共<strong>3</strong>条推荐" in page
    assert 'title="年龄：符合（52岁）"' in page and 'title="年龄：已说明理由（73岁）"' in page
    assert 'title="专业技术职称：须说明理由' in page and 'title="课题或项目及研究成果：不符合' in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("outcome=fail", ["丙"]),
        ("outcome=excused", ["乙"]),
        ("outcome=pass", ["甲"]),
        ("stage=submitted", ["甲", "乙", "丙"]),
        ("stage=approved", []),
        ("q=专家丙", ["丙"]),
        ("sort=-age", ["乙", "甲", "丙"]),
        ("sort=age", ["丙", "甲", "乙"]),
        ("sort=outcome", ["丙", "乙", "甲"]),
        ("sort=name", ["丙", "甲", "乙"]),
        ("outcome=nonsense&page=999&major=x", ["甲", "乙", "丙"]),
    ],
)
def test_filters_and_sorts(case, sign_in, query, names):
    from datetime import date

    case.nominate("示例专家甲", case.cast.other_school)
    case.nominate("示例专家乙", case.cast.other_school, birth_date=date(1950, 1, 1), reasons={"age": "急需"})
    case.nominate("示例专家丙", case.cast.other_school, birth_date=date(1980, 1, 1), results=None)
    response = sign_in(case.cast.chair).get(url("panel", case) + "?" + query)
    shown = [row.record.title.removeprefix("示例专家") for row in response.context["rows"]]
    assert shown == names if "sort" in query else sorted(shown) == sorted(names)


def test_the_filter_for_the_own_missing_reviews(case, sign_in):
    done = case.nominate("示例专家甲", case.cast.other_school)
    case.nominate("示例专家乙", case.cast.other_school)
    review(case.panel, done, actor=case.cast.member, verdict="recommend", reasons="有")
    response = sign_in(case.cast.member).get(url("panel", case) + "?missing=on")
    assert [row.record.title for row in response.context["rows"]] == ["示例专家乙"]


@pytest.mark.parametrize("name", ["clerk", "outsider", "editor", "bureau", "nobody"])
def test_who_is_on_no_panel_finds_none(case, sign_in, name):
    nomination = case.nominate("示例专家甲", case.cast.school)
    client = sign_in(getattr(case.cast, name))
    assert "没有您参加的评审组" in text(client.get(reverse("panel-list")))
    for address in (
        url("panel", case),
        url("panel-export", case, "csv"),
        url("panel-decisions", case),
        url("panel-nomination", case, nomination.number),
        url("panel-decide", case, nomination.number),
        url("panel-conflict", case, nomination.number),
    ):
        assert client.get(address).status_code == 404, address
    assert client.post(url("panel-assign", case, nomination.number)).status_code == 404


def test_without_signing_in_one_is_sent_to_sign_in(case, client):
    assert client.get(url("panel", case)).status_code == 302


@pytest.mark.clause("YN23-17")
def test_a_member_records_a_verdict_with_reasons_and_then_sees_the_others(case, sign_in):
    nomination = case.nominate("示例专家甲", case.cast.other_school)
    review(case.panel, nomination, actor=case.deputy, verdict="decline", reasons="副组长的理由")
    client = sign_in(case.cast.member)
    address = url("panel-nomination", case, nomination.number)
    page = text(client.get(address))
    assert "副组长的理由" not in page and "提交您本人的意见后" in page
    refused = client.post(
        address, {"verdict": "recommend", "reasons": "", "seen_lock": nomination.lock_version}
    )
    assert refused.status_code == 422 and "请写明理由" in refused.content.decode()
    sent = {"verdict": "recommend", "reasons": "材料翔实", "seen_lock": nomination.lock_version}
    assert client.post(address, sent).status_code == 302
    assert Review.objects.get(reviewer=case.cast.member).reasons == "材料翔实"
    assert "副组长的理由" in text(client.get(address))


@pytest.mark.clause("YN23-26")
def test_the_chair_previews_and_confirms(case, sign_in):
    nomination = case.nominate("示例专家甲", case.cast.other_school)
    client = sign_in(case.cast.chair)
    address = url("panel-decide", case, nomination.number)
    sent = {"outcome": "accept", "reason": "一致推荐", "seen_lock": nomination.lock_version}
    preview = text(client.post(address, sent))
    assert "聘期自" in preview and "确认通过" in preview and not Decision.objects.exists()
    assert "确认通过" not in text(client.post(address, sent | {"change": "1"}))
    assert client.post(address, sent | {"confirm": "1"}).status_code == 302
    assert Decision.objects.get().reason == "一致推荐"
    assert client.post(address, sent | {"confirm": "1"}).status_code == 403
    letter = text(client.get(reverse("panel-letter", args=[Appointment.objects.get().number])))
    assert "聘书" in letter and "示例专家甲" in letter and Appointment.objects.get().letter_number in letter


@pytest.mark.parametrize("name", ["member", "office", "auditor", "administrator"])
def test_nobody_but_the_chair_decides(case, sign_in, name):
    nomination = case.nominate("示例专家甲", case.cast.other_school)
    sent = {"outcome": "accept", "reason": "无权", "seen_lock": nomination.lock_version, "confirm": "1"}
    response = sign_in(getattr(case.cast, name)).post(url("panel-decide", case, nomination.number), sent)
    assert response.status_code == 403 and not Decision.objects.exists()


@pytest.mark.parametrize("name", ["office", "auditor", "administrator"])
def test_office_and_auditor_see_everything_and_write_no_review(case, sign_in, name):
    nomination = case.nominate("示例专家甲", case.cast.school)
    review(case.panel, nomination, actor=case.deputy, verdict="recommend", reasons="副组长的理由")
    decide(case.panel, nomination, actor=case.cast.chair, outcome="accept", reason="组长的理由")
    client = sign_in(getattr(case.cast, name))
    address = url("panel-nomination", case, nomination.number)
    page = text(client.get(address))
    assert "副组长的理由" in page and "组长的理由" in page and 'name="verdict"' not in page
    assert "组长的理由" in text(client.get(url("panel-decisions", case)))
    sent = {"verdict": "recommend", "reasons": "有", "seen_lock": nomination.lock_version}
    assert client.post(address, sent).status_code == 422
    assert Review.objects.count() == 1


def test_only_the_office_ends_an_appointment_on_a_page(case, sign_in):
    nomination = case.nominate("示例专家甲", case.cast.other_school)
    decide(case.panel, nomination, actor=case.cast.chair, outcome="accept", reason="有")
    address = reverse("panel-end-appointment", args=[Appointment.objects.get().number])
    assert sign_in(case.cast.chair).get(address).status_code == 403
    assert sign_in(case.cast.clerk).get(address).status_code == 404
    client = sign_in(case.cast.office)
    assert client.post(address, {"on": "", "ground": ""}).status_code == 422
    today = Appointment.objects.get().term_from.isoformat()
    assert client.post(address, {"on": today, "ground": "调离"}).status_code == 302
    assert Appointment.objects.get().ended_ground == "调离"


def test_a_member_declares_a_conflict_and_sees_the_case_no_more(case, sign_in):
    nomination = case.nominate("示例专家甲", case.cast.other_school)
    review(case.panel, nomination, actor=case.cast.member, verdict="recommend", reasons="先写后悔")
    client = sign_in(case.cast.member)
    address = url("panel-conflict", case, nomination.number)
    assert client.post(address, {"ground": ""}).status_code == 422
    assert client.post(address, {"ground": "师生关系"}).status_code == 302
    assert Conflict.objects.get().ground == "师生关系" and not Review.objects.exists()
    assert client.get(url("panel-nomination", case, nomination.number)).status_code == 404
    assert "共<strong>0</strong>条推荐" in text(client.get(url("panel", case)))


def test_assignments_narrow_what_members_see(case, sign_in):
    first = case.nominate("示例专家甲", case.cast.other_school)
    case.nominate("示例专家乙", case.cast.other_school)
    client = sign_in(case.cast.office)
    sent = {"members": [case.cast.member.pk]}
    assert client.post(url("panel-assign", case, first.number), sent).status_code == 302
    assert Assignment.objects.get().user == case.cast.member
    page = text(sign_in(case.cast.member).get(url("panel", case)))
    assert "示例专家甲" in page and "示例专家乙" not in page
    both = text(sign_in(case.cast.chair).get(url("panel", case)))
    assert "示例专家甲" in both and "示例专家乙" in both


def test_who_is_in_conflict_cannot_be_assigned(case, sign_in):
    nomination = case.nominate("示例专家甲", case.cast.school)
    sign_in(case.cast.office).post(
        url("panel-assign", case, nomination.number), {"members": [case.cast.member.pk]}
    )
    assert not Assignment.objects.exists()


def test_sheets_hold_the_list_and_no_sensitive_field(case, sign_in):
    nomination = case.nominate("示例专家甲", case.cast.other_school, position="=1+1")
    from registry import values

    secret = values.decode(nomination, sensitive=True)
    client = sign_in(case.cast.chair)
    response = client.get(url("panel-export", case, "csv"))
    body = response.content.decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(body)))
    assert [row["姓名"] for row in table] == ["示例专家甲"] and table[0]["规则：年龄"] == "符合"
    assert table[0]["职务"] == "'=1+1"
    assert secret["id_number"] not in body and secret["phone"] not in body and "身份证号" not in table[0]
    sheet = load_workbook(io.BytesIO(client.get(url("panel-export", case, "xlsx")).content)).active
    assert sheet.max_row == 2 and "示例专家甲" in [cell.value for cell in sheet[2]]
    assert client.get(url("panel-export", case, "exe")).status_code == 404


def test_sensitive_values_are_masked_for_the_committee(case, sign_in):
    nomination = case.nominate("示例专家甲", case.cast.other_school)
    from registry import values

    secret = values.decode(nomination, sensitive=True)
    page = text(sign_in(case.cast.chair).get(url("panel-nomination", case, nomination.number)))
    assert secret["id_number"] not in page and secret["phone"] not in page


@pytest.mark.parametrize("query", ["", "?outcome=fail", "?sort=-age"])
def test_the_list_asks_a_constant_number_of_queries(case, sign_in, query):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(case.cast.member)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            text(client.get(url("panel", case) + query))
        return len(queries)

    case.nominate("示例专家甲", case.cast.other_school, results=None)
    asked()
    few = asked()
    for number in range(12):
        record = case.nominate(f"示例专家{number}", case.cast.other_school, results=None)
        review(case.panel, record, actor=case.deputy, verdict="recommend", reasons="有")
    assert asked() == few <= 35
