"""Text: length, parts, joining, names of files. No patterns: a regular expression can run for ever."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from ..display import show
from ..errors import RuleError
from ..evaluate import MAX_TEXT_VALUE
from ..types import BOOLEAN, KIND_NAMES, NUMBER, TEXT, Kind, Value
from .base import Operator, operator


@operator
class Length(Operator):
    """{"length": x}: characters of a text, items of a list."""

    name = "length"
    gives = NUMBER
    summary = "文本的字数或列表的项数"
    fragment = "{0}的长度"

    def check(self, call, checker):
        checker.expect_one_of(call, 0, {Kind.TEXT, Kind.LIST, Kind.ROWS})
        return NUMBER

    def evaluate(self, call, evaluator):
        value = evaluator.argument(call, 0)
        if value is None:
            return None
        if not isinstance(value, str | list | tuple):
            raise RuleError("只有文本和列表有长度。")
        return len(value)


class TextTest(Operator):
    least = most = 2
    takes = (Kind.TEXT,)
    gives = BOOLEAN

    def evaluate(self, call, evaluator):
        text, part = evaluator.arguments(call)
        return None if text is None or part is None else self.holds(text, part)

    def holds(self, text: str, part: str) -> bool:
        raise NotImplementedError


@operator
class Contains(TextTest):
    """{"contains": [text, part]}"""

    name = "contains"
    summary = "文本中含有"
    fragment = "{0}含有{1}"

    def holds(self, text, part):
        return part in text


@operator
class StartsWith(TextTest):
    """{"starts_with": [text, beginning]}"""

    name = "starts_with"
    summary = "文本以此开头"
    fragment = "{0}以{1}开头"

    def holds(self, text, part):
        return text.startswith(part)


def joined(values: list[Value]) -> str | None:
    """The values one after another as they are displayed, a record by its title; None if any is absent."""
    if any(value is None or value == "" for value in values):
        return None
    text = "".join(show(value) for value in values)
    if len(text) > MAX_TEXT_VALUE:
        raise RuleError("文本过长。")
    return text


@operator
class Concat(Operator):
    """{"concat": [a, b, …]}: joined text; absent where a part is."""

    name = "concat"
    most = None
    gives = TEXT
    summary = "依次连成文本"

    def evaluate(self, call, evaluator):
        return joined(evaluator.arguments(call))

    def sentence(self, call, speaker):
        return "".join(speaker.bare(arg) for arg in call.args)


@operator
class FileName(Operator):
    """{"file_name": [file, part, …]}: the file is named by the parts in order, whatever its extension.

    Full- and half-width forms (＋ and +), spaces and letter case do not matter: people type all of them.
    """

    name = "file_name"
    least, most = 2, None
    gives = BOOLEAN
    summary = "文件按规定命名（不计扩展名）"

    def check(self, call, checker):
        checker.expect_one_of(call, 0, {Kind.FILE, Kind.TEXT})
        for index in range(1, len(call.args)):
            checker.type_of(call.args[index])
        return BOOLEAN

    def evaluate(self, call, evaluator):
        file, *parts = evaluator.arguments(call)
        demanded = joined(parts)
        if file is None or demanded is None:
            return None
        return plain(stem(file)) == plain(demanded)

    def sentence(self, call, speaker):
        file, *parts = call.args
        return f"{speaker.say(file)}的文件名为“{''.join(speaker.bare(part) for part in parts)}”"


def stem(file: Value) -> str:
    """Name of a file without folder and extension. A file is a text or has "name", "filename" or "title"."""
    if isinstance(file, Mapping):
        file = next((file[key] for key in ("name", "filename", "title") if file.get(key)), "")
    if not isinstance(file, str):
        raise RuleError(f"需要{KIND_NAMES[Kind.FILE]}。")
    name = file.replace("\\", "/").rsplit("/", 1)[-1]
    # Only what looks like an extension: a person's or school's name may hold a dot.
    base, dot, extension = name.rpartition(".")
    return base if dot and extension.isascii() and extension.isalnum() and len(extension) <= 5 else name


def plain(name: str) -> str:
    """The name with forms folded (NFKC), without spaces, in lower case."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
