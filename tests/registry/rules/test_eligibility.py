"""The eligibility of expert nominations, YN23 四(二)–(三): a table of cases with the verdict expected of each.

Judged by the rules as they stand in the pack, with its round's parameters.
"""

import datetime as dt

import pytest

from registry.rules import Context, judge
from tests.registry.rules.nominations import ROUND, RULES, SOUND, TITLES, id_number, verdict_of

REFERENCE = dt.date(2023, 3, 22)
PASS, EXCUSED, NEEDS, FAIL, SKIP = "pass", "excused", "needs_reason", "fail", "not_applicable"


def born(text: str) -> dict:
    birth = dt.date.fromisoformat(text)
    return {"birth_date": birth, "id_number": id_number(birth)}


def titled(series: str | None, title: str | None) -> dict:
    return {"title_series": series, "professional_title": title}


def test_the_pack_s_round_counts_at_the_notice_s_date():
    assert (ROUND["reference_date"], ROUND["parameters"]["max_age"]) == (REFERENCE, 65)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.clause("YN23-19", "YN23-21", "YN23-22", "YN23-23")
def test_a_sound_nomination_passes_every_rule(rule):
    verdict = verdict_of(rule)
    assert (verdict.outcome, verdict.message) == (PASS, "")


BIRTHDAYS = [
    # 66th birthday: the day before the reference date, on it, the day after
    ("1957-03-21", REFERENCE, 66, NEEDS),
    ("1957-03-22", REFERENCE, 66, NEEDS),
    ("1957-03-23", REFERENCE, 65, PASS),
    # 65th birthday
    ("1958-03-21", REFERENCE, 65, PASS),
    ("1958-03-22", REFERENCE, 65, PASS),
    ("1958-03-23", REFERENCE, 64, PASS),
    ("1956-12-31", REFERENCE, 66, NEEDS),
    ("1957-01-01", REFERENCE, 66, NEEDS),
    ("1957-12-31", REFERENCE, 65, PASS),
    ("1949-12-31", REFERENCE, 73, NEEDS),
    ("1998-07-01", REFERENCE, 24, PASS),
    # 29 February: 67 or 66 on 1 March of a common year, on the day itself in a leap year
    ("1956-02-29", REFERENCE, 67, NEEDS),
    ("1960-02-29", REFERENCE, 63, PASS),
    ("1956-02-29", dt.date(2022, 2, 28), 65, PASS),
    ("1956-02-29", dt.date(2022, 3, 1), 66, NEEDS),
    ("1956-02-29", dt.date(2021, 2, 28), 64, PASS),
    ("1956-02-29", dt.date(2021, 3, 1), 65, PASS),
    ("1956-02-29", dt.date(2020, 2, 28), 63, PASS),
    ("1956-02-29", dt.date(2020, 2, 29), 64, PASS),
    ("1958-02-28", dt.date(2024, 2, 28), 66, NEEDS),
    ("1958-03-01", dt.date(2024, 2, 29), 65, PASS),
    ("1958-03-01", dt.date(2024, 3, 1), 66, NEEDS),
]


@pytest.mark.parametrize(("birth", "reference", "age", "outcome"), BIRTHDAYS)
@pytest.mark.clause("YN23-23")
def test_age_is_counted_in_completed_years_at_the_reference_date(birth, reference, age, outcome):
    verdict = verdict_of("age", reference=reference, **born(birth))
    assert (verdict.outcome, verdict.found, verdict.demanded) == (outcome, f"{age}岁", "不超过65岁")


