"""Forms whose table a text file has flattened: labels, a head line of cells, rows to fill in, a total."""

from __future__ import annotations

import re

from home.importer.reading import Line
from home.importer.tree import TreeTable
from home.importer.typography import tidy, width

_FORM_NAME = re.compile(r"(?:表|清单|名单|名册|一览)(?:[（(].{1,12}[）)])?$")
_FOOTER = re.compile(r"^[\u4e00-\u9fff（）()]{2,12}[：:]$")
_ROW = re.compile(r"^(?:[（(]可加行[）)]|合\s*计|小\s*计|总\s*计)$")


def is_form(title: str) -> bool:
    """Whether an attachment of this name is a form (…表)."""
    return bool(_FORM_NAME.search(title))


def cells_of(line: Line) -> list[str]:
    """The cells of a flattened row: what spaces part, digits and units kept together."""
    return [tidy(part) for part in re.split(r"[\s\u3000]+", line.raw.strip()) if part.strip()]


def read_form(lines: list[Line], section: str) -> tuple[list[TreeTable], list[Line]]:
    """The tables of a flattened form and the lines that are none of its cells.

    A line of three or more cells is the head of a block; the single cell before it is the block's caption;
    blocks run to the next caption. Lines before the first block are head fields (label, empty value),
    lines ending in a colon after the last block are what is signed.
    """
    heads = [n for n, line in enumerate(lines) if len(cells_of(line)) >= 3 and width(line.text) < 90]
    heads = [n for n in heads if not re.search(r"[。；，]", lines[n].text)]
    if not heads:
        return [], lines
    tables: list[TreeTable] = []
    first = _caption_place(lines, heads[0])
    fields = [[cell for label in cells_of(line) for cell in (label, "")] for line in lines[:first]]
    if fields:
        tables.append(TreeTable(fields, section, ""))
    end = heads[0]
    for number, head in enumerate(heads):
        start = _caption_place(lines, head)
        caption = lines[start].text if start < head else ""
        stop = _caption_place(lines, heads[number + 1]) if number + 1 < len(heads) else len(lines)
        columns = cells_of(lines[head])
        rows = [[caption]] if caption else []
        rows.append(columns)
        end = head + 1
        while end < stop and (_ROW.match(lines[end].text) or (number + 1 < len(heads) and end < stop)):
            cells = cells_of(lines[end])
            rows.append(cells + [""] * (len(columns) - len(cells)))
            end += 1
        tables.append(TreeTable(rows, section, caption))
    signed = []
    while end < len(lines) and _FOOTER.match(lines[end].text):
        signed.append([lines[end].text.rstrip("：:"), ""])
        end += 1
    if signed:
        tables.append(TreeTable(signed, section, ""))
    return tables, lines[end:]


def _caption_place(lines: list[Line], head: int) -> int:
    """The line of the caption above the head line, or the head line itself."""
    if head and len(cells_of(lines[head - 1])) == 1 and not _ROW.match(lines[head - 1].text):
        return head - 1
    return head
