"""The whole way of a nomination: task list, form, draft, verdicts, check, submit, receipt, withdrawal."""

import pytest

from registry.models import Edition, LogEntry, Record, Stage, Submission
from tests.desk.conftest import errors

pytestmark = pytest.mark.django_db


def test_the_whole_way(desk):
    clerk = desk.client("clerk")
    home = clerk.get("/desk/").content.decode()
    assert "示例选聘" in home
    assert "应报3份，已提交0份，还差3份" in home
    assert clerk.get(desk.url("new")).status_code == 200

    record = desk.draft()
    assert (record.stage, record.owner, record.title) == (Stage.DRAFT, desk.cast.school, "示例专家甲")
    page = clerk.get(desk.url("filing", record)).content.decode()
    assert "各项要求均已满足" in page

    check = clerk.get(desk.url("check", record))
    assert "各项要求都已满足" in check.content.decode()
    sent = clerk.post(desk.url("check", record), {"_key": check.context["key"]}, follow=True)
    assert sent.redirect_chain[-1][0] == desk.url("receipt", record)
    submission = Submission.objects.get(record=record)
    assert submission.receipt in sent.content.decode()
    record.refresh_from_db()
    assert record.stage == Stage.SUBMITTED
    assert "应报3份，已提交1份，还差2份" in clerk.get("/desk/").content.decode()


def test_a_second_click_on_submit_gives_the_same_receipt(desk):
    record, clerk = desk.draft(), desk.client("clerk")
    for _ in range(2):
        response = clerk.post(desk.url("check", record), {"_key": "the-same-key"})
        assert response.status_code == 302
    assert Submission.objects.filter(record=record).count() == 1
    assert LogEntry.objects.filter(record=record, verb="submit").count() == 1


def test_a_second_click_on_save_makes_no_second_draft(desk):
    clerk = desk.client("clerk")
    token = clerk.get(desk.url("new")).context["token"]
    given = desk.answers(_token=token, id_number=None)
    first, second = (clerk.post(desk.url("new"), given) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Record.objects.filter(register=desk.nominations).count() == 1


def test_a_draft_takes_whatever_is_there(desk):
    record = desk.draft(**{key: None for key in desk.answers() if key not in ("name", "_save")})
    assert record.title == "示例专家甲"
    page = desk.client("clerk").get(desk.url("check", record)).content.decode()
    assert "还不能提交" in page
    assert "请填写“身份证号”" in page
    assert ">提交</button>" not in page


def test_refusals_stand_beside_their_fields_and_nothing_typed_is_lost(desk):
    given = desk.answers(
        id_number="123", phone="电话", experience="写了很久的一段话。", major_category="没有的大类"
    )
    response = desk.client("clerk").post(desk.url("new"), given)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"id_number", "phone", "major_category"}
    page = response.content.decode()
    assert 'href="#id_id_number"' in page
    assert "须为18位" in page
    assert "写了很久的一段话。" in page
    assert 'value="没有的大类"' in page
    assert 'value="示例课题"' in page
    assert not Record.objects.filter(register=desk.nominations).exists()


@pytest.mark.clause("YN23-23")
def test_a_birth_date_that_disagrees_with_the_id_number_is_not_saved(desk):
    response = desk.client("clerk").post(desk.url("new"), desk.answers(birth_date="1970-05-07"))
    assert "birth_date" in response.context["form"].errors, errors(response)
    assert "不一致" in response.content.decode()
    assert not Record.objects.filter(register=desk.nominations).exists()


def test_one_nomination_per_id_number_and_round(desk):
    first = desk.answers()
    assert desk.client("clerk").post(desk.url("new"), first).status_code == 302
    response = desk.client("outsider").post(desk.url("new"), first)
    assert "id_number" in response.context["form"].errors
    page = response.content.decode()
    assert desk.cast.school.title not in page  # the holder is not named


def test_rows_grow_without_javascript_and_keep_what_was_typed(desk):
    clerk = desk.client("clerk")
    given = desk.answers(**{"projects-1-name": "第二个课题", "id_number": "还没填完"}, _add="projects")
    response = clerk.post(desk.url("new"), given)
    assert response.status_code == 200
    page = response.content.decode()
    assert 'value="第二个课题"' in page
    assert 'value="还没填完"' in page
    assert 'name="projects-4-name"' in page  # two filled, two blank, one more
    assert "error-summary" not in page
    assert not Record.objects.filter(register=desk.nominations).exists()


