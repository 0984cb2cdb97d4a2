"""Sheets into reference registers: entries become approved, valid and public, and all their rules hold."""

import time

import pytest

from registry.errors import Refused
from registry.exchange import import_file
from registry.models import Record
from tests import factories
from tests.exchange.sheets import xlsx

HEADER = "名称,代码,数量,类别\n"


@pytest.fixture
def things(db):
    return factories.register(
        "things",
        {"key": "name", "type": "text", "label": "名称", "required": True, "public": True},
        {"key": "code", "type": "text", "label": "代码", "unique": "register", "public": True},
        {"key": "amount", "type": "integer", "label": "数量", "public": True},
        {"key": "kind", "type": "choice", "label": "类别", "options": {"choices": ["甲类", "乙类"]}},
        {"key": "note", "type": "text", "label": "来源"},
        name="示例册",
        public=True,
        title={"field": "name"},
        numbering={"prefix": "SL-", "width": 3},
        rules=[
            {
                "key": "small",
                "label": "数量上限",
                "moment": "approve",
                "severity": "hard",
                "condition": {"<=": [{"var": "amount"}, 100]},
                "demanded": "不超过100",
                "fields": ["amount"],
                "clause": {"document": "example", "path": "一（二）", "id": "YN23-05"},
            }
        ],
    )


def load(register, text: str, **more):
    return import_file(register, "表.csv", text.encode(more.pop("encoding", "utf-8")), **more)


