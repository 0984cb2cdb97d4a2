"""Type check of a condition against a schema, made when a version is published."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from .errors import RuleError
from .evaluate import kind_of
from .parse import Call, Items, Literal, Match, Node, parse
from .schema import Schema
from .types import ANY, KIND_NAMES, Kind, Type

LISTS = frozenset({Kind.LIST, Kind.ROWS})


@dataclass(frozen=True)
class Problem:
    """What is wrong with a condition, where, as a Chinese sentence."""

    path: str
    message: str


def check(condition: Any, schema: Schema, gives: Kind = Kind.BOOLEAN) -> list[Problem]:
    """Problems of a condition; empty if it is sound. `gives` is what it must result in (ANY for `found`)."""
    try:
        node = parse(condition)
    except RuleError as error:
        return [Problem(error.path, error.message)]
    checker = Checker(schema)
    result = checker.type_of(node)
    if not compatible(result.kind, gives):
        checker.note("", f"规则的条件须得出{KIND_NAMES[gives]}，这里得出{KIND_NAMES[result.kind]}。")
    return checker.problems


def compatible(found: Kind, wanted: Kind) -> bool:
    """Whether a value of the one kind can stand where the other is wanted."""
    return Kind.ANY in (found, wanted) or found is wanted or (wanted is Kind.LIST and found is Kind.ROWS)


def item_kind(items: Type) -> Kind:
    """Kind of a list's items; a row is a record."""
    if items.kind is Kind.ROWS:
        return Kind.RECORD
    return items.item.kind if items.item else Kind.ANY


