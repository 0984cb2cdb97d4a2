"""Reading a condition: its limits hold before anything recurses, and only exact literals are let in."""

import json
from decimal import Decimal

import pytest

from registry.rules import RuleError, parse, parse_text
from registry.rules.parse import MAX_DEPTH, MAX_NODES, MAX_TEXT, Literal


def nested(levels: int):
    """A condition of that many levels."""
    condition = {"var": "a"}
    for _ in range(levels - 2):
        condition = {"!": [condition]}
    return condition


def test_the_deepest_condition_allowed_is_read_and_one_deeper_is_not():
    assert parse(nested(MAX_DEPTH))
    assert parse_text(json.dumps(nested(MAX_DEPTH)))
    for read in (parse, lambda data: parse_text(json.dumps(data))):
        with pytest.raises(RuleError, match="嵌套过深"):
            read(nested(MAX_DEPTH + 1))


def test_depth_far_beyond_python_s_own_is_refused_without_recursion():
    condition = True
    for _ in range(200_000):
        condition = {"!": condition}
    with pytest.raises(RuleError, match="嵌套过深"):
        parse(condition)
    while isinstance(condition, dict):  # taken apart by hand: dropping it whole would recurse in C
        condition = condition["!"]


@pytest.mark.parametrize("text", ["[" * 30_000, '{"!":' * 10_000, "[" * 100 + "]" * 100])
def test_deep_text_is_refused_before_decoding(text):
    with pytest.raises(RuleError, match="嵌套过深"):
        parse_text(text)


def test_brackets_within_quotes_are_no_depth():
    assert parse_text(json.dumps({"==": [{"var": "a"}, "[" * 1000 + '\\"']}))


def test_size_is_limited_in_nodes_and_in_characters():
    assert parse({"and": [True] * (MAX_NODES - 2)})
    with pytest.raises(RuleError, match="节点"):
        parse({"and": [True] * (MAX_NODES - 1)})
    with pytest.raises(RuleError, match="字符"):
        parse_text('"' + "甲" * MAX_TEXT + '"')


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "nul",
        "NaN",
        '{"decimal": NaN}',
        "0.4",
        '{"==": [{"var": "a"}, 0.4]}',
        "1e3",
        "1" * 19,
        "1" * 6000,
        '{"==": [1, 1], "and": [true]}',
        '{"and": [true], "and": [false]}',
        "{}",
        '{"matches": ["a", "b"]}',
        '{"==": [1]}',
        '{"==": [1, 1, 1]}',
        '{"var": []}',
        '{"var": ["a", "default"]}',
        '{"var": {"concat": ["a", "b"]}}',
        '{"var": 0}',
        '{"param": null}',
        '{"today": [1]}',
        '{"decimal": 0.4}',
        '{"decimal": "0,4"}',
        '{"decimal": "1e5"}',
        '{"decimal": "１"}',
        '{"decimal": "Infinity"}',
        '{"date": "2023-02-29"}',
        '{"date": "20230101"}',
        '{"date": 2023}',
        '{"lookup": ["titles", "title", "level"]}',
        '{"lookup": ["titles", {}, "level"]}',
        '{"lookup": [{"var": "a"}, {"title": "a"}, "level"]}',
        '{"and": []}',
    ],
)
def test_what_is_not_a_condition_is_refused_in_words(text):
    with pytest.raises(RuleError) as caught:
        parse_text(text)
    assert caught.value.message.endswith("。")


def test_decimals_are_read_as_written():
    assert parse({"decimal": "0.40"}) == Literal(Decimal("0.40"))
    assert str(parse({"decimal": "0.40"}).value) == "0.40"


def test_a_lookup_s_column_may_be_named_like_an_operator():
    assert parse({"lookup": ["titles", {"count": 1}, "level"]})


def test_one_argument_needs_no_brackets():
    assert parse({"!": {"var": "a"}}) == parse({"!": [{"var": ["a"]}]})


@pytest.mark.parametrize("data", [object(), {1: 2}, {"and": {True}}, b"x", [{"var": object()}]])
def test_what_json_cannot_hold_is_refused(data):
    with pytest.raises(RuleError):
        parse(data)
