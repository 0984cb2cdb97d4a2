"""What an operator is: its arity and types, and how it checks, evaluates and reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from ..types import ANY, Kind, Type, Value

if TYPE_CHECKING:
    from ..check import Checker
    from ..evaluate import Evaluator
    from ..parse import Call
    from ..sentence import Speaker

OPERATORS: dict[str, Operator] = {}


class Operator:
    """An operator of the condition language: one stateless instance per name in OPERATORS.

    `least`…`most` arguments (most None: any number). `takes` are the kinds of the arguments in order, the
    last repeated; `gives` is the result's type. `literal_arguments` are positions that must be written as
    plain text, `match_argument` the position of a `{column: expression}` argument. `summary` is a line for
    the editor. `fragment` is the Chinese wording with {0}, {1}, … for the arguments.
    """

    name: ClassVar[str] = ""
    least: ClassVar[int] = 1
    most: ClassVar[int | None] = 1
    takes: ClassVar[tuple[Kind, ...]] = (Kind.ANY,)
    gives: ClassVar[Type] = ANY
    literal_arguments: ClassVar[frozenset[int]] = frozenset()
    match_argument: ClassVar[int | None] = None
    summary: ClassVar[str] = ""
    fragment: ClassVar[str] = ""
    # (call, compiler) → SQL expression, where the operator can be asked of many records at once.
    to_sql: ClassVar[Callable[..., Any] | None] = None

    @property
    def arity(self) -> str:
        """How many arguments, in words: 2, 1–3, 不少于1."""
        if self.most is None:
            return f"不少于{self.least}"
        return str(self.least) if self.least == self.most else f"{self.least}–{self.most}"

    def kind_at(self, index: int) -> Kind:
        """Kind expected of the argument at `index`."""
        return self.takes[min(index, len(self.takes) - 1)]

    def check(self, call: Call, checker: Checker) -> Type:
        """Type of the result; problems of the arguments are noted with the checker."""
        for index in range(len(call.args)):
            checker.expect(call, index, self.kind_at(index))
        return self.gives

    def evaluate(self, call: Call, evaluator: Evaluator) -> Value:
        """Value of the call; None is absent. Raises RuleError."""
        raise NotImplementedError

    def sentence(self, call: Call, speaker: Speaker) -> str:
        """The call as part of a Chinese sentence."""
        return fill_in(self.fragment, [speaker.say(arg) for arg in call.args])


def fill_in(fragment: str, parts: list[str]) -> str:
    """The fragment with {0}, {1}, … replaced once by the parts; braces within a part stay as they are."""
    return re.sub(r"\{(\d+)\}", lambda match: parts[int(match[1])], fragment)


def operator(cls: type[Operator]) -> type[Operator]:
    """Class decorator: put one instance into OPERATORS. A name taken twice is a mistake of ours."""
    if cls.name in OPERATORS:
        raise ValueError(f"operator {cls.name!r} is defined twice")
    OPERATORS[cls.name] = cls()
    return cls
