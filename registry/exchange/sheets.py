"""Sheets in: XLSX and CSV as people have them, every row keeping the number the sheet gives it."""

from __future__ import annotations

import codecs
import csv
import io
from typing import Any

import openpyxl
import tablib
from import_export.formats import base_formats

from registry.errors import Refused

ROW = "\0row"  # hidden column: the sheet's own row number, the header being 1
EXTRA = "\0extra"  # hidden column: cells beyond the header's last
MAX_ROWS = 100_000
GUARDED = ("=", "+", "-", "@", "\t", "\r")


def dataset(header: list[Any], rows: list[tuple[int, list[Any]]]) -> tablib.Dataset:
    """Rows (number, cells) under a header; blank rows are left out, short ones filled, long ones keep their rest."""
    names = ["" if cell is None else str(cell) for cell in header]
    while names and not names[-1].strip():
        names.pop()
    made = tablib.Dataset(headers=[*names, EXTRA, ROW])
    width = len(names)
    for number, cells in rows:
        if all(cell is None or not str(cell).strip() for cell in cells):
            continue
        filled = [*cells[:width], *[None] * (width - len(cells))]
        rest = [cell for cell in cells[width:] if cell is not None and str(cell).strip()]
        made.append([*filled, rest, number])
    return made


class Csv(base_formats.CSV):
    """CSV: UTF-8 with or without BOM, UTF-16 with BOM, GB18030; commas, semicolons or tabs."""

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        text = decode(in_stream)
        first = text.partition("\n")[0]
        delimiter = max(",\t;", key=first.count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        if not rows:
            raise Refused("文件是空的，没有表头。")
        return dataset(rows[0], list(enumerate(rows[1:], 2)))


class Xlsx(base_formats.XLSX):
    """XLSX: the active sheet, values as stored (dates as dates, formulas as last computed)."""

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        book = openpyxl.load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True)
        sheet = book.active
        if sheet is None:
            raise Refused("文件中没有工作表。")
        sheet.reset_dimensions()
        rows = [list(cells) for cells in sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 2)]
        book.close()
        if not rows:
            raise Refused("工作表是空的，没有表头。")
        return dataset(rows[0], list(enumerate(rows[1:], 2)))


def decode(content: bytes) -> str:
    """The text of a CSV file. Raises Refused where no known encoding fits."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("无法识别文件的编码；请另存为 UTF-8 或 GB18030 编码的 CSV，或 XLSX。")


def read(name: str, content: bytes) -> tablib.Dataset:
    """The sheet as a dataset with hidden columns ROW and EXTRA. Raises Refused with a Chinese sentence."""
    ending = name.rpartition(".")[2].lower()
    if content.startswith(b"PK"):
        kind: type[base_formats.TablibFormat] = Xlsx
    elif content.startswith(b"\xd0\xcf\x11\xe0") or ending == "xls":
        raise Refused("不能读取旧版 .xls 文件，请另存为 .xlsx 或 CSV。")
    elif ending == "xlsx":
        raise Refused("文件扩展名为 .xlsx，内容却不是；请用表格软件另存一次。")
    else:
        kind = Csv
    try:
        made = kind().create_dataset(content)
    except Refused:
        raise
    except Exception as problem:  # zip, XML and csv each have their own errors for a damaged file
        raise Refused(f"文件无法读取（{problem}），请用表格软件另存后重试。") from problem
    if len(made) > MAX_ROWS:
        raise Refused(f"文件超过{MAX_ROWS:,}行，请分成几个文件。")
    return made


def guard(value: Any) -> Any:
    """A text cell that no spreadsheet takes for a formula: an apostrophe is put before = + - @."""
    return f"'{value}" if isinstance(value, str) and value.startswith(GUARDED) else value


def unguard(value: Any) -> Any:
    """The cell without the apostrophe that `guard` put there."""
    if isinstance(value, str) and value.startswith("'") and value[1:].startswith(GUARDED):
        return value[1:]
    return value
