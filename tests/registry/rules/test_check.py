"""The type check made before a version is published, and the sentences shown to its editor."""

import pytest

from registry.definition import Definition
from registry.rules import Kind, RuleError, check, schema_of, sentence

TITLES = Definition.from_dict(
    {
        "key": "titles",
        "name": "职称",
        "fields": [
            {"key": "series", "type": "text", "label": "职称系列"},
            {"key": "level", "type": "choice", "label": "层级", "options": {"choices": ["正高级", "副高级"]}},
            {"key": "senior", "type": "yes_no", "label": "副高级及以上"},
        ],
    }
)
NOMINATION = Definition.from_dict(
    {
        "key": "nominations",
        "name": "推荐",
        "fields": [
            {"key": "name", "type": "text", "label": "姓名"},
            {"key": "born", "type": "date", "label": "出生日期"},
            {"key": "willing", "type": "yes_no", "label": "自愿"},
            {"key": "hours", "type": "integer", "label": "学时"},
            {"key": "rank", "type": "reference", "label": "职称", "options": {"register": "titles"}},
            {"key": "unit", "type": "reference", "label": "单位", "options": {"register": "elsewhere"}},
            {"key": "fields", "type": "choices", "label": "领域", "options": {"choices": ["农", "工"]}},
            {
                "key": "kind",
                "type": "choice",
                "label": "类别",
                "options": {
                    "choices": [{"key": "school", "label": "院校"}, {"key": "bank", "label": "学分银行"}]
                },
            },
            {
                "key": "projects",
                "type": "rows",
                "label": "课题",
                "options": {
                    "columns": [
                        {"key": "name", "type": "text", "label": "名称"},
                        {"key": "amount", "type": "money", "label": "经费"},
                    ]
                },
            },
            {"key": "scan", "type": "file", "label": "扫描件"},
        ],
    }
)
SCHEMA = schema_of(NOMINATION, {"max_age": 65, "ratio": 0.4, "by": "2023-12-31"}, {"titles": TITLES})


def v(path: str) -> dict:
    return {"var": path}


AGE = {"<=": [{"age": [v("born"), {"reference_date": []}]}, {"param": "max_age"}]}


@pytest.mark.parametrize(
    "condition",
    [
        AGE,
        {"confirmed": v("willing")},
        {"==": [v("kind"), "school"]},
        {"in": [v("kind"), ["school", "bank"]]},
        {"in": ["农", v("fields")]},
        {"==": [v("rank.level"), "正高级"]},
        {"==": [v("unit.anything"), "甲"]},
        {">=": [{"count": v("projects")}, 1]},
        {">": [{"sum": v("projects.amount")}, {"decimal": "0.5"}]},
        {"all": [v("projects"), {"and": [{"present": v("name")}, {">": [v("amount"), v("$.hours")]}]}]},
        {"some": [v("fields"), {"==": [v(""), "农"]}]},
        {"confirmed": {"lookup": ["titles", {"series": v("name"), "title": "教授"}, "senior"]}},
        {"file_name": [v("scan"), "专家推荐+", v("unit"), "+", v("name")]},
        {"<": [v("born"), {"param": "by"}]},
        {"==": [{"first": [{"lookup": ["titles", {"title": "教授"}, "level"]}, "没有"]}, "没有"]},
    ],
    ids=str,
)
def test_a_sound_condition_has_no_problems_and_reads_as_a_sentence(condition):
    assert check(condition, SCHEMA) == []
    assert sentence(condition, SCHEMA).endswith("。")


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (v("nothing"), "没有字段「nothing」"),
        ({"confirmed": v("name")}, "须是是否"),
        ({"<=": [v("born"), 65]}, "日期不能与数值比较"),
        ({"<": [v("name"), "甲"]}, "不能用于文本"),
        ({"==": [v("hours"), "65"]}, "数值不能与文本比较"),
        ({"==": [v("hours"), None]}, "空值"),
        ({"==": [v("projects"), v("projects")]}, "不能直接比较"),
        ({"==": [v("kind"), "院校"]}, "选项中没有“院校”"),
        ({"in": [v("kind"), ["school", "banks"]]}, "选项中没有“banks”"),
        ({"in": ["林", v("fields")]}, "选项中没有“林”"),
        ({"in": [v("hours"), ["1"]]}, "不能含有数值"),
        ({"==": [v("rank.grade"), "正高级"]}, "没有字段「grade」"),
        ({"==": [v("name.first"), "甲"]}, "没有「first」"),
        ({"all": [v("projects"), {">": [v("cost"), 1]}]}, "没有字段「cost」"),
        ({"all": [v("projects"), {">": [v("name"), 1]}]}, "不能用于文本"),
        ({"all": [v("hours"), True]}, "须是列表"),
        ({">": [{"sum": v("projects.name")}, 1]}, "各项须是数值"),
        ({"<=": [1, {"param": "min_age"}]}, "批次没有参数「min_age」"),
        ({"<=": [v("hours"), {"param": "by"}]}, "不能与日期比较"),
        ({"confirmed": {"lookup": ["ranks", {"title": "教授"}, "senior"]}}, "没有登记册「ranks」"),
        ({"confirmed": {"lookup": ["titles", {"name": "教授"}, "senior"]}}, "没有字段「name」"),
        ({"confirmed": {"lookup": ["titles", {"title": 1}, "senior"]}}, "不能用数值查"),
        ({"confirmed": {"lookup": ["titles", {"title": "教授"}, "level"]}}, "须是是否"),
        ({"+": [1, 2]}, "须得出是否"),
        ({"matches": [v("name"), "x"]}, "没有名为「matches」的运算符"),
        ({"==": [v("hours"), 0.5]}, "小数须写成"),
    ],
    ids=str,
)
def test_a_problem_is_said_in_words(condition, said):
    messages = [problem.message for problem in check(condition, SCHEMA)]
    assert any(said in message for message in messages), messages
    assert all(message.endswith("。") for message in messages)


