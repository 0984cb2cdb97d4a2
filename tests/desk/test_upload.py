"""A sheet: looked at row by row, then imported as drafts, all of it or nothing."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from registry.models import Record, Stage
from tests import factories
from tests.desk.conftest import BIRTH

pytestmark = pytest.mark.django_db

HEADINGS = ["姓名", "出生日期", "身份证号", "工作单位", "专业大类", "专家类别", "手机"]


def row(desk, **changed):
    desk.count += 1
    given = {
        "姓名": f"示例专家{desk.count}",
        "出生日期": BIRTH.isoformat(),
        "身份证号": factories.id_number(BIRTH, sequence=f"{desk.count:03d}"),
        "工作单位": desk.cast.school.title,
        "专业大类": "电子与信息大类",
        "专家类别": "证书领域院校专家",
        "手机": "13800000000",
    } | changed
    return ",".join(given[heading] for heading in HEADINGS)


def sheet(*rows: str, name: str = "推荐.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([",".join(HEADINGS), *rows]).encode(), content_type="text/csv")


def filings(desk):
    return Record.objects.filter(register=desk.nominations)


def test_a_sheet_is_previewed_and_then_imported_as_drafts(desk):
    clerk = desk.client("clerk")
    assert clerk.get(desk.url("upload")).status_code == 200
    preview = clerk.post(desk.url("upload"), {"sheet": sheet(row(desk), row(desk))})
    assert preview.context["may_confirm"]
    assert not filings(desk).exists()
    waiting = list(Path(settings.PRIVATE_ROOT).glob("waiting/*"))
    assert len(waiting) == 1
    assert "示例专家".encode() not in waiting[0].read_bytes()  # sealed while it waits
    given = {"_sheet": preview.context["token"], "_name": preview.context["name"]}
    assert clerk.post(desk.url("upload"), given).status_code == 302
    assert [(r.stage, r.owner) for r in filings(desk)] == [(Stage.DRAFT, desk.cast.school)] * 2
    assert not list(Path(settings.PRIVATE_ROOT).glob("waiting/*"))
    again = clerk.post(desk.url("upload"), given)
    assert "请重新上传" in again.content.decode()
    assert filings(desk).count() == 2


def test_a_bad_row_is_told_with_row_column_and_value_and_nothing_is_stored(desk):
    bad = row(desk, 专业大类="没有的大类")
    preview = desk.client("clerk").post(desk.url("upload"), {"sheet": sheet(row(desk), bad)})
    page = preview.content.decode()
    assert "第3行" in page and "专业大类" in page and "没有的大类" in page
    assert not preview.context["may_confirm"]
    given = {"_sheet": preview.context["token"], "_name": "推荐.csv"}
    assert desk.client("clerk").post(desk.url("upload"), given).status_code == 200
    assert not filings(desk).exists()


def test_somebody_elses_preview_cannot_be_imported(desk):
    preview = desk.client("clerk").post(desk.url("upload"), {"sheet": sheet(row(desk))})
    given = {"_sheet": preview.context["token"], "_name": "推荐.csv"}
    response = desk.client("outsider").post(desk.url("upload"), given)
    assert "请重新上传" in response.content.decode()
    for token in ("rubbish", "../../etc:x", ""):
        assert desk.client("clerk").post(desk.url("upload"), {"_sheet": token}).status_code == 200
    assert not filings(desk).exists()


def test_rubbish_is_refused_in_words(desk):
    for name, content in [("a.xlsx", b"PK\x03\x04rubbish"), ("a.xls", b"\xd0\xcf\x11\xe0"), ("a.csv", b"")]:
        upload = SimpleUploadedFile(name, content)
        response = desk.client("clerk").post(desk.url("upload"), {"sheet": upload})
        assert response.status_code == 200
        assert "error-summary" in response.content.decode(), name


def test_the_empty_sheet_has_the_registers_headings(desk):
    book = openpyxl.load_workbook(io.BytesIO(desk.client("clerk").get(desk.url("template")).content))
    headings = [cell.value for cell in book.active[1]]
    assert set(HEADINGS) < set(headings) and headings[-1] == "理由"
    assert "盖章扫描件" not in headings


def test_uploading_is_for_those_who_may_file(desk):
    for name in desk.cast.everybody:
        status = desk.client(name).get(desk.url("upload")).status_code
        assert status == (200 if name in {"clerk", "outsider", "office", "administrator"} else 403), name