CASES = [
    # rule, what differs from a sound nomination, reasons, outcome
    pytest.param("age", born("1957-03-22"), {"age": "学科紧缺"}, EXCUSED, id="66 with its reason"),
    pytest.param(
        "age", born("1957-03-22"), {"*": "学科紧缺"}, EXCUSED, id="66 with the one reason of a sheet"
    ),
    pytest.param(
        "age", born("1957-03-22"), {"title-level": "学科紧缺"}, NEEDS, id="66 with another rule's reason"
    ),
    pytest.param("age", born("1957-03-22"), {"age": "  "}, NEEDS, id="66 with a blank reason"),
    pytest.param("age", born("1957-03-22"), {"age": "", "*": "紧缺"}, EXCUSED, id="66, own reason blank"),
    pytest.param("age", born("1958-03-22"), {"age": "多余的理由"}, PASS, id="65 with a reason not needed"),
    pytest.param("age", {"birth_date": None}, {}, NEEDS, id="no birth date"),
    pytest.param("age", {"birth_date": None}, {"age": "待补"}, EXCUSED, id="no birth date, reason given"),
    pytest.param("age", {"birth_date": dt.date(2024, 1, 1)}, {}, NEEDS, id="born after the reference date"),
    pytest.param("title-level", titled("高等学校教师", "教授"), {}, PASS, id="professor"),
    pytest.param("title-level", titled("高等学校教师", "讲师"), {}, NEEDS, id="lecturer"),
    pytest.param(
        "title-level",
        titled("高等学校教师", "讲师"),
        {"title-level": "获全国技能大奖"},
        EXCUSED,
        id="lecturer, reason",
    ),
    pytest.param(
        "title-level", titled("高等学校教师", "讲师"), {"age": "别的理由"}, NEEDS, id="lecturer, other reason"
    ),
    pytest.param(
        "title-level", titled("中等职业学校教师", "高级讲师"), {}, PASS, id="senior lecturer of a school"
    ),
    pytest.param("title-level", titled("中等职业学校教师", "讲师"), {}, NEEDS, id="lecturer of a school"),
    pytest.param(
        "title-level", titled("(技能等级, 不是职称)", "高级技师"), {}, NEEDS, id="高级技师 by its own series"
    ),
    pytest.param(
        "title-level", titled("工程技术人员", "高级技师"), {}, NEEDS, id="高级技师 as an engineer's title"
    ),
    pytest.param(
        "title-level", titled("卫生技术人员", "高级技师"), {}, NEEDS, id="高级技师 as a health title"
    ),
    pytest.param("title-level", titled(None, "高级技师"), {}, NEEDS, id="高级技师 without series"),
    pytest.param(
        "title-level",
        titled("(技能等级, 不是职称)", "高级技师"),
        {"*": "技能大师"},
        EXCUSED,
        id="高级技师, reason",
    ),
    pytest.param(
        "title-level", titled("卫生技术人员", "主任技师"), {}, PASS, id="主任技师 is a health title"
    ),
    pytest.param("title-level", titled("卫生技术人员", "技师"), {}, NEEDS, id="技师 in health"),
    pytest.param(
        "title-level",
        titled("工程技术人员", "教授级高级工程师"),
        {},
        PASS,
        id="former title, series of today",
    ),
    pytest.param(
        "title-level",
        titled("工程技术人员(旧称)", "教授级高级工程师"),
        {},
        PASS,
        id="former title and series",
    ),
    pytest.param(
        "title-level", titled("工程技术人员", "研究员级高级工程师"), {}, PASS, id="another former title"
    ),
    pytest.param(
        "title-level", titled("中等职业学校教师", "教授级高级讲师"), {}, PASS, id="former title of a school"
    ),
    pytest.param(
        "title-level", titled("高等学校教师", "教授级高级工程师"), {}, NEEDS, id="former title, wrong series"
    ),
    pytest.param("title-level", titled("高等学校教师", "首席教授"), {}, NEEDS, id="unknown title"),
    pytest.param(
        "title-level",
        titled("高等学校教师", "首席教授"),
        {"title-level": "校聘岗位"},
        EXCUSED,
        id="unknown title, reason",
    ),
    pytest.param("title-level", titled("某系列", "教授"), {}, NEEDS, id="unknown series"),
    pytest.param("title-level", titled(None, "教授"), {}, NEEDS, id="title without series"),
    pytest.param("title-level", titled("高等学校教师", None), {}, NEEDS, id="series without title"),
    pytest.param("title-level", titled("", ""), {}, NEEDS, id="blank title"),
    pytest.param(
        "title-level", titled("艺术专业人员", "二级演员"), {}, PASS, id="second class is 副高级 in the arts"
    ),
    pytest.param(
        "title-level", titled("中小学教师", "一级教师"), {}, NEEDS, id="first class is 中级 at schools"
    ),
    pytest.param(
        "title-level",
        titled("民用航空飞行技术人员", "一级飞行员"),
        {},
        PASS,
        id="first class pilot is 副高级",
    ),
    pytest.param("project-and-result", {"projects": [], "results": []}, {}, FAIL, id="neither"),
    pytest.param("project-and-result", {"results": []}, {}, FAIL, id="project without result"),
    pytest.param("project-and-result", {"projects": []}, {}, FAIL, id="result without project"),
    pytest.param("project-and-result", {"projects": None}, {}, FAIL, id="projects not answered"),
    pytest.param("project-and-result", {"results": None}, {}, FAIL, id="results not answered"),
    pytest.param("project-and-result", {"projects": None, "results": None}, {}, FAIL, id="neither answered"),
    pytest.param(
        "project-and-result",
        {"results": [{"name": "", "kind": None}]},
        {},
        FAIL,
        id="a result row of empty cells",
    ),
    pytest.param(
        "project-and-result", {"projects": [{"name": "  "}]}, {}, FAIL, id="a project row of blanks"
    ),
    pytest.param(
        "project-and-result",
        {"projects": [{"name": None, "level": "省级"}]},
        {},
        PASS,
        id="any filled cell counts",
    ),
    pytest.param(
        "project-and-result",
        {"results": []},
        {"project-and-result": "理由", "*": "理由"},
        FAIL,
        id="hard: no reason excuses",
    ),
    pytest.param(
        "project-and-result", {"projects": [{"name": "甲"}, {"name": "乙"}]}, {}, PASS, id="two projects"
    ),
    pytest.param("declares-conduct", {"declaration": False}, {}, FAIL, id="conduct denied"),
    pytest.param("declares-conduct", {"declaration": None}, {}, FAIL, id="conduct not answered"),
    pytest.param(
        "declares-conduct", {"declaration": None}, {"*": "理由"}, FAIL, id="conduct: no reason excuses"
    ),
    pytest.param("willing", {"willing": False}, {}, FAIL, id="not willing"),
    pytest.param("willing", {"willing": None}, {}, FAIL, id="willingness not answered"),
    pytest.param("healthy", {"healthy": False}, {}, FAIL, id="not healthy"),
    pytest.param("healthy", {"healthy": None}, {}, FAIL, id="health not answered"),
    pytest.param("unit-supports", {"unit_support": False}, {}, FAIL, id="not supported"),
    pytest.param("unit-supports", {"unit_support": None}, {"*": "理由"}, FAIL, id="support not answered"),
    pytest.param("willing", {"willing": "是"}, {}, FAIL, id="a text is no declaration"),
    pytest.param(
        "birth-date-matches-id-number", born("1956-02-29"), {}, PASS, id="ID number agrees on 29 February"
    ),
    pytest.param(
        "birth-date-matches-id-number",
        {"birth_date": dt.date(1968, 5, 7)},
        {},
        FAIL,
        id="ID number a day off",
    ),
    pytest.param(
        "birth-date-matches-id-number",
        {"birth_date": dt.date(1986, 5, 6)},
        {},
        FAIL,
        id="ID number, year mistyped",
    ),
    pytest.param(
        "birth-date-matches-id-number",
        {"birth_date": dt.date(1968, 6, 5)},
        {},
        FAIL,
        id="ID number, day and month exchanged",
    ),
    pytest.param(
        "birth-date-matches-id-number",
        {"birth_date": dt.date(1968, 5, 7)},
        {"*": "理由"},
        FAIL,
        id="ID: no reason excuses",
    ),
    pytest.param(
        "birth-date-matches-id-number",
        {"id_number": "110105680506002"},
        {},
        PASS,
        id="old number of 15 digits agrees",
    ),
    pytest.param(
        "birth-date-matches-id-number",
        {"id_number": "110105680507002"},
        {},
        FAIL,
        id="old number of 15 digits, a day off",
    ),
    pytest.param(
        "birth-date-matches-id-number",
        {"id_number": "11010519491231002X"},
        {},
        FAIL,
        id="somebody else's number",
    ),
    pytest.param(
        "birth-date-matches-id-number",
        {"id_number": "110105194912310021"},
        {},
        FAIL,
        id="wrong check character",
    ),
    pytest.param(
        "birth-date-matches-id-number", {"id_number": "身份证遗失"}, {}, FAIL, id="no number at all"
    ),
    pytest.param("birth-date-matches-id-number", {"id_number": None}, {}, SKIP, id="draft without ID number"),
    pytest.param(
        "birth-date-matches-id-number", {"birth_date": None}, {}, SKIP, id="draft without birth date"
    ),
]


