"""Dates: the round's reference date, today, and completed years between two days."""

from __future__ import annotations

from ..age import completed_years, day
from ..types import DATE, NUMBER, Kind
from .base import Operator, operator


@operator
class ReferenceDate(Operator):
    """{"reference_date": []}: the day at which the round counts ages."""

    name = "reference_date"
    least = most = 0
    gives = DATE
    summary = "批次的基准日"
    fragment = "基准日"

    def evaluate(self, call, evaluator):
        return evaluator.context.reference_date


@operator
class Today(Operator):
    """{"today": []}"""

    name = "today"
    least = most = 0
    gives = DATE
    summary = "今天"
    fragment = "今天"

    def evaluate(self, call, evaluator):
        return evaluator.context.today


@operator
class Age(Operator):
    """{"age": [birth, at]}: completed years at that day, absent before birth."""

    name = "age"
    least = most = 2
    takes = (Kind.DATE,)
    gives = NUMBER
    summary = "到某日的周岁数"
    fragment = "{0}到{1}的周岁数"

    def evaluate(self, call, evaluator):
        birth, at = evaluator.arguments(call)
        if birth is None or at is None:
            return None
        return completed_years(day(birth), day(at))
