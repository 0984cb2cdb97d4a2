"""Comparisons between values of one kind; with an absent value they are neither true nor false."""

from __future__ import annotations

import operator as python
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import ClassVar

from ..age import day
from ..errors import RuleError
from ..evaluate import kind_of
from ..numbers import exact
from ..types import BOOLEAN, KIND_NAMES, Kind, Truth, Value
from .base import Operator, fill_in, operator
from .logic import conjunction, negation

ORDERED = frozenset({Kind.NUMBER, Kind.DATE})


def comparable(left: Value, right: Value) -> tuple[Value, Value, Kind]:
    """Both values in a form that Python compares exactly, and their kind. RuleError if kinds differ."""
    kind, other = kind_of(left), kind_of(right)
    if kind is not other and {kind, other} != {Kind.LIST, Kind.ROWS}:
        raise RuleError(f"{KIND_NAMES[kind]}不能与{KIND_NAMES[other]}比较。")
    if kind is Kind.NUMBER:
        return exact(left), exact(right), kind
    if kind is Kind.DATE:
        return day(left), day(right), kind
    if kind is Kind.RECORD:
        return identity(left), identity(right), kind
    if kind in (Kind.LIST, Kind.ROWS):
        raise RuleError("多行或列表不能直接比较，请用“全部”“任一”或“计数”。")
    return left, right, kind


def identity(record: Mapping[str, Value]) -> Value:
    """What makes two references the same record."""
    return record.get("id", record.get("number"))


def equal(left: Value, right: Value) -> Truth:
    """Whether two values of one kind are equal; None if either is absent."""
    if left is None or right is None or left == "" or right == "":
        return None
    left, right, _ = comparable(left, right)
    if left is None or right is None:
        return None
    return left == right


class Equality(Operator):
    least = most = 2
    gives = BOOLEAN

    def check(self, call, checker):
        checker.same_kind(call)
        return BOOLEAN

    def sentence(self, call, speaker):
        return fill_in(self.fragment, speaker.choosing(call))


@operator
class Equal(Equality):
    """{"==": [a, b]}"""

    name = "=="
    summary = "等于（类型须相同）"
    fragment = "{0}为{1}"

    def evaluate(self, call, evaluator):
        return equal(*evaluator.arguments(call))


@operator
class Different(Equality):
    """{"!=": [a, b]}"""

    name = "!="
    summary = "不等于（类型须相同）"
    fragment = "{0}不为{1}"

    def evaluate(self, call, evaluator):
        return negation(equal(*evaluator.arguments(call)))


class Ordering(Operator):
    """Between numbers or between dates, also chained: {"<=": [1, x, 10]}."""

    least, most = 2, 3
    gives = BOOLEAN
    compare: ClassVar[Callable[[Value, Value], bool]]
    word: ClassVar[str] = ""
    date_word: ClassVar[str] = ""

    def check(self, call, checker):
        checker.same_kind(call, ORDERED)
        return BOOLEAN

    def evaluate(self, call, evaluator):
        values = evaluator.arguments(call)
        return conjunction(self.between(left, right) for left, right in pairwise(values))

    def between(self, left: Value, right: Value) -> Truth:
        if left is None or right is None:
            return None
        left, right, kind = comparable(left, right)
        if kind not in ORDERED:
            raise RuleError(f"{KIND_NAMES[kind]}不能比较大小。")
        return type(self).compare(left, right)

    def sentence(self, call, speaker):
        parts = [speaker.say(arg) for arg in call.args]
        pairs = pairwise(parts)
        dates = any(speaker.type_of(arg).kind is Kind.DATE for arg in call.args)
        word = self.date_word if dates else self.word
        return "，并且".join(f"{left}{word}{right}" for left, right in pairs)


@operator
class Less(Ordering):
    """{"<": [a, b]}"""

    name = "<"
    compare = python.lt
    word, date_word = "小于", "早于"
    summary = "小于，日期则早于"


@operator
class AtMost(Ordering):
    """{"<=": [a, b]}"""

    name = "<="
    compare = python.le
    word, date_word = "不超过", "不晚于"
    summary = "不超过，日期则不晚于"


@operator
class Greater(Ordering):
    """{">": [a, b]}"""

    name = ">"
    compare = python.gt
    word, date_word = "大于", "晚于"
    summary = "大于，日期则晚于"


@operator
class AtLeast(Ordering):
    """{">=": [a, b]}"""

    name = ">="
    compare = python.ge
    word, date_word = "不少于", "不早于"
    summary = "不少于，日期则不早于"


@operator
class In(Operator):
    """{"in": [value, list]}: the list written out or a several-choice field."""

    name = "in"
    least = most = 2
    takes = (Kind.ANY, Kind.LIST)
    gives = BOOLEAN
    summary = "值是列表中的一个"
    fragment = "{0}是{1}之一"

    def check(self, call, checker):
        checker.member(call)
        return BOOLEAN

    def sentence(self, call, speaker):
        return fill_in(self.fragment, speaker.choosing(call))

    def evaluate(self, call, evaluator):
        needle, items = evaluator.arguments(call)
        if needle is None or items is None:
            return None
        truths = [equal(needle, item) for item in items]
        if True in truths:
            return True
        return None if None in truths else False