@pytest.mark.parametrize(("rule", "changes", "reasons", "outcome"), CASES)
@pytest.mark.clause("YN23-19", "YN23-21", "YN23-22", "YN23-23")
def test_each_case_has_its_verdict(rule, changes, reasons, outcome):
    assert verdict_of(rule, reasons, **changes).outcome == outcome


def test_the_table_is_as_long_as_was_promised():
    assert len(CASES) + len(BIRTHDAYS) >= 60


@pytest.mark.parametrize("row", TITLES, ids=lambda row: f"{row['series']}-{row['title']}")
@pytest.mark.clause("YN23-21")
def test_each_title_of_the_table_counts_by_its_level(row):
    verdict = verdict_of("title-level", **titled(row["series"], row["title"]))
    senior = row["level"] in ("正高级", "副高级")
    assert verdict.outcome == (PASS if senior else NEEDS)
    assert verdict.found == f"{row['series']}·{row['title']}（{row['level']}）"


@pytest.mark.parametrize(
    "row", [row for row in TITLES if row["series"].endswith("(旧称)")], ids=lambda r: r["title"]
)
@pytest.mark.clause("YN23-21")
def test_a_title_of_former_days_counts_under_the_series_of_today(row):
    assert (
        verdict_of("title-level", **titled(row["series"].removesuffix("(旧称)"), row["title"])).outcome
        == PASS
    )


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("专家推荐+示例职业学院+示例专家甲.pdf", PASS),
        ("专家推荐＋示例职业学院＋示例专家甲.PDF", PASS),
        ("专家推荐+示例职业学院+示例专家甲", PASS),
        ("C:\\扫描\\专家推荐+示例职业学院+示例专家甲.pdf", PASS),
        ("专家推荐+示例专家甲+示例职业学院.pdf", FAIL),
        ("专家推荐-示例职业学院-示例专家甲.pdf", FAIL),
        ("专家推荐+示例职业学院+示例专家乙.pdf", FAIL),
        ("扫描件.pdf", FAIL),
        (None, SKIP),
    ],
)
@pytest.mark.clause("YN23-25")
def test_the_scan_is_named_as_the_notice_says(name, outcome):
    assert verdict_of("scan-file-name", scan=name and {"name": name}).outcome == outcome


