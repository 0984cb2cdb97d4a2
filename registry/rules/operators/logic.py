"""And, or, not by Kleene: what is absent decides only where it must."""

from __future__ import annotations

from collections.abc import Iterable

from ..parse import Call
from ..types import BOOLEAN, Kind, Truth
from .base import Operator, operator


def conjunction(truths: Iterable[Truth]) -> Truth:
    """False if any is false, else None if any is None, else True; True of nothing."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def disjunction(truths: Iterable[Truth]) -> Truth:
    """True if any is true, else None if any is None, else False; False of nothing."""
    result: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def negation(truth: Truth) -> Truth:
    return None if truth is None else not truth


class Connective(Operator):
    """And, or: one or more conditions."""

    most = None
    takes = (Kind.BOOLEAN,)
    gives = BOOLEAN
    word = ""

    def sentence(self, call, speaker):
        parts = [speaker.say(arg) for arg in call.args]
        # A connective inside another is bracketed, so that the sentence says which binds.
        parts = [
            f"（{part}）" if isinstance(arg, Call) and isinstance(arg.operator, Connective) else part
            for arg, part in zip(call.args, parts, strict=True)
        ]
        return self.word.join(parts)


@operator
class And(Connective):
    """{"and": [a, b, …]}"""

    name = "and"
    word = "，并且"
    summary = "各条件同时成立"

    def evaluate(self, call, evaluator):
        return conjunction(evaluator.argument(call, index) for index in range(len(call.args)))


@operator
class Or(Connective):
    """{"or": [a, b, …]}"""

    name = "or"
    word = "，或者"
    summary = "至少一个条件成立"

    def evaluate(self, call, evaluator):
        return disjunction(evaluator.argument(call, index) for index in range(len(call.args)))


@operator
class Not(Operator):
    """{"!": a}"""

    name = "!"
    takes = (Kind.BOOLEAN,)
    gives = BOOLEAN
    summary = "条件不成立"
    fragment = "并非（{0}）"

    def evaluate(self, call, evaluator):
        return negation(evaluator.argument(call, 0))