class Checker:
    """One check: the schema, the row in scope, the problems found so far."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.row: Type | None = None
        self.problems: list[Problem] = []

    def note(self, path: str, message: str) -> None:
        self.problems.append(Problem(path, message))

    def type_of(self, node: Node) -> Type:
        """Type of a node, noting its problems. Call once per node, or problems are noted twice."""
        if isinstance(node, Call):
            return node.operator.check(node, self)
        if isinstance(node, Items):
            return self._list([self.type_of(item) for item in node.items])
        if isinstance(node, Literal):
            if node.value is None:
                return ANY
            if isinstance(node.value, list):
                return self._list([Type(kind_of(item)) for item in node.value if item is not None])
            return Type(kind_of(node.value))
        return ANY

    def _list(self, items: list[Type]) -> Type:
        """A list written in a condition; its items are of one kind."""
        kinds = {item.kind for item in items} - {Kind.ANY}
        if len(kinds) > 1:
            self.note(
                "", f"列表的各项须是同一类型，这里有{'、'.join(KIND_NAMES[kind] for kind in sorted(kinds))}。"
            )
        return Type(Kind.LIST, item=Type(kinds.pop()) if len(kinds) == 1 else None)

    def expect(self, call: Call, index: int, kind: Kind) -> Type:
        return self.expect_one_of(call, index, {kind})

    def expect_one_of(self, call: Call, index: int, kinds: Collection[Kind]) -> Type:
        """Type of an argument, which must be of one of the kinds."""
        found = self.type_of(call.args[index])
        if not any(compatible(found.kind, kind) for kind in kinds):
            wanted = "或".join(KIND_NAMES[kind] for kind in sorted(kinds))
            self.note(
                f"{call.path}[{index}]",
                f"「{call.operator.name}」的第{index + 1}个参数须是{wanted}，"
                f"这里是{KIND_NAMES[found.kind]}。",
            )
        return found

    def same_kind(self, call: Call, allowed: Collection[Kind] = ()) -> Type:
        """All arguments of one kind, of those allowed if any are named. Gives that type."""
        types = [self.type_of(arg) for arg in call.args]
        known = [item for item in types if item.kind is not Kind.ANY]
        for arg, item in zip(call.args, types, strict=True):
            if isinstance(arg, Literal) and arg.value is None:
                self.note(call.path, "与空值比较没有结果，请用“已填写”或“未填写”。")
            elif allowed and item.kind not in allowed and item.kind is not Kind.ANY:
                self.note(call.path, f"「{call.operator.name}」不能用于{KIND_NAMES[item.kind]}。")
            elif known and item.kind not in (Kind.ANY, known[0].kind):
                self.note(call.path, f"{KIND_NAMES[known[0].kind]}不能与{KIND_NAMES[item.kind]}比较。")
            elif not allowed and call.operator.name in ("==", "!=") and item.kind in LISTS:
                self.note(call.path, "多行或列表不能直接比较，请用“全部”“任一”或“计数”。")
        if call.operator.name != "first":
            self._choices(call, types)
        return replace(known[0], choices={}) if known else ANY

    def _choices(self, call: Call, types: list[Type]) -> None:
        """A text compared with a choice field must be one of its choices: a misspelt one never matches."""
        choices = next((item.choices for item in types if item.choices), None)
        if not choices:
            return
        for arg in call.args:
            values = arg.value if isinstance(arg, Literal) else None
            for value in values if isinstance(values, list) else [values]:
                if isinstance(value, str) and value not in choices:
                    self.note(call.path, f"选项中没有“{value}”。")

    def member(self, call: Call) -> None:
        """Of `in`: the items are of the kind of what is looked for."""
        needle = self.type_of(call.args[0])
        items = self.expect(call, 1, Kind.LIST)
        held = item_kind(items)
        if not compatible(needle.kind, held) or needle.kind in LISTS:
            self.note(call.path, f"列表的项是{KIND_NAMES[held]}，不能含有{KIND_NAMES[needle.kind]}。")
        self._choices(call, [needle, items])

    def each(self, call: Call, kind: Kind) -> None:
        """Of a quantifier: a list, then (if given) an expression of that kind per row, else such items."""
        rows = self.expect(call, 0, Kind.LIST)
        if len(call.args) == 2:
            with self.scope(rows):
                self.expect(call, 1, kind)
        elif kind is Kind.NUMBER and not compatible(item_kind(rows), kind):
            self.note(call.path, f"「{call.operator.name}」的各项须是{KIND_NAMES[kind]}。")

    def extreme(self, call: Call) -> Type:
        """Of min and max: numbers or dates, or one list of them."""
        ordered = frozenset({Kind.NUMBER, Kind.DATE})
        if len(call.args) > 1:
            return self.same_kind(call, ordered)
        items = self.expect(call, 0, Kind.LIST)
        if item_kind(items) not in ordered | {Kind.ANY}:
            self.note(call.path, f"「{call.operator.name}」只能用于数值或日期。")
        return items.item or ANY

    @contextmanager
    def scope(self, rows: Type) -> Iterator[None]:
        """Variables start at a row of these rows."""
        before = self.row
        self.row = (
            Type(Kind.RECORD, rows.label, fields=rows.fields) if rows.kind is Kind.ROWS else rows.item or ANY
        )
        try:
            yield
        finally:
            self.row = before

    def variable(self, path: str, call: Call) -> Type:
        """Type at the end of a variable's path."""
        record = Type(Kind.RECORD, "登记项", fields=self.schema.fields)
        current = record
        if path.startswith("$."):
            path = path[2:]
        elif self.row is not None:
            current = self.row
        through_rows = False
        for part in path.split(".") if path else []:
            through_rows = through_rows or current.kind is Kind.ROWS
            found = self._step(current, part, top=current is record, call=call)
            if found is None:
                return ANY
            current = found
        return Type(Kind.LIST, current.label, item=current) if through_rows else current

    def _step(self, current: Type, part: str, *, top: bool, call: Call) -> Type | None:
        if current.kind is Kind.ANY:
            return None
        if current.kind not in (Kind.RECORD, Kind.ROWS):
            self.note(call.path, f"「{current.label}」是{KIND_NAMES[current.kind]}，没有「{part}」。")
            return None
        if part in current.fields:
            return current.fields[part]
        # Fields of a register that this schema does not know cannot be checked here.
        if current.fields or top:
            self.note(call.path, f"「{current.label or '登记项'}」没有字段「{part}」。")
        return None

    def parameter(self, name: str, call: Call) -> Type:
        if self.schema.parameters is None:
            return ANY
        if name not in self.schema.parameters:
            self.note(call.path, f"批次没有参数「{name}」。")
            return ANY
        return self.schema.parameters[name]

    def lookup(self, call: Call) -> Type:
        """Of a lookup: the register, the columns matched, and the column asked for exist."""
        register, match, column = call.args
        assert isinstance(register, Literal) and isinstance(match, Match) and isinstance(column, Literal)
        found = [(key, self.type_of(node)) for key, node in match.columns]
        if self.schema.tables is None:
            return ANY
        table = self.schema.tables.get(register.value)
        if table is None:
            self.note(call.path, f"没有登记册「{register.value}」可查。")
            return ANY
        for key, item in [*found, (column.value, ANY)]:
            if key not in table:
                self.note(call.path, f"登记册「{register.value}」没有字段「{key}」。")
            elif not compatible(item.kind, table[key].kind):
                self.note(
                    call.path, f"「{key}」是{KIND_NAMES[table[key].kind]}，不能用{KIND_NAMES[item.kind]}查。"
                )
        return table.get(column.value, ANY)
