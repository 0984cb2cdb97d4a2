"""Types of values a rule works with, and the shapes it reads its surroundings through.

Values at run time: text `str`, number `int`, `Decimal` or `Fraction` (never `float`, never `bool`), date
`datetime.date`, yes/no `bool`, choices `list[str]`, record `dict` with id, number, title and the target's
data, rows `list[dict]`, absent `None`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

Value: TypeAlias = Any
Truth: TypeAlias = bool | None
Tables: TypeAlias = Callable[[str, dict[str, Value]], Mapping[str, Value] | None]


class Kind(StrEnum):
    """Kinds that the type check tells apart; ANY is known only when a record is at hand."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    RECORD = "record"
    ROWS = "rows"
    LIST = "list"
    FILE = "file"
    ANY = "any"


KIND_NAMES = {
    Kind.TEXT: "文本",
    Kind.NUMBER: "数值",
    Kind.DATE: "日期",
    Kind.BOOLEAN: "是否",
    Kind.RECORD: "登记项",
    Kind.ROWS: "多行",
    Kind.LIST: "列表",
    Kind.FILE: "文件",
    Kind.ANY: "任意",
}


@dataclass(frozen=True)
class Type:
    """Type of a field or an expression. `fields` are a record's data or a row's cells, `item` a list's."""

    kind: Kind
    label: str = ""
    item: Type | None = None
    fields: Mapping[str, Type] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)


ANY = Type(Kind.ANY)
TEXT = Type(Kind.TEXT)
NUMBER = Type(Kind.NUMBER)
DATE = Type(Kind.DATE)
BOOLEAN = Type(Kind.BOOLEAN)


class ClauseLike(Protocol):
    """条款 a rule comes from: document key, path such as 四（二）5, inventory id such as YN23-23."""

    document: str
    path: str
    id: str


class RuleLike(Protocol):
    """规则 as `judge` reads it; `registry.definition.RuleSpec` has this shape."""

    key: str
    label: str
    condition: Any
    severity: str
    moment: str
    evidence: bool
    clause: ClauseLike | None
    fields: list[str]
    found: Any
    demanded: str
    message: str


def no_tables(register_key: str, match: dict[str, Value]) -> None:
    """The tables of a context that has none: every lookup is absent."""
    return None


@dataclass
class Context:
    """What one record is judged with.

    `values`: field key → decoded value. `parameters`: the round's named values. `reference_date`: day at
    which ages are counted, None where the round has none. `reasons`: rule key → written reason (理由); "*"
    counts for every exceeded soft rule. `tables(register key, match)` gives one record's values or None.
    `labels`: field key → label, and "document:<key>" → a document's short name.
    """

    values: Mapping[str, Value]
    parameters: Mapping[str, Value] = field(default_factory=dict)
    reference_date: dt.date | None = None
    today: dt.date | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    tables: Tables = no_tables
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What a rule says of a record.

    `outcome`: pass, excused (soft, exceeded, reason given), needs_reason (soft, exceeded, none given), fail
    (hard), not_applicable. `found` and `demanded` are for display; `message` is the sentence shown when it
    does not pass.
    """

    rule: str
    label: str
    outcome: str
    found: str
    demanded: str
    clause: ClauseLike | None
    message: str
    severity: str

    @property
    def blocks(self) -> bool:
        """Whether a submission is held back by it."""
        return self.outcome in ("fail", "needs_reason")
