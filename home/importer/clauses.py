"""条款树: joins broken lines and sets numbered paragraphs at their depth."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from home.importer.markers import Marker, anchor_of, path_of, read_marker
from home.importer.reading import Line
from home.importer.tree import TreeClause
from home.importer.typography import WIDE, width

_ENDED = re.compile(r"[。！？；：;:!?…]”?[）)”’]?$")
_JOIN_SPACE = re.compile(rf"[^{WIDE}\s]$")
#: Without an ending stop a line at least this wide (in full-width characters) goes on in the next one.
OPEN_WIDTH = 18
#: A clause's first line may be a heading; headings are narrower than this (a printed line holds 28).
HEADING_WIDTH = 24
_LABEL = re.compile(
    r"^(?:联系|电话|电子|邮箱|邮寄|邮编|地址|通讯|通信|传真|手机|网址|附件)[\u4e00-\u9fff]{0,6}[：:]"
)
_CONTENTS = re.compile(r"^目\s*录$")


@dataclass
class Builder:
    """Collects the clauses of one document; anchors are unique over all its sections."""

    taken: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def section(self, lines: list[Line], name: str) -> tuple[list[str], list[TreeClause]]:
        """The paragraphs before the first clause, and the clauses, of one section (name "" or 附件N)."""
        lines = _without_contents(lines)
        markers = [read_marker(line.text) for line in lines]
        lead: list[str] = []
        clauses: list[TreeClause] = []
        stack: list[Marker] = []
        last_line, first = "", False
        for place, line in enumerate(lines):
            for text, marker in _split_statute(line.text, markers[place]):
                if marker and _opens(marker, stack, last_line, first):
                    stack = _placed(marker, stack, markers, place)
                    anchor = anchor_of(name, stack, self.taken)
                    self._note(name, stack, clauses, anchor)
                    self.taken.add(anchor)
                    path = path_of(name, stack)
                    clauses.append(TreeClause(len(stack), marker.text, anchor, marker.rest, path, name))
                    last_line, first = text, True
                    continue
                elif clauses:
                    clauses[-1].text = joined(clauses[-1].text, text, last_line, first)
                elif lead and goes_on(last_line):
                    lead[-1] = glued(lead[-1], text)
                else:
                    lead.append(text)
                last_line, first = text, False
        return lead, clauses

    def _note(self, name: str, stack: list[Marker], clauses: list[TreeClause], anchor: str) -> None:
        """Says where the numbering leaps, or repeats a number."""
        path = path_of(name, stack)
        if any(clause.path == path for clause in clauses):
            self.problems.append(f"“{path}”在文中出现不止一次，第二处的锚点为 {anchor}，请核对序号。")
            return
        marker, depth = stack[-1], len(stack)
        if marker.number == 1:
            return
        found = [c for c in clauses if c.level == depth and c.section == name]
        if found and (previous := read_marker(found[-1].marker + " ")) and previous.kind == marker.kind:
            if previous.number == marker.number - 1:
                return
            self.problems.append(f"“{path}”之前是“{found[-1].path}”，序号不连续，请核对。")
        elif not found:
            self.problems.append(f"“{path}”之前没有同级条款，序号不从一开始，请核对。")


def goes_on(line: str, first: bool = False) -> bool:
    """Whether `line` breaks off in mid-sentence, so that the next line belongs to it.

    `first`: it is a clause's first line, which may be a heading (narrow, without a full stop inside).
    """
    if not line or _ENDED.search(line):
        return False
    if line[-1] in "，、（《“":
        return True
    if first:
        return width(line) >= HEADING_WIDTH or bool(re.search(r"[。；：]", line))
    return width(line) >= OPEN_WIDTH or bool(re.search(r"[。；，]", line))


def glued(before: str, after: str) -> str:
    """Two halves of a broken line; a space only between two Latin words."""
    space = " " if _JOIN_SPACE.search(before) and re.match(r"[A-Za-z]", after) else ""
    return before + space + after


def joined(text: str, line: str, last_line: str, first: bool = False) -> str:
    """`text` with a further line: in the same paragraph where `last_line` broke off, else a new one."""
    if not text:
        return line
    if re.match(r"^[，。；、：）》”]", line) or (goes_on(last_line, first) and not _LABEL.match(line)):
        return glued(text, line)
    return f"{text}\n{line}"


def _split_statute(text: str, marker: Marker | None) -> list[tuple[str, Marker | None]]:
    """第一章 总则 第一条 … on one line is two clauses."""
    if marker and marker.kind in ("part", "chapter", "clause_section"):
        found = re.match(r"^(.{1,20}?)\s*(第[一二三四五六七八九十百\d]+条.*)$", marker.rest)
        inner = read_marker(found.group(2)) if found else None
        if found and inner:
            return [
                (text, Marker(marker.kind, marker.number, marker.text, found.group(1))),
                (found.group(2), inner),
            ]
    return [(text, marker)]


def _opens(marker: Marker, stack: list[Marker], last_line: str, first: bool) -> bool:
    """Whether the marker opens a clause; after a line broken in mid-sentence only the number due next does."""
    if not goes_on(last_line, first):
        return True
    if marker.number == 1:
        return not (marker.kind in ("han_bracket", "arabic_bracket") and last_line[-1:] in "，、第条")
    return any(m.kind == marker.kind and m.number + 1 == marker.number for m in stack)


def _placed(marker: Marker, stack: list[Marker], markers: list[Marker | None], place: int) -> list[Marker]:
    """The markers from the top down to this one."""
    for depth, above in enumerate(stack):
        if above.kind == marker.kind:
            return [*stack[:depth], marker]
    if stack and marker.rank < stack[-1].rank and not _is_child(stack[-1], marker, markers, place):
        kept = [above for above in stack if above.rank < marker.rank]
        return [*kept, marker]
    return [*stack, marker]


def _is_child(top: Marker, marker: Marker, markers: list[Marker | None], place: int) -> bool:
    """A kind that usually stands higher is a child where the numbering above it goes on afterwards."""
    if marker.number != 1 or marker.kind in ("part", "chapter", "clause_section", "article"):
        return False
    for later in markers[place + 1 :]:
        if later and later.kind == top.kind:
            return later.number == top.number + 1
    return False


def _without_contents(lines: list[Line]) -> list[Line]:
    """Without a printed contents list (目录 and the chapter names under it)."""
    start = next((n for n, line in enumerate(lines) if _CONTENTS.match(line.text)), None)
    if start is None:
        return lines
    names = [line.text for line in lines]
    end = start + 1
    while end < len(lines) and names[end] in names[end + 1 :]:
        end += 1
    return lines[:start] + lines[end:]
