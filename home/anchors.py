"""锚点: gives clauses their paths and addresses, and keeps those once given."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from home.importer.markers import Marker, anchor_of, marker_of, path_of

#: From this likeness of their texts on (0 to 1) two clauses at different places are the same clause.
SAME = 0.85


def give_anchors(clauses: Iterable[Any]) -> None:
    """Writes the path of every clause, and an anchor to those that have none. Anchors are never changed.

    `clauses` are in reading order and have level, marker, section, path and anchor. A marker that cannot be
    read counts as its place among the clauses.
    """
    clauses = list(clauses)
    taken = {clause.anchor for clause in clauses if clause.anchor}
    stack: list[Marker] = []
    section = None
    for place, clause in enumerate(clauses, start=1):
        if clause.section != section:
            stack, section = [], clause.section
        marker = marker_of(clause.marker) or Marker("arabic", place, clause.marker, "")
        stack = [*stack[: max(clause.level, 1) - 1], marker]
        clause.path = path_of(section, stack)[:120]
        if not clause.anchor:
            clause.anchor = anchor_of(section, stack, taken)[:60]
            taken.add(clause.anchor)


def keep_anchors(old: list[Any], new: list[Any]) -> dict[int, Any]:
    """Which clause of `old` each clause of `new` continues, as {index in new: old clause}.

    First the same path with a like text, then a like text elsewhere (a clause was put in before it), then
    the same path. What is left of `new` is new. Anchors of vanished clauses are not given to others.
    """
    found: dict[int, Any] = {}
    left = list(old)

    def take(test) -> None:
        for index, clause in enumerate(new):
            if index in found:
                continue
            match = next((other for other in left if test(clause, other)), None)
            if match is not None:
                found[index] = match
                left.remove(match)

    take(lambda a, b: a.path == b.path and _alike(a.text, b.text))
    take(lambda a, b: a.section == b.section and len(_plain(a.text)) > 12 and _alike(a.text, b.text))
    take(lambda a, b: a.path == b.path)
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _alike(a: str, b: str) -> bool:
    a, b = _plain(a), _plain(b)
    if a == b:
        return True
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.real_quick_ratio() >= SAME and matcher.quick_ratio() >= SAME and matcher.ratio() >= SAME
