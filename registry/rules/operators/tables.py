"""Looking into another register."""

from __future__ import annotations

from ..errors import RuleError
from .base import Operator, operator


@operator
class Lookup(Operator):
    """{"lookup": ["titles", {"series": …, "title": …}, "level"]}: a field of the matching record.

    Absent where no record matches, and where what to match is absent.
    """

    name = "lookup"
    least = most = 3
    literal_arguments = frozenset({0, 2})
    match_argument = 1
    summary = "在另一登记册中按列查找"

    def check(self, call, checker):
        return checker.lookup(call)

    def evaluate(self, call, evaluator):
        register, match, column = call.args
        wanted = {}
        for key, node in match.columns:
            value = evaluator.value(node)
            if value is None or value == "":
                return None
            if isinstance(value, list | dict):
                raise RuleError("查表的值须是单个值。")
            wanted[key] = value
        record = evaluator.context.tables(register.value, wanted)
        return None if record is None else record.get(column.value)

    def sentence(self, call, speaker):
        register, match, column = call.args
        wanted = "、".join(speaker.say(node) for _, node in match.columns)
        return f"{speaker.register(register.value)}中{wanted}的{speaker.column(register.value, column.value)}"
