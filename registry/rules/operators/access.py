"""Where values come from: fields, round parameters."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import RuleError
from ..evaluate import NOTHING_ROW, filled
from ..parse import literal_value
from ..types import Value
from .base import Operator, operator


@operator
class Var(Operator):
    """{"var": "birth_date"}: a field's value; absent where the record has none.

    "work_unit.shuanggao" reads through a reference, "projects.level" gives that cell of every filled row.
    Inside all, some, none, count and sum a path starts at the row ("" is the row or item itself) and "$.name"
    at the record.
    """

    name = "var"
    literal_arguments = frozenset({0})
    summary = "字段的值；用点号读取关联登记项或多行中的列"

    def check(self, call, checker):
        return checker.variable(call.args[0].value, call)

    def evaluate(self, call, evaluator):
        path: str = call.args[0].value
        start: Value = evaluator.context.values
        if path.startswith("$."):
            path = path[2:]
        elif evaluator.row is not NOTHING_ROW:
            start = evaluator.row
        value = start
        for part in path.split(".") if path else []:
            value = step(value, part)
            if value is None:
                return None
        return value

    def sentence(self, call, speaker):
        return speaker.variable(call.args[0].value)


def step(value: Value, key: str) -> Value:
    """One part of a path: a key of a record, or that cell of every filled row. RuleError for others."""
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, list | tuple):
        return [step(item, key) for item in filled(value)]
    if value is None or value == "":
        return None
    raise RuleError(f"「{key}」之前不是关联登记项，也不是多行，无法读取。")


@operator
class Param(Operator):
    """{"param": "max_age"}: a named value of the round; absent where the round does not set it."""

    name = "param"
    literal_arguments = frozenset({0})
    summary = "批次参数的值，如年龄上限"

    def check(self, call, checker):
        return checker.parameter(call.args[0].value, call)

    def evaluate(self, call, evaluator):
        return literal_value(evaluator.context.parameters.get(call.args[0].value))

    def sentence(self, call, speaker):
        return speaker.parameter(call.args[0].value)
