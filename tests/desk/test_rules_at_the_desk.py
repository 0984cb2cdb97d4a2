"""What the desk says of the rules, and when it holds a submission back (YN23 四（二）–（三）)."""

from datetime import date

import pytest

from registry.models import Attachment, Stage, Submission
from tests import factories
from tests.desk.conftest import errors, pdf

pytestmark = pytest.mark.django_db


def outcome(desk, record, rule: str):
    """The verdict of a rule as the filing's page shows it."""
    shown = desk.client("clerk").get(desk.url("filing", record)).context["verdicts"]
    return next(verdict for verdict, _ in shown if verdict.rule == rule)


def held_back(desk, record) -> str:
    """Submits; asserts that nothing was handed in; returns the page."""
    response = desk.client("clerk").post(desk.url("check", record))
    assert response.status_code == 200, "handed in"
    record.refresh_from_db()
    assert record.stage == Stage.DRAFT and not Submission.objects.filter(record=record).exists()
    return response.content.decode()


def aged(birth: date, desk, **more):
    desk.count += 1
    return {
        "birth_date": birth.isoformat(),
        "id_number": factories.id_number(birth, sequence=f"{desk.count:03d}"),
        **more,
    }


@pytest.mark.clause("YN23-23")
@pytest.mark.parametrize(
    ("birth", "expected"), [(date(1957, 3, 23), "pass"), (date(1957, 3, 22), "needs_reason")]
)
def test_age_is_counted_at_the_reference_date(desk, birth, expected):
    verdict = outcome(desk, desk.draft(**aged(birth, desk)), "age")
    assert verdict.outcome == expected
    assert verdict.demanded == "不超过65岁"


@pytest.mark.clause("YN23-23")
def test_an_exceeded_age_is_held_back_until_its_reason_is_written(desk):
    record = desk.draft(**aged(date(1950, 1, 1), desk))
    assert "不超过65岁" in held_back(desk, record)
    clerk = desk.client("clerk")
    form = clerk.get(desk.url("edit", record))
    opened = [item["rule"].key for item in form.context["reason_items"] if item["open"]]
    assert opened == ["age"]
    given = desk.answers(birth_date="1950-01-01", id_number="", _lock=record.lock_version)
    clerk.post(desk.url("edit", record), given | {"_reason-age": "本领域急需。"})
    assert outcome(desk, record, "age").outcome == "excused"
    assert "本领域急需。" in clerk.get(desk.url("check", record)).content.decode()
    assert clerk.post(desk.url("check", record)).status_code == 302


@pytest.mark.clause("YN23-21")
def test_a_title_below_the_level_needs_its_own_reason(desk):
    record = desk.draft(professional_title="讲师", **{"_reason-age": "另一条规则的理由"})
    assert outcome(desk, record, "title-level").outcome == "needs_reason"
    held_back(desk, record)
    given = desk.answers(professional_title="讲师", id_number="", _lock=record.lock_version)
    response = desk.client("clerk").post(
        desk.url("edit", record), given | {"_reason-title-level": "能力突出。"}
    )
    assert response.status_code == 302, errors(response)
    record.refresh_from_db()
    assert record.reasons == {"title-level": "能力突出。"}
    assert desk.client("clerk").post(desk.url("check", record)).status_code == 302


@pytest.mark.clause("YN23-22")
@pytest.mark.parametrize("missing", ["projects", "results"])
def test_a_project_and_a_result_are_demanded(desk, missing):
    record = desk.draft(**{f"{missing}-0-name": "", f"{missing}-0-level": None})
    verdict = outcome(desk, record, "project-and-result")
    assert verdict.outcome == "fail"
    assert "0项" in verdict.found
    assert "课题或项目不少于1项且研究成果不少于1项" in held_back(desk, record)