@pytest.mark.clause("YN23-23")
def test_a_verdict_names_the_value_the_demand_and_the_clause():
    verdict = verdict_of("age", **born("1957-03-22"))
    assert verdict.message == "「年龄」为66岁，要求不超过65岁（云南2023通知 四（二）5）。"
    assert verdict.clause.id == "YN23-23" and verdict.blocks


@pytest.mark.clause("YN23-23")
def test_the_rules_own_message_is_filled_with_labels():
    verdict = verdict_of("birth-date-matches-id-number", birth_date=dt.date(1968, 5, 7))
    assert (
        verdict.message
        == "「出生日期」为1968年5月7日，与「身份证号」所载的出生日期不一致（云南2023通知 四（二）5）。"
    )


@pytest.mark.clause("YN23-19")
def test_an_unanswered_declaration_is_said_to_be_unanswered():
    verdict = verdict_of("declares-conduct", declaration=None)
    assert (
        verdict.message
        == "「政治与道德声明」未填写，要求本人声明符合政治与道德要求（云南2023通知 四（二）1）。"
    )


@pytest.mark.clause("YN23-23")
def test_another_age_limit_is_a_matter_of_the_round_alone():
    context = Context(
        values={**SOUND, **born("1960-01-01")}, parameters={"max_age": 60}, reference_date=REFERENCE
    )
    verdict = judge(RULES["age"], context)
    assert (verdict.outcome, verdict.found, verdict.demanded) == (NEEDS, "63岁", "不超过60岁")
