"""Opens .txt and .docx files and gives their lines and tables in reading order."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from home.importer.numbering import Numbering
from home.importer.typography import tidy

if TYPE_CHECKING:
    from home.importer.tree import NoticeTree

LARGEST = 20 * 1024 * 1024  # bytes


class Unreadable(ValueError):
    """The file cannot be read; the message is a Chinese sentence."""


@dataclass
class Line:
    """One line: tidied, and as it stands in the file (spaces part the cells of a flattened table)."""

    text: str
    raw: str = ""

    def __post_init__(self) -> None:
        self.raw = self.raw.strip() or self.text


@dataclass
class Table:
    """A table of the file: rows of cells, as text."""

    rows: list[list[str]]


Block = Line | Table

_NOISE = (
    re.compile(r"^[—\-－–―_·•\s]*\d{1,3}[—\-－–―_·•\s]*$"),
    re.compile(r"^第\s*\d+\s*页(?:[，,/／\s]*共\s*\d+\s*页)?$"),
    re.compile(r"^mailto:", re.IGNORECASE),
    re.compile(r"[.．…·]{4,}\s*\d+$"),
)


def is_noise(line: str) -> bool:
    """Page numbers, stray mail links and lines of a printed contents list."""
    return any(pattern.search(line) for pattern in _NOISE)


def read_document(path: str | Path) -> NoticeTree:
    """The document in the file at `path`. Raises Unreadable."""
    from home.importer.parse import parse_blocks

    path = Path(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(f"文件“{path}”不存在。") from error
    except OSError as error:
        raise Unreadable(f"无法读取文件“{path}”，请检查权限。") from error
    return parse_blocks(read_blocks(content, path.name))


def read_blocks(content: bytes, name: str) -> list[Block]:
    """Lines and tables of a file's `content`; `name` tells the format. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable(f"文件“{name}”超过 {LARGEST // 1024 // 1024} MB，请拆分后再导入。")
    if content.startswith(b"PK") or name.lower().endswith(".docx"):
        return _docx_blocks(content, name)
    if content.startswith((b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(f"文件“{name}”不是文本或 .docx：请先另存为 .docx 或 .txt 再导入。")
    return text_blocks(_decode(content, name))


def _decode(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"文件“{name}”的文字编码无法识别，请另存为 UTF-8 文本。")


def text_blocks(text: str) -> list[Block]:
    """Lines of plain text without noise; runs of lines with tabs or bars are tables."""
    blocks: list[Block] = []
    rows: list[list[str]] = []

    def close() -> None:
        if len(rows) > 1:
            blocks.append(Table([list(row) for row in rows]))
        elif rows:
            blocks.append(Line(tidy("".join(rows[0])), " ".join(rows[0])))
        rows.clear()

    for raw in re.split(r"\r\n|[\r\n\f\v\u2028\u2029]", text):
        cells = _cells(raw)
        if cells:
            rows.append(cells)
            continue
        line = tidy(raw)
        if not line:
            continue
        close()
        if not is_noise(line):
            blocks.append(Line(line, raw))
    close()
    return blocks


def _cells(raw: str) -> list[str] | None:
    stripped = raw.strip()
    if "|" in stripped and stripped.count("|") >= 2:
        return [tidy(cell) for cell in stripped.strip("|").split("|")]
    if re.search(r"\S\t+\S", raw) and not re.match(r"^\s*[（(]?[\d一二三四五六七八九十]+[）).、．]", raw):
        return [tidy(cell) for cell in raw.strip().split("\t")]
    return None


def _docx_blocks(content: bytes, name: str) -> list[Block]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table as WordTable

    try:
        document = docx.Document(BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Unreadable(f"文件“{name}”不是可读的 .docx 文档。") from error
    numbering = Numbering(document)
    blocks: list[Block] = []
    for item in document.iter_inner_content():
        if isinstance(item, WordTable):
            rows = [_row(row) for row in item.rows]
            rows = [row for row in rows if row]
            if len(rows) == 1 and len(rows[0]) == 1:  # a frame around text
                blocks.extend(Line(tidy(t), t) for t in rows[0][0].splitlines() if tidy(t))
            elif rows:
                blocks.append(Table(rows))
            continue
        text = numbering.marker(item) + item.text
        for part in re.split(r"[\n\f\v]", text):
            line = tidy(part)
            if line and not is_noise(line):
                blocks.append(Line(line, part))
    return blocks


def _row(row) -> list[str]:
    """Cells of a Word row, a merged cell once."""
    cells, last = [], None
    for cell in row.cells:
        if cell._tc is last:
            continue
        last = cell._tc
        cells.append("\n".join(filter(None, (tidy(p.text) for p in cell.paragraphs))))
    return cells
