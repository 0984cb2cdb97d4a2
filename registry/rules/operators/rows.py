"""Rows of a field with several rows (课题, 研究成果 …), and items of a list. Empty rows do not count."""

from __future__ import annotations

from ..evaluate import filled
from ..types import BOOLEAN, NUMBER, Kind, Truth
from .base import Operator, operator
from .logic import conjunction, disjunction, negation


class Quantifier(Operator):
    """{"some": [rows, condition]}: the condition's variables start at the row."""

    least = most = 2
    takes = (Kind.LIST, Kind.BOOLEAN)
    gives = BOOLEAN
    word = ""

    def check(self, call, checker):
        checker.each(call, Kind.BOOLEAN)
        return BOOLEAN

    def truths(self, call, evaluator) -> list[Truth] | None:
        items = evaluator.argument(call, 0)
        if items is None:
            return None
        return [
            evaluator.as_kind(evaluator.with_row(item, call.args[1]), Kind.BOOLEAN, call)
            for item in filled(items)
        ]

    def evaluate(self, call, evaluator):
        truths = self.truths(call, evaluator)
        return None if truths is None else self.combine(truths)

    def combine(self, truths: list[Truth]) -> Truth:
        raise NotImplementedError

    def sentence(self, call, speaker):
        with speaker.row(call.args[0]):
            each = speaker.say(call.args[1])
        return f"{speaker.say(call.args[0])}中{self.word}{each}"


@operator
class All(Quantifier):
    """True of no rows: "every project has …" is not broken by having none; ask `count` for their number."""

    name = "all"
    word = "每一行"
    summary = "每一行都满足条件"

    def combine(self, truths):
        return conjunction(truths)


@operator
class Some(Quantifier):
    name = "some"
    word = "至少一行"
    summary = "至少一行满足条件"

    def combine(self, truths):
        return disjunction(truths)


@operator
class NoneOf(Quantifier):
    name = "none"
    word = "没有一行"
    summary = "没有一行满足条件"

    def combine(self, truths):
        return negation(disjunction(truths))


@operator
class Count(Operator):
    """{"count": rows} or {"count": [rows, condition]}: how many rows have any non-empty cell (and meet it).

    Absent where the field is, or where the condition is undecided for any row: the number is then not known.
    """

    name = "count"
    most = 2
    takes = (Kind.LIST, Kind.BOOLEAN)
    gives = NUMBER
    summary = "有内容的行数"

    def check(self, call, checker):
        checker.each(call, Kind.BOOLEAN)
        return NUMBER

    def evaluate(self, call, evaluator):
        items = evaluator.argument(call, 0)
        if items is None:
            return None
        items = filled(items)
        if len(call.args) == 1:
            return len(items)
        truths = [
            evaluator.as_kind(evaluator.with_row(item, call.args[1]), Kind.BOOLEAN, call) for item in items
        ]
        return None if None in truths else truths.count(True)

    def sentence(self, call, speaker):
        if len(call.args) == 1:
            return f"{speaker.say(call.args[0])}的行数"
        with speaker.row(call.args[0]):
            each = speaker.say(call.args[1])
        return f"{speaker.say(call.args[0])}中{each}的行数"