def test_rows_are_stored_in_order_without_blanks(desk):
    record = desk.draft(
        **{"projects-0-name": "", "projects-0-level": "", "projects-3-name": "乙", "projects-5-name": "丙"}
    )
    assert [row["name"] for row in record.data["projects"]] == ["乙", "丙"]
    page = desk.client("clerk").get(desk.url("edit", record)).content.decode()
    assert 'name="projects-0-name" value="乙"' in page
    assert 'name="projects-1-name" value="丙"' in page


def test_an_unchanged_sensitive_value_stays_and_is_not_written_into_the_page(desk):
    given = desk.answers()
    number = given["id_number"]
    record = desk.draft(id_number=number)
    clerk = desk.client("clerk")
    page = clerk.get(desk.url("edit", record)).content.decode()
    assert number not in page
    assert number[:6] in page  # masked
    clerk.post(
        desk.url("edit", record),
        desk.answers(id_number="", phone="", position="主任", _lock=record.lock_version),
    )
    after = Record.objects.get(pk=record.pk)
    assert after.data["position"] == "主任"
    assert after.data["id_number"] == record.data["id_number"]
    clerk.post(
        desk.url("edit", after),
        desk.answers(id_number="", phone="", **{"_clear-phone": "on"}, _lock=after.lock_version),
    )
    assert "phone" not in Record.objects.get(pk=record.pk).data


def test_a_lost_update_is_refused_with_both_versions(desk):
    record, clerk = desk.draft(), desk.client("clerk")
    seen = record.lock_version
    clerk.post(desk.url("edit", record), desk.answers(id_number="", position="先保存的", _lock=seen))
    response = clerk.post(
        desk.url("edit", record), desk.answers(id_number="", position="后保存的", _lock=seen)
    )
    assert response.status_code == 409
    page = response.content.decode()
    assert "先保存的" in page and "后保存的" in page
    assert Record.objects.get(pk=record.pk).data["position"] == "先保存的"
    again = clerk.post(
        desk.url("edit", record),
        desk.answers(id_number="", position="后保存的", _lock=response.context["lock"]),
    )
    assert again.status_code == 302
    assert Record.objects.get(pk=record.pk).data["position"] == "后保存的"


def test_what_is_submitted_is_what_was_checked(desk):
    record, clerk = desk.draft(), desk.client("clerk")
    response = clerk.post(desk.url("check", record), {"_key": "k", "_lock": record.lock_version + 1})
    assert response.status_code == 200
    assert "重新核对" in response.content.decode()
    assert not Submission.objects.exists()


def test_withdrawing_asks_once_and_frees_the_id_number(desk):
    given = desk.answers()
    clerk = desk.client("clerk")
    record = desk.submitted(id_number=given["id_number"])
    assert clerk.get(desk.url("withdraw", record)).status_code == 200
    record.refresh_from_db()
    assert record.stage == Stage.SUBMITTED
    clerk.post(desk.url("withdraw", record), {"reason": "材料有误"})
    record.refresh_from_db()
    assert record.stage == Stage.WITHDRAWN
    assert LogEntry.objects.get(record=record, verb="withdraw").reason == "材料有误"
    desk.draft(id_number=given["id_number"])


def test_a_submitted_filing_cannot_be_changed_by_its_school(desk):
    record = desk.submitted()
    response = desk.client("clerk").post(desk.url("edit", record), desk.answers(name="改名"))
    assert response.status_code == 403
    assert "不能再修改" in response.content.decode()
    assert Edition.objects.filter(record=record).latest("sequence").title == "示例专家甲"


def test_returned_for_correction_and_submitted_again(desk):
    record, clerk = desk.submitted(), desk.client("clerk")
    office = desk.client("office")
    assert "请写明理由" in office.post(desk.url("return", record), {"reason": " "}).content.decode()
    office.post(desk.url("return", record), {"reason": "请补充成果。"})
    record.refresh_from_db()
    assert record.stage == Stage.RETURNED
    home = clerk.get("/desk/").content.decode()
    assert "请补充成果。" in home
    assert "请补充成果。" in clerk.get(desk.url("filing", record)).content.decode()
    clerk.post(
        desk.url("edit", record), desk.answers(id_number="", experience="补充了。", _lock=record.lock_version)
    )
    assert clerk.post(desk.url("check", record)).status_code == 302
    assert Submission.objects.filter(record=record).count() == 2


@pytest.mark.parametrize("room", ["filing", "edit", "check", "print", "withdraw"])
def test_pages_hold_no_inline_style_or_script(desk, room):
    record = desk.draft()
    page = desk.client("clerk").get(desk.url(room, record)).content.decode()
    assert "style=" not in page and "<style" not in page and "onclick" not in page
