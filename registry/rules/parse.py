"""From JsonLogic to a tree of our own, with its limits checked before anything recurses.

A condition is JSON: `{"operator": [argument, …]}`, a literal (text, whole number, true, false, null), a list
of conditions, `{"decimal": "0.40"}` or `{"date": "2023-03-22"}`. A single argument needs no brackets.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from .errors import RuleError
from .numbers import exact
from .types import Value

if TYPE_CHECKING:
    from .operators.base import Operator

MAX_DEPTH = 32
MAX_NODES = 2_000
MAX_TEXT = 64 * 1024  # characters of raw JSON
MAX_INTEGER = 10**18

DECIMAL = re.compile(r"-?\d{1,18}(\.\d{1,12})?", re.ASCII)
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class Literal:
    """A value written in the condition; `value` may be a list of literals' values."""

    value: Value


@dataclass(frozen=True)
class Items:
    """A list written in the condition whose items are expressions."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Match:
    """What a lookup asks for: column → expression."""

    columns: tuple[tuple[str, Node], ...]


@dataclass(frozen=True)
class Call:
    """An operator with its arguments; `path` is where it stands, for messages."""

    operator: Operator
    args: tuple[Node, ...]
    path: str


Node: TypeAlias = Literal | Items | Match | Call


def parse_text(text: str) -> Node:
    """A condition from raw JSON text; nothing is decoded before size and nesting are known. RuleError."""
    if len(text) > MAX_TEXT:
        raise RuleError(f"条件文本长{len(text)}字符，不得超过{MAX_TEXT}字符。")
    # Brackets are counted on the raw text (quoted parts taken out), since the JSON decoder itself recurses.
    depth = deepest = 0
    for character in re.sub(r'"(?:[^"\\]|\\.)*"', "", text):
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    if deepest > 2 * MAX_DEPTH + 1:
        raise RuleError(f"条件嵌套过深，不得超过{MAX_DEPTH}层。")
    try:
        data = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_unique_keys)
    except RuleError:
        raise
    except ValueError as error:
        raise RuleError(f"条件不是正确的 JSON：{error}。") from error
    return parse(data)


def _no_constant(name: str) -> None:
    raise RuleError(f"条件中不得使用 {name}。")


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A dict of the pairs; a repeated key would silently drop half of a condition."""
    if len({key for key, _ in pairs}) < len(pairs):
        raise RuleError("条件中同一层的键重复。")
    return dict(pairs)


def literal_value(data: Any) -> Value:
    """A value stored as JSON, such as a round's parameter, with decimals and dates made exact.

    A float is what its shortest text says (0.4 is four tenths); a text of the form 2023-03-22 is a date.
    Raises RuleError.
    """
    if isinstance(data, float):
        return _decimal(repr(data), "")
    if isinstance(data, str) and DATE.fullmatch(data):
        return _date(data, "")
    if isinstance(data, Mapping) and len(data) == 1 and next(iter(data)) in ("decimal", "date"):
        node = _node(data, "")
        return node.value if isinstance(node, Literal) else None
    if isinstance(data, list | tuple):
        return [literal_value(item) for item in data]
    return data


def parse(data: Any) -> Node:
    """A condition from decoded JSON (or an already parsed one). Raises RuleError."""
    if isinstance(data, Literal | Items | Match | Call):
        return data
    check_limits(data)
    return _node(data, "")


def check_limits(data: Any) -> None:
    """Count nodes and levels with a stack of our own, never by recursion. Raises RuleError.

    A level is an object or a list within a list; the brackets around an operator's arguments are none.
    """
    nodes = 0
    stack = [(data, 1, False)]
    while stack:
        value, depth, within_list = stack.pop()
        nodes += 1
        if nodes > MAX_NODES:
            raise RuleError(f"条件过长，不得超过{MAX_NODES}个节点。")
        if depth > MAX_DEPTH:
            raise RuleError(f"条件嵌套过深，不得超过{MAX_DEPTH}层。")
        if isinstance(value, Mapping):
            stack.extend((item, depth + 1, False) for item in value.values())
        elif isinstance(value, list | tuple):
            inner = depth + 1 if within_list else depth
            stack.extend((item, inner, True) for item in value)


def _node(data: Any, path: str) -> Node:
    if isinstance(data, Mapping):
        return _call(data, path)
    if isinstance(data, list | tuple):
        items = tuple(_node(item, f"{path}[{index}]") for index, item in enumerate(data))
        if all(isinstance(item, Literal) for item in items):
            return Literal([item.value for item in items])
        return Items(items)
    if isinstance(data, float):
        raise RuleError(f'小数须写成 {{"decimal": "{data}"}}，以免失真。', path)
    if isinstance(data, int) and not isinstance(data, bool) and abs(data) > MAX_INTEGER:
        raise RuleError("整数位数过多。", path)
    if data is None or isinstance(data, str | int):
        return Literal(data)
    raise RuleError(f"条件中不得有 {type(data).__name__} 类型的值。", path)


def _call(data: Mapping[str, Any], path: str) -> Node:
    from .operators import OPERATORS

    if len(data) != 1:
        raise RuleError(f"一个条件只能有一个运算符，这里有{len(data)}个键。", path)
    name, raw = next(iter(data.items()))
    if name == "decimal":
        return Literal(_decimal(raw, path))
    if name == "date":
        return Literal(_date(raw, path))
    operator = OPERATORS.get(name)
    if operator is None:
        raise RuleError(f"没有名为「{name}」的运算符。", path)
    here = f"{path}.{name}" if path else str(name)
    arguments = list(raw) if isinstance(raw, list | tuple) else [raw]
    if len(arguments) < operator.least or (operator.most is not None and len(arguments) > operator.most):
        raise RuleError(f"运算符「{name}」需要{operator.arity}个参数，这里有{len(arguments)}个。", here)
    nodes = []
    for index, argument in enumerate(arguments):
        place = f"{here}[{index}]"
        if index == operator.match_argument:
            nodes.append(_match(argument, place))
        else:
            node = _node(argument, place)
            if index in operator.literal_arguments and not (
                isinstance(node, Literal) and isinstance(node.value, str) and len(node.value) <= 200
            ):
                raise RuleError(f"运算符「{name}」的第{index + 1}个参数须直接写成文本。", place)
            nodes.append(node)
    return Call(operator, tuple(nodes), here)


def _match(data: Any, path: str) -> Match:
    if not isinstance(data, Mapping) or not data or not all(isinstance(key, str) for key in data):
        raise RuleError("查表条件须写成 {列: 值}。", path)
    return Match(tuple((key, _node(value, f"{path}.{key}")) for key, value in data.items()))


def _decimal(raw: Any, path: str) -> Decimal:
    if not isinstance(raw, str) or not DECIMAL.fullmatch(raw):
        raise RuleError('小数须写成文本，如 {"decimal": "0.40"}。', path)
    exact(Decimal(raw))
    return Decimal(raw)


def _date(raw: Any, path: str) -> dt.date:
    if not isinstance(raw, str) or not DATE.fullmatch(raw):
        raise RuleError('日期须写成 {"date": "2023-03-22"}。', path)
    try:
        return dt.date.fromisoformat(raw)
    except ValueError as error:
        raise RuleError(f"没有{raw}这一天。", path) from error
