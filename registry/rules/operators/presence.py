"""Whether something was answered, and whether it was confirmed."""

from __future__ import annotations

from ..evaluate import is_empty
from ..types import BOOLEAN, Kind
from .base import Operator, operator


@operator
class Present(Operator):
    """{"present": x}: true or false, never unknown; 0 and 否 are answers."""

    name = "present"
    gives = BOOLEAN
    summary = "已填写"
    fragment = "已填写{0}"

    def evaluate(self, call, evaluator):
        return not is_empty(evaluator.value(call.args[0]))


@operator
class Empty(Operator):
    """{"empty": x}: the contrary of present."""

    name = "empty"
    gives = BOOLEAN
    summary = "未填写"
    fragment = "未填写{0}"

    def evaluate(self, call, evaluator):
        return is_empty(evaluator.value(call.args[0]))


@operator
class Confirmed(Operator):
    """{"confirmed": x}: a declaration or yes/no field is 是; unknown where nobody answered."""

    name = "confirmed"
    takes = (Kind.BOOLEAN,)
    gives = BOOLEAN
    summary = "是否字段为“是”"
    fragment = "{0}为“是”"

    def evaluate(self, call, evaluator):
        return evaluator.argument(call, 0)


@operator
class First(Operator):
    """{"first": [a, b, …]}: the first that is not absent."""

    name = "first"
    most = None
    summary = "依次取第一个已有的值"

    def check(self, call, checker):
        return checker.same_kind(call)

    def evaluate(self, call, evaluator):
        for arg in call.args:
            value = evaluator.value(arg)
            if not is_empty(value):
                return value
        return None

    def sentence(self, call, speaker):
        return f"（{'，如无则'.join(speaker.say(arg) for arg in call.args)}）"