def test_entries_become_approved_valid_and_public(things):
    report = load(things, HEADER + "甲,A1,5,甲类\n乙,,,乙类\n")
    assert [row.number for row in report.rows] == ["SL-001", "SL-002"]
    assert set(Record.objects.values_list("stage", "standing", "public")) == {("approved", "valid", True)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_that_offices_use(things, encoding):
    load(things, HEADER + "示例学院,A1,5,甲类\n", encoding=encoding)
    assert Record.objects.get().title == "示例学院"


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters(things, delimiter):
    load(things, (HEADER + "示例学院,A1,5,甲类\n").replace(",", delimiter))
    assert Record.objects.get().data["code"] == "A1"


def test_rules_of_all_moments_are_enforced(things):
    report = load(things, HEADER + "甲,A1,500,甲类\n")
    problem = report.rows[0].errors[0]
    assert (problem.column, problem.value, problem.clause.path) == ("数量", "500", "一（二）")
    assert "不超过100" in problem.message and not Record.objects.exists()


def test_one_bad_row_and_nothing_of_the_file_is_stored(things):
    good = "".join(f"第{n}项,C{n},{n},甲类\n" for n in range(50))
    report = load(things, HEADER + good + "坏,X,许多,丙类\n")
    told = report.to_dict()
    assert (told["new"], told["refused"]) == (50, 1) and not Record.objects.exists()
    assert told["rows"][-1]["row"] == 52
    assert [(error["column"], error["value"]) for error in told["rows"][-1]["errors"]] == [
        ("数量", "许多"),
        ("类别", "丙类"),
    ]


def test_a_required_field_left_empty_refuses_the_row(things):
    report = load(things, HEADER + ",A1,5,甲类\n")
    assert [(problem.column, problem.message) for problem in report.rows[0].errors] == [
        ("名称", "请填写“名称”。")
    ]


def test_a_row_is_matched_by_number_before_its_unique_field(things):
    load(things, HEADER + "甲,A1,5,甲类\n乙,B1,6,乙类\n")
    report = load(things, "编号," + HEADER + "SL-001,甲,A2,5,甲类\n")
    assert report.rows[0].status == "changed"
    assert Record.objects.get(number="SL-001").data["code"] == "A2" and Record.objects.count() == 2
    report = load(things, "编号," + HEADER + "SL-001,甲,B1,5,甲类\n")
    assert "已有记录" in report.rows[0].errors[0].message


def test_a_number_is_never_changed(things):
    load(things, HEADER + "甲,A1,5,甲类\n")
    report = load(things, "编号," + HEADER + "SL-777,甲,A1,5,甲类\n")
    assert "编号一经给出不再更改" in report.rows[0].errors[0].message


def test_numbers_that_came_with_a_file_are_not_drawn_again(things):
    load(things, "编号," + HEADER + "SL-002,甲,A1,5,甲类\n")
    report = load(things, HEADER + "乙,B1,5,甲类\n丙,C1,5,甲类\n")
    assert [row.number for row in report.rows] == ["SL-003", "SL-004"]


def test_the_same_key_spelt_differently_is_the_same_key(things):
    report = load(things, HEADER + "甲,Ａ１,5,甲类\n乙,a1,6,乙类\n")
    assert [row.status for row in report.rows] == ["new", "refused"]
    assert report.rows[1].errors[0].message == "与第2行重复，同一文件中只能有一行。"


def test_an_empty_cell_empties_the_value_and_a_missing_column_leaves_it(things):
    load(things, HEADER + "甲,A1,5,甲类\n")
    load(things, "代码,数量\nA1,\n")
    data = Record.objects.get().data
    assert "amount" not in data and data["kind"] == "甲类"


def test_cells_beyond_the_header_belong_to_a_text_in_the_last_column_and_else_refuse_the_row(things):
    load(things, "名称,代码,来源\n甲,A1,某表 (第1页, 未核)\n")
    assert Record.objects.get().data["note"] == "某表 (第1页, 未核)"
    report = load(things, HEADER + "乙,B1,5,甲类,多余\n")
    assert "比表头多出1格" in report.rows[0].errors[0].message


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", b"", "没有表头|文件是空的"),
        ("a.csv", "甲,乙\n1,2\n".encode(), "没有认出任何一列"),
        ("a.csv", "名称,名 称\n1,2\n".encode(), "两列都对应同一字段"),
        ("a.xls", b"\xd0\xcf\x11\xe0rest", "旧版"),
        ("a.xlsx", b"no zip", "内容却不是"),
        ("a.xlsx", b"PK\x03\x04broken", "无法读取"),
        ("a.csv", b"\xff\xfe\xff", "编码|无法读取"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_words(things, name, content, told):
    with pytest.raises(Refused, match=told):
        import_file(things, name, content)


@pytest.mark.parametrize("who", ["clerk", "nobody", "member", "auditor"])
def test_only_the_office_and_editors_keep_reference_registers(things, cast, who):
    report = load(things, HEADER + "甲,A1,5,甲类\n", actor=getattr(cast, who))
    assert "维护" in report.rows[0].errors[0].message and not Record.objects.filter(register=things).exists()
    for allowed in (cast.office, cast.editor):
        assert load(things, HEADER + f"甲,{allowed.username},5,甲类\n", actor=allowed).stored


def test_whom_the_log_names(things, cast):
    from registry.models import LogEntry

    load(things, HEADER + "甲,A1,5,甲类\n", actor=cast.editor)
    entry = LogEntry.objects.order_by("-sequence").first()
    assert (entry.verb, entry.actor, entry.changes["source"]) == ("import", cast.editor, "表.csv")


def test_numbers_as_cells_are_texts_where_the_field_is_one(things):
    import_file(things, "a.xlsx", xlsx([{"名称": 2023, "代码": 1001.0, "数量": 5.0}]))
    assert Record.objects.get().data == {"name": "2023", "code": "1001", "amount": 5}


def test_three_thousand_rows_take_few_queries_and_seconds(things, django_assert_max_num_queries):
    text = HEADER + "".join(f"示例第{n}项,K{n},{n % 90},甲类\n" for n in range(3000))
    started = time.process_time()
    with django_assert_max_num_queries(450):
        assert load(things, text).stored
    with django_assert_max_num_queries(40):
        assert load(things, text).to_dict()["unchanged"] == 3000
    with django_assert_max_num_queries(600):
        assert load(things, text.replace("甲类", "乙类")).to_dict()["changed"] == 3000
    assert time.process_time() - started < 30