@pytest.mark.clause("YN23-19", "YN23-23")
@pytest.mark.parametrize(
    ("field", "rule"),
    [
        ("declaration", "declares-conduct"),
        ("willing", "willing"),
        ("healthy", "healthy"),
        ("unit_support", "unit-supports"),
    ],
)
@pytest.mark.parametrize("answer", [None, "否"])
def test_every_declaration_must_be_made(desk, field, rule, answer):
    record = desk.draft(**{field: answer})
    assert outcome(desk, record, rule).outcome == "fail"
    held_back(desk, record)


@pytest.mark.clause("YN23-25")
def test_the_demanded_file_name_is_shown_and_checked(desk):
    record = desk.draft()
    clerk = desk.client("clerk")
    demanded = f"专家推荐+{desk.cast.school.title}+示例专家甲"
    assert demanded in clerk.get(desk.url("edit", record)).content.decode()

    wrong = desk.answers(id_number="", scan=pdf("扫描件.pdf"), _lock=record.lock_version)
    assert clerk.post(desk.url("edit", record), wrong).status_code == 302
    record.refresh_from_db()
    verdict = outcome(desk, record, "scan-file-name")
    assert (verdict.outcome, verdict.found) == ("fail", "扫描件.pdf")
    held_back(desk, record)

    right = desk.answers(id_number="", scan=pdf(f"{demanded}.PDF"), _lock=record.lock_version)
    assert clerk.post(desk.url("edit", record), right).status_code == 302
    assert outcome(desk, record, "scan-file-name").outcome == "pass"
    assert clerk.post(desk.url("check", record)).status_code == 302


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("表.pdf", b"MZ\x90\x00 not a pdf", "内容不是PDF"),
        ("表.exe", b"%PDF-1.7", "不是PDF文件"),
        ("表.pdf", b"", "空"),
    ],
)
def test_a_file_is_judged_by_its_content(desk, name, content, said):
    response = desk.client("clerk").post(desk.url("new"), desk.answers(scan=pdf(name, content)))
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Attachment.objects.exists()


def test_a_file_may_not_be_larger_than_the_field_says(desk):
    from registry.desk.uploads import UploadField

    big = pdf("表.pdf", b"%PDF-" + b"0" * 1024 * 1024)
    spec = desk.nominations.definition.by_key["scan"]
    with pytest.raises(Exception, match="不得超过"):
        UploadField(type(spec)(spec.key, spec.type, spec.label, options={"max_mb": 1})).clean(big)


def test_a_stored_file_stays_and_can_be_taken_out(desk):
    record, clerk = desk.draft(scan=pdf("表.pdf")), desk.client("clerk")
    clerk.post(desk.url("edit", record), desk.answers(id_number="", _lock=record.lock_version))
    record.refresh_from_db()
    assert record.data["scan"]["name"] == "表.pdf"
    clerk.post(
        desk.url("edit", record),
        desk.answers(id_number="", **{"_clear-scan": "on"}, _lock=record.lock_version),
    )
    record.refresh_from_db()
    assert "scan" not in record.data
    assert Attachment.objects.filter(record=record).count() == 1  # the edition that named it still does


def test_the_clause_of_a_rule_is_a_link_where_a_page_holds_it(desk, monkeypatch):
    from registry import clauses

    found = clauses.ResolvedClause("/notices/x/#c4-2-5", "一般不超过65岁", "示例通知")
    monkeypatch.setattr(clauses, "_resolvers", [lambda ref: found if ref.path == "四（二）5" else None])
    page = desk.client("clerk").get(desk.url("filing", desk.draft())).content.decode()
    assert 'href="/notices/x/#c4-2-5"' in page


@pytest.mark.clause("YN23-18", "YN23-20")
def test_category_major_and_experience_are_part_of_the_nomination(desk):
    record = desk.draft(category=None, major_category=None)
    page = desk.client("clerk").get(desk.url("check", record)).content.decode()
    assert "请填写“专家类别”" in page and "请填写“专业大类”" in page
    assert "参与试点工作的实施。" in page
