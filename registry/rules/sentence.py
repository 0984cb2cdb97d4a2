"""A condition as a Chinese sentence, for the editor and for the page of a register's rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from .check import Checker
from .display import show
from .errors import RuleError
from .parse import Call, Items, Literal, Match, Node, parse
from .schema import Schema
from .types import Kind, Type


def sentence(condition: Any, schema: Schema) -> str:
    """The condition in words, such as 「出生日期」到基准日的周岁数不超过参数“max_age”。 Raises RuleError."""
    return Speaker(schema).say(parse(condition)) + "。"


class Speaker:
    """One sentence: the schema for labels, and the row in scope."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.in_row: Type | None = None

    def say(self, node: Node) -> str:
        if isinstance(node, Call):
            return node.operator.sentence(node, self)
        if isinstance(node, Items):
            return "、".join(self.say(item) for item in node.items)
        if isinstance(node, Match):
            raise RuleError("查表条件只能用在查表中。")
        if isinstance(node.value, list):
            return "、".join(
                f"“{show(item)}”" if isinstance(item, str) else show(item) for item in node.value
            )
        return f"“{node.value}”" if isinstance(node.value, str) else show(node.value)

    def type_of(self, node: Node) -> Type:
        """Type of a node where it stands; its problems are the check's matter."""
        checker = Checker(self.schema)
        checker.row = self.in_row
        return checker.type_of(node)

    def choosing(self, call: Call) -> list[str]:
        """The arguments of a comparison, a choice's key said by its label."""
        labels = next((found.choices for arg in call.args if (found := self.type_of(arg)).choices), {})
        return [self._labelled(arg, labels) for arg in call.args]

    def _labelled(self, node: Node, labels: Mapping[str, str]) -> str:
        if isinstance(node, Literal) and isinstance(node.value, list):
            return "、".join(self._labelled(Literal(item), labels) for item in node.value)
        if isinstance(node, Literal) and isinstance(node.value, str):
            return f"“{labels.get(node.value, node.value)}”"
        return self.say(node)

    def bare(self, node: Node) -> str:
        """As `say`, text without its quotation marks."""
        return node.value if isinstance(node, Literal) and isinstance(node.value, str) else self.say(node)

    @contextmanager
    def row(self, rows: Node) -> Iterator[None]:
        """Variables start at a row of these rows."""
        before, self.in_row = self.in_row, self._row_type(rows)
        try:
            yield
        finally:
            self.in_row = before

    def _row_type(self, rows: Node) -> Type:
        if isinstance(rows, Call) and rows.operator.name == "var" and isinstance(rows.args[0], Literal):
            return self._walk(rows.args[0].value)[-1]
        return Type(Kind.ANY)

    def variable(self, path: str) -> str:
        """Labels along a path, 「课题或项目」的「级别」; a key stands for itself where it has no label."""
        if not path:
            return "该项"
        return "的".join(f"「{item.label}」" for item in self._walk(path))

    def _walk(self, path: str) -> list[Type]:
        fields = self.schema.fields
        if path.startswith("$."):
            path = path[2:]
        elif self.in_row is not None:
            fields = self.in_row.fields
        steps = []
        for part in path.split("."):
            item = fields.get(part, Type(Kind.ANY, part))
            steps.append(item if item.label else Type(item.kind, part, item.item, item.fields, item.choices))
            fields = item.fields
        return steps

    def parameter(self, name: str) -> str:
        known = (self.schema.parameters or {}).get(name)
        return f"参数“{name}”（{known.label}）" if known and known.label else f"参数“{name}”"

    def register(self, key: str) -> str:
        return f"《{self.schema.names.get(key, key)}》"

    def column(self, register: str, key: str) -> str:
        found = (self.schema.tables or {}).get(register, {}).get(key)
        return f"「{found.label}」" if found and found.label else f"「{key}」"
