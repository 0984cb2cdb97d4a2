"""Evaluation of a condition against one record, three-valued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from .errors import RuleError
from .numbers import is_number
from .parse import Call, Items, Literal, Node, parse
from .types import KIND_NAMES, Context, Kind, Truth, Value

MAX_STEPS = 200_000  # values per evaluation: rows within rows within rows must end, too
MAX_TEXT_VALUE = 100_000  # characters

NOTHING_ROW = object()


def evaluate(condition: Any, context: Context) -> Truth:
    """Whether the condition holds: True, False, or None where a value it needs is absent.

    `condition` is decoded JSON or a parsed tree. Raises RuleError where it is malformed or mixes types.
    """
    return Evaluator(context).truth(parse(condition))


def value_of(expression: Any, context: Context) -> Value:
    """Value of an expression that need not be a condition, such as a rule's `found`."""
    return Evaluator(context).value(parse(expression))


class Evaluator:
    """One evaluation: the context, the row in scope, and the steps left."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.row: Any = NOTHING_ROW
        self.steps = 0

    def value(self, node: Node) -> Value:
        """Value of a node; None is absent. Raises RuleError."""
        if isinstance(node, Literal):
            return self._counted(node.value)
        if isinstance(node, Items):
            return [self.value(item) for item in node.items]
        if isinstance(node, Call):
            try:
                return self._counted(node.operator.evaluate(node, self))
            except RuleError as error:
                error.path = error.path or node.path
                raise
        raise RuleError("查表条件只能用在查表中。")

    def _counted(self, value: Value) -> Value:
        """The value itself, its size taken off the steps left: long lists and texts cost what they are long."""
        self.steps += 1
        if isinstance(value, list | tuple):
            self.steps += len(value)
        elif isinstance(value, str):
            self.steps += len(value) // 100
        if self.steps > MAX_STEPS:
            raise RuleError("条件计算量过大。")
        return value

    def argument(self, call: Call, index: int) -> Value:
        """Value of the argument, of the kind the operator declares for it, or None."""
        return self.as_kind(self.value(call.args[index]), call.operator.kind_at(index), call)

    def arguments(self, call: Call) -> list[Value]:
        return [self.argument(call, index) for index in range(len(call.args))]

    def truth(self, node: Node, call: Call | None = None) -> Truth:
        """The node as a condition."""
        return self.as_kind(self.value(node), Kind.BOOLEAN, call)

    def with_row(self, row: Value, node: Node) -> Value:
        """Value of the node while `row` is what a plain variable refers to."""
        before, self.row = self.row, row
        try:
            return self.value(node)
        finally:
            self.row = before

    def as_kind(self, value: Value, kind: Kind, call: Call | None = None) -> Value:
        """The value itself if it is of the kind or absent; an empty text is absent. Raises RuleError."""
        if value is None or value == "":
            return None
        if kind is Kind.ANY or kind_of(value) is kind or (kind is Kind.LIST and kind_of(value) is Kind.ROWS):
            return value
        if kind is Kind.ROWS and value == []:
            return value
        raise RuleError(
            f"需要{KIND_NAMES[kind]}，得到的是{KIND_NAMES[kind_of(value)]}。", call.path if call else ""
        )


def kind_of(value: Value) -> Kind:
    """Kind of a value that is present. Raises RuleError for one that no field gives."""
    if isinstance(value, bool):
        return Kind.BOOLEAN
    if is_number(value):
        return Kind.NUMBER
    if isinstance(value, str):
        if len(value) > MAX_TEXT_VALUE:
            raise RuleError("文本过长。")
        return Kind.TEXT
    if isinstance(value, dt.date):
        return Kind.DATE
    if isinstance(value, Mapping):
        return Kind.RECORD
    if isinstance(value, list | tuple):
        return Kind.ROWS if value and all(isinstance(item, Mapping) for item in value) else Kind.LIST
    raise RuleError(f"不能用 {type(value).__name__} 类型的值判断。")


def is_empty(value: Value) -> bool:
    """Absent, blank text, an empty list, or a row (or rows) of empty cells. 0 and 否 are answers."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(is_empty(item) for item in value.values())
    if isinstance(value, list | tuple):
        return all(is_empty(item) for item in value)
    return False


def filled(rows: list[Value]) -> list[Value]:
    """The rows with any non-empty cell: the empty last line of a form is no row."""
    return [row for row in rows if not is_empty(row)]