def test_a_problem_says_where():
    (problem,) = check({"and": [True, {"confirmed": v("name")}]}, SCHEMA)
    assert problem.path == "and[1].confirmed[0]"


def test_what_a_rule_shows_may_be_of_any_kind():
    assert check({"age": [v("born"), {"today": []}]}, SCHEMA, Kind.ANY) == []


def test_parameters_are_not_checked_where_no_round_is_known():
    assert check({"<=": [v("hours"), {"param": "max_age"}]}, schema_of(NOMINATION)) == []


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (AGE, "「出生日期」到基准日的周岁数不超过参数“max_age”（65）。"),
        ({"!": {"confirmed": v("willing")}}, "并非（「自愿」为“是”）。"),
        (
            {"and": [{"confirmed": v("willing")}, {"or": [{"empty": v("name")}, {"==": [v("hours"), 3]}]}]},
            "「自愿」为“是”，并且（未填写「姓名」，或者「学时」为3）。",
        ),
        ({"all": [v("projects"), {"present": v("name")}]}, "「课题」中每一行已填写「名称」。"),
        ({">=": [{"count": v("projects")}, 1]}, "「课题」的行数不少于1。"),
        ({"==": [v("rank.level"), "正高级"]}, "「职称」的「层级」为“正高级”。"),
        ({"in": [v("kind"), ["school", "bank"]]}, "「类别」是“院校”、“学分银行”之一。"),
        ({"<=": [1, v("hours"), 9]}, "1不超过「学时」，并且「学时」不超过9。"),
        ({"<": [v("born"), {"date": "2000-01-01"}]}, "「出生日期」早于2000年1月1日。"),
        ({"<": [v("hours"), 3]}, "「学时」小于3。"),
        (
            {"confirmed": {"lookup": ["titles", {"title": v("name")}, "senior"]}},
            "《职称》中「姓名」的「副高级及以上」为“是”。",
        ),
        ({"file_name": [v("scan"), "专家推荐+", v("name")]}, "「扫描件」的文件名为“专家推荐+「姓名」”。"),
    ],
    ids=str,
)
def test_a_condition_reads_in_chinese(condition, words):
    assert sentence(condition, SCHEMA) == words


def test_a_sentence_of_no_condition_is_refused():
    with pytest.raises(RuleError):
        sentence({"and": []}, SCHEMA)
