"""Exact reckoning with numbers; an absent operand makes the result absent."""

from __future__ import annotations

from fractions import Fraction

from ..errors import RuleError
from ..evaluate import filled
from ..numbers import bounded, exact
from ..types import NUMBER, Kind, Value
from .base import Operator, operator


class Arithmetic(Operator):
    least, most = 2, None
    takes = (Kind.NUMBER,)
    gives = NUMBER

    def evaluate(self, call, evaluator):
        values = evaluator.arguments(call)
        if any(value is None for value in values):
            return None
        return self.reckon([exact(value) for value in values])

    def reckon(self, values: list[Fraction]) -> Fraction | None:
        raise NotImplementedError

    def sentence(self, call, speaker):
        parts = (speaker.say(arg) for arg in call.args)
        return f"（{f' {self.name} '.join(parts)}）".replace("*", "×").replace("/", "÷")


@operator
class Add(Arithmetic):
    """{"+": [a, b, …]}"""

    name = "+"
    summary = "相加"

    def reckon(self, values):
        return bounded(sum(values, Fraction()))


@operator
class Subtract(Arithmetic):
    """{"-": [a, b]}"""

    name = "-"
    most = 2
    summary = "相减"

    def reckon(self, values):
        return bounded(values[0] - values[1])


@operator
class Multiply(Arithmetic):
    """{"*": [a, b, …]}"""

    name = "*"
    summary = "相乘"

    def reckon(self, values):
        product = Fraction(1)
        for value in values:
            product = bounded(product * value)
        return product


@operator
class Divide(Arithmetic):
    """{"/": [a, b]}: absent where b is 0, since a share of nothing is not known."""

    name = "/"
    most = 2
    summary = "相除；除数为零时无结果"

    def reckon(self, values):
        return bounded(values[0] / values[1]) if values[1] else None


@operator
class Sum(Operator):
    """{"sum": ["rows.amount" variable]} or {"sum": [rows, expression per row]}; absent cells are left out."""

    name = "sum"
    most = 2
    takes = (Kind.LIST,)
    gives = NUMBER
    summary = "多行中一列之和；空格不计"

    def check(self, call, checker):
        checker.each(call, Kind.NUMBER)
        return NUMBER

    def evaluate(self, call, evaluator):
        items = evaluator.argument(call, 0)
        if items is None:
            return None
        if len(call.args) == 2:
            items = [evaluator.with_row(row, call.args[1]) for row in filled(items)]
        return bounded(sum(numbers(items, call, evaluator), Fraction()))

    def sentence(self, call, speaker):
        if len(call.args) == 1:
            return f"{speaker.say(call.args[0])}之和"
        with speaker.row(call.args[0]):
            each = speaker.say(call.args[1])
        return f"{speaker.say(call.args[0])}各行{each}之和"


def numbers(items: list[Value], call, evaluator) -> list[Fraction]:
    """The numbers among the items, exact; absent ones left out. Raises RuleError for other kinds."""
    values = (evaluator.as_kind(item, Kind.NUMBER, call) for item in items)
    return [exact(value) for value in values if value is not None]


class Extreme(Operator):
    """Of two or more numbers or dates, or of one list of them (absent cells left out; absent of none)."""

    most = None
    choose = staticmethod(min)

    def check(self, call, checker):
        return checker.extreme(call)

    def evaluate(self, call, evaluator):
        values = evaluator.arguments(call)
        if len(values) == 1:
            items = evaluator.as_kind(values[0], Kind.LIST, call)
            values = [item for item in items or [] if item is not None and item != ""]
        if not values or any(value is None for value in values):
            return None
        return self.of(values)

    def of(self, values: list[Value]) -> Value:
        # Imported here: comparison knows how values compare, and needs nothing of this file.
        from .comparison import ORDERED, comparable

        best = values[0]
        for value in values:
            left, right, kind = comparable(best, value)
            if kind not in ORDERED:
                raise RuleError("只能在数值或日期中取最大或最小。")
            if left != right and self.choose(left, right) == right:
                best = value
        return best

    def sentence(self, call, speaker):
        return f"{'、'.join(speaker.say(arg) for arg in call.args)}中的{self.fragment}"


@operator
class Min(Extreme):
    """{"min": [a, b, …]} or {"min": [list]}"""

    name = "min"
    summary = "最小的数值或最早的日期"
    fragment = "最小者"


@operator
class Max(Extreme):
    """{"max": [a, b, …]} or {"max": [list]}"""

    name = "max"
    choose = staticmethod(max)
    summary = "最大的数值或最晚的日期"
    fragment = "最大者"
