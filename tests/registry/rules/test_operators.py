"""Each operator: what it gives, what it gives of absent values, and what it refuses."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from registry.rules import OPERATOR_CATALOGUE, Context, RuleError, evaluate, value_of
from registry.rules.operators import OPERATORS

VALUES = {
    "yes": True,
    "no": False,
    "unknown": None,
    "name": "示例专家甲",
    "blank": "",
    "age": 40,
    "share": Decimal("0.40"),
    "born": dt.date(1968, 5, 6),
    "kinds": ["a", "b"],
    "unit": {"id": 7, "number": "N7", "title": "示例职业学院", "level": "高职", "students": 1000},
    "rows": [
        {"name": "甲", "amount": Decimal("1.10"), "done": True},
        {"name": "", "amount": None, "done": None},
        {"name": "乙", "amount": Decimal("2.20"), "done": False},
    ],
    "partial": [{"name": "甲", "done": True}, {"name": "乙", "done": None}],
    "nothing": [],
}
TITLES = {("高校", "教授"): {"level": "正高级", "senior": True}}


def context(**changes) -> Context:
    return Context(
        values={**VALUES, **changes},
        parameters={"limit": 65, "ratio": 0.4, "cap": {"decimal": "0.30"}, "by": "2023-12-31"},
        reference_date=dt.date(2023, 3, 22),
        today=dt.date(2026, 11, 24),
        tables=lambda register, match: TITLES.get((match.get("series"), match.get("title"))),
    )


def v(path: str) -> dict:
    return {"var": path}


D = {"decimal": "0.40"}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (v("name"), "示例专家甲"),
        (v("missing"), None),
        (v("unit.level"), "高职"),
        (v("unit.missing.deeper"), None),
        (v("unknown.deeper"), None),
        (v("rows.name"), ["甲", "乙"]),
        ({"param": "limit"}, 65),
        ({"param": "ratio"}, Decimal("0.4")),
        ({"param": "cap"}, Decimal("0.30")),
        ({"param": "by"}, dt.date(2023, 12, 31)),
        ({"param": "missing"}, None),
        # equality: one kind on both sides, decimals by value, references by record
        ({"==": [v("age"), 40]}, True),
        ({"==": [v("age"), {"decimal": "40.00"}]}, True),
        ({"==": [v("share"), {"decimal": "0.4"}]}, True),
        ({"==": [v("share"), {"decimal": "0.400000000001"}]}, False),
        ({"==": [v("unit"), v("unit")]}, True),
        ({"!=": [v("name"), "别人"]}, True),
        ({"==": [v("unknown"), 1]}, None),
        ({"!=": [v("unknown"), 1]}, None),
        ({"==": [v("blank"), "甲"]}, None),
        ({"==": [v("unknown"), v("missing")]}, None),
        # order, chained
        ({"<": [v("age"), 41]}, True),
        ({"<=": [v("age"), 40]}, True),
        ({">": [v("age"), 40]}, False),
        ({">=": [v("age"), 40]}, True),
        ({"<=": [1, v("age"), 50]}, True),
        ({"<": [1, v("age"), 40]}, False),
        ({"<": [50, v("age"), v("unknown")]}, False),
        ({"<": [30, v("age"), v("unknown")]}, None),
        ({"<": [v("born"), {"date": "1968-05-07"}]}, True),
        ({">=": [v("unknown"), 1]}, None),
        # logic
        ({"and": [True, v("unknown")]}, None),
        ({"and": [False, v("unknown")]}, False),
        ({"and": [v("unknown"), False]}, False),
        ({"or": [v("unknown"), True]}, True),
        ({"or": [v("unknown"), False]}, None),
        ({"!": v("unknown")}, None),
        ({"!": [v("yes")]}, False),
        # membership
        ({"in": [v("name"), ["示例专家甲", "示例专家乙"]]}, True),
        ({"in": ["a", v("kinds")]}, True),
        ({"in": ["c", v("kinds")]}, False),
        ({"in": ["c", v("unknown")]}, None),
        ({"in": [v("unknown"), v("kinds")]}, None),
        ({"in": [1, [1, v("unknown")]]}, True),
        ({"in": [2, [1, v("unknown")]]}, None),
        ({"in": [1, v("nothing")]}, False),
        # rows
        ({"all": [v("rows"), {"present": v("name")}]}, True),
        ({"all": [v("rows"), v("done")]}, False),
        ({"some": [v("rows"), v("done")]}, True),
        ({"none": [v("rows"), v("done")]}, False),
        ({"none": [v("rows"), {"==": [v("name"), "丙"]}]}, True),
        ({"all": [v("partial"), v("done")]}, None),
        ({"some": [v("partial"), v("done")]}, True),
        ({"none": [v("partial"), {"!": v("done")}]}, None),
        ({"all": [v("nothing"), v("done")]}, True),
        ({"some": [v("nothing"), v("done")]}, False),
        ({"all": [v("unknown"), v("done")]}, None),
        ({"some": [v("rows"), {">": [v("amount"), v("$.share")]}]}, True),
        ({"some": [v("kinds"), {"==": [v(""), "b"]}]}, True),
        ({"count": v("rows")}, 2),
        ({"count": [v("rows"), v("done")]}, 1),
        ({"count": [v("partial"), v("done")]}, None),
        ({"count": v("nothing")}, 0),
        ({"count": v("unknown")}, None),
        ({"count": v("kinds")}, 2),
        ({"sum": v("rows.amount")}, Decimal("3.30")),
        ({"sum": [v("rows"), {"*": [v("amount"), 2]}]}, Decimal("6.60")),
        ({"sum": v("nothing")}, 0),
        ({"sum": v("unknown")}, None),
        # numbers
        ({"+": [1, 2, 3]}, 6),
        ({"-": [v("age"), 1]}, 39),
        ({"*": [v("share"), 25]}, 10),
        ({"/": [1, 3]}, Fraction(1, 3)),
        ({"==": [{"*": [{"/": [1, 3]}, 3]}, 1]}, True),
        ({"/": [1, 0]}, None),
        ({"+": [1, v("unknown")]}, None),
        ({"<=": [3, {"*": [D, 7]}]}, False),
        ({"min": [3, 1, 2]}, 1),
        ({"max": [3, D, 2]}, 3),
        ({"max": [v("rows.amount")]}, Decimal("2.20")),
        ({"min": [v("born"), {"date": "1960-01-01"}]}, dt.date(1960, 1, 1)),
        ({"min": [1, v("unknown")]}, None),
        ({"max": [v("nothing")]}, None),
        # dates
        ({"reference_date": []}, dt.date(2023, 3, 22)),
        ({"today": []}, dt.date(2026, 11, 24)),
        ({"age": [v("born"), {"reference_date": []}]}, 54),
        ({"age": [v("unknown"), {"today": []}]}, None),
        # presence
        ({"present": v("no")}, True),
        ({"present": 0}, True),
        ({"present": v("blank")}, False),
        ({"present": "  "}, False),
        ({"present": v("unknown")}, False),
        ({"present": v("nothing")}, False),
        ({"empty": v("rows")}, False),
        ({"empty": v("unknown")}, True),
        ({"confirmed": v("yes")}, True),
        ({"confirmed": v("no")}, False),
        ({"confirmed": v("unknown")}, None),
        ({"first": [v("unknown"), v("blank"), v("age")]}, 40),
        ({"first": [v("no"), v("yes")]}, False),
        ({"first": [v("unknown")]}, None),
        # tables
        ({"lookup": ["titles", {"series": "高校", "title": "教授"}, "level"]}, "正高级"),
        ({"lookup": ["titles", {"series": "高校", "title": "讲师"}, "level"]}, None),
        ({"lookup": ["titles", {"series": "高校", "title": v("unknown")}, "level"]}, None),
        ({"lookup": ["titles", {"series": "高校", "title": "教授"}, "missing"]}, None),
        ({"confirmed": {"lookup": ["titles", {"series": "高校", "title": "教授"}, "senior"]}}, True),
        # ID numbers
        ({"id_birth": "11010519491231002X"}, dt.date(1949, 12, 31)),
        ({"id_birth": "11010519491231002x"}, dt.date(1949, 12, 31)),
        ({"id_birth": "110105491231002"}, dt.date(1949, 12, 31)),
        ({"id_birth": "110105194912310021"}, None),
        ({"id_birth": "11010519490230002X"}, None),
        ({"id_birth": v("unknown")}, None),
        ({"id_sex": "11010519491231002X"}, "女"),
        ({"id_sex": "110105491231001"}, "男"),
        ({"id_valid": "11010519491231002X"}, True),
        ({"id_valid": "1101051949123100２X"}, False),
        ({"id_valid": "110105491331002"}, False),
        ({"id_valid": v("unknown")}, None),
        # text
        ({"length": v("name")}, 5),
        ({"length": v("kinds")}, 2),
        ({"length": v("blank")}, None),
        ({"contains": [v("name"), "专家"]}, True),
        ({"contains": [v("name"), "学校"]}, False),
        ({"contains": [v("unknown"), "学校"]}, None),
        ({"starts_with": [v("name"), "示例"]}, True),
        ({"starts_with": [v("name"), "专家"]}, False),
        ({"concat": ["专家推荐+", v("unit"), "+", v("name")]}, "专家推荐+示例职业学院+示例专家甲"),
        ({"concat": [v("age"), "岁"]}, "40岁"),
        ({"concat": ["一", v("unknown")]}, None),
        ({"file_name": ["专家推荐+示例职业学院.pdf", "专家推荐+", v("unit")]}, True),
        ({"file_name": ["另一个.pdf", "专家推荐+", v("unit")]}, False),
        ({"file_name": [v("unknown"), "专家推荐"]}, None),
        ({"file_name": ["专家推荐.pdf", v("unknown")]}, None),
        ({"file_name": ["丁.一", "丁.一"]}, True),
    ],
    ids=str,
)
def test_value(expression, value):
    found = value_of(expression, context())
    assert found == value
    assert type(found) is type(value) or {type(found), type(value)} <= {int, Decimal, Fraction}


@pytest.mark.parametrize(
    "expression",
    [
        {"==": [1, "1"]},
        {"==": [1, True]},
        {"==": [0, False]},
        {"==": ["", v("age"), 1]},
        {"==": [v("rows"), v("rows")]},
        {"<": ["a", "b"]},
        {"<": [True, False]},
        {"<": [v("born"), 1]},
        {"<": [1, {"date": "2023-01-01"}]},
        {"and": [1, True]},
        {"and": ["true"]},
        {"or": [v("kinds")]},
        {"!": [0]},
        {"in": ["a", "abc"]},
        {"in": [1, ["1"]]},
        {"confirmed": "是"},
        {"confirmed": 1},
        {"+": [1, "2"]},
        {"+": [True, 1]},
        {"sum": [["a"]]},
        {"max": ["a", "b"]},
        {"count": "abc"},
        {"all": [v("rows"), v("name")]},
        {"age": ["1968-05-06", {"today": []}]},
        {"id_birth": 110105491231002},
        {"length": 5},
        {"contains": [v("kinds"), "a"]},
        {"file_name": [5, "a"]},
        {"lookup": ["titles", {"title": v("kinds")}, "level"]},
        v("name.part"),
    ],
    ids=str,
)
def test_kinds_are_never_mixed(expression):
    with pytest.raises(RuleError):
        value_of(expression, context())


def test_a_condition_must_come_out_true_or_false():
    with pytest.raises(RuleError, match="需要是否"):
        evaluate({"+": [1, 1]}, context())


def test_a_float_from_elsewhere_is_refused():
    with pytest.raises(RuleError):
        evaluate({"<": [v("age"), 50]}, context(age=40.0))


def test_numbers_without_bounds_are_refused():
    with pytest.raises(RuleError):
        evaluate({"<": [v("age"), 50]}, context(age=Decimal("1E+999999")))
    with pytest.raises(RuleError):
        evaluate({"<": [v("age"), 50]}, context(age=Decimal("NaN")))
    with pytest.raises(RuleError):
        value_of({"*": [10**18] * 40}, context())


def test_rows_within_rows_end():
    nested = True
    for _ in range(6):
        nested = {"all": [v("$.many"), nested]}
    with pytest.raises(RuleError, match="计算量"):
        evaluate(nested, context(many=[{"name": "甲"}] * 100))


def test_an_error_says_where():
    with pytest.raises(RuleError) as caught:
        evaluate({"and": [True, {"<": [v("age"), "x"]}]}, context())
    assert caught.value.path == "and[1].<"


def test_every_operator_is_described_for_the_editor():
    assert {item["name"] for item in OPERATOR_CATALOGUE} == set(OPERATORS)
    assert all(item["summary"] for item in OPERATOR_CATALOGUE)


def test_regular_expressions_are_not_offered():
    assert "matches" not in OPERATORS
