"""Registers as files: what goes out, to whom, and that no spreadsheet runs it."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from registry.exchange import export, import_file
from registry.models import Record
from tests import factories


@pytest.fixture
def things(db):
    target = factories.register(
        "targets",
        {"key": "name", "type": "text", "label": "名称"},
        name="对象",
        public=True,
        title={"field": "name"},
    )
    school = factories.record(target, {"name": "示例学院"})
    register = factories.register(
        "things",
        {"key": "name", "type": "text", "label": "姓名", "public": True, "unique": "register"},
        {
            "key": "unit",
            "type": "reference",
            "label": "单位",
            "public": True,
            "options": {"register": "targets"},
        },
        {"key": "since", "type": "date", "label": "起", "public": True},
        {"key": "amount", "type": "decimal", "label": "数", "public": True},
        {"key": "member", "type": "yes_no", "label": "是否", "public": True},
        {
            "key": "levels",
            "type": "choices",
            "label": "等级",
            "public": True,
            "options": {"choices": ["初级", "高级"]},
        },
        {"key": "note", "type": "text", "label": "内部备注"},
        {"key": "phone", "type": "phone", "label": "手机", "sensitive": True},
        name="示例册",
        public=True,
        title={"field": "name"},
    )
    factories.record(
        register,
        {
            "name": "示例专家甲",
            "unit": school.pk,
            "since": date(2023, 3, 22),
            "amount": Decimal("1.50"),
            "member": True,
            "levels": ["初级", "高级"],
            "note": "不公开",
            "phone": "13000000000",
        },
    )
    factories.record(register, {"name": "=cmd|' /C calc'!A0", "note": "+1"})
    return register


def records(register):
    return Record.objects.filter(register=register).order_by("number")


def table(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_csv_holds_public_fields_for_the_public_and_never_a_sensitive_one(things):
    rows = table(export(things, records(things), fmt="csv").body)
    assert rows[0] == ["编号", "姓名", "单位", "起", "数", "是否", "等级"]
    assert rows[1][1:] == ["示例专家甲", "示例学院", "2023-03-22", "1.50", "是", "初级、高级"]
    inside = table(export(things, records(things), fmt="csv", public=False).body)
    assert "内部备注" in inside[0] and "手机" not in inside[0]
    assert b"13000000000" not in export(things, records(things), fmt="csv", public=False).body


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "json"])
def test_a_sensitive_or_private_column_cannot_be_asked_for(things, fmt):
    body = export(things, records(things), ["name", "phone", "note"], fmt).body
    if fmt == "xlsx":
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(body)).active.values for cell in row]
        body = "|".join(map(str, cells)).encode()
    assert b"13000000000" not in body and "不公开".encode() not in body and "示例专家甲".encode() in body


def test_no_cell_is_a_formula_and_the_guard_comes_off_again(things):
    rows = table(export(things, records(things), fmt="csv", public=False).body)
    assert rows[2][1] == "'=cmd|' /C calc'!A0" and rows[2][-1] == "'+1"
    book = openpyxl.load_workbook(io.BytesIO(export(things, records(things), fmt="xlsx").body))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    report = import_file(things, "again.csv", export(things, records(things), fmt="csv", public=False).body)
    assert [row.status for row in report.rows] == ["unchanged", "unchanged"]


def test_what_goes_out_as_xlsx_comes_in_unchanged(things):
    report = import_file(things, "again.xlsx", export(things, records(things), fmt="xlsx", public=False).body)
    assert [row.status for row in report.rows] == ["unchanged", "unchanged"]


def test_json_is_what_programs_read(things):
    told = json.loads(
        export(things, records(things)[:1], fmt="json", count=2, next="/registers/things.json?page=2").body
    )
    assert (told["count"], told["next"]) == (2, "/registers/things.json?page=2")
    first = records(things).first()
    assert told["results"] == [
        {
            "number": first.number,
            "title": "示例专家甲",
            "url": first.get_absolute_url(),
            "name": "示例专家甲",
            "unit": "示例学院",
            "since": "2023-03-22",
            "amount": 1.5,
            "member": True,
            "levels": ["初级", "高级"],
        }
    ]


def test_an_export_reads_in_batches(things, django_assert_max_num_queries):
    for number in range(30):
        factories.record(things, {"name": f"示例{number}", "unit": records(things).first().data["unit"]})
    with django_assert_max_num_queries(3):
        assert len(table(export(things, records(things), fmt="csv").body)) == 33
