"""Registers out: CSV, XLSX and JSON of the records a list shows."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

import openpyxl
from django.db.models import QuerySet
from import_export import resources

from registry import fields, values
from registry.definition import Definition, FieldSpec
from registry.exchange.cells import CellField
from registry.exchange.entry import Entry
from registry.exchange.sheets import guard
from registry.models import Record, Register

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}
BATCH = 500
Names = Callable[[list[Record], list[Definition]], dict[int, str]]


@dataclass(frozen=True)
class Exported:
    """What a view answers with: `content` (bytes in parts), its type and a file name."""

    content: Iterable[bytes]
    content_type: str
    file_name: str

    @property
    def body(self) -> bytes:
        return b"".join(self.content)


class ExportResource(resources.Resource):
    """A register's columns as django-import-export writes them."""

    def __init__(self, specs: list[FieldSpec]) -> None:
        super().__init__()
        self.fields = {spec.key: CellField(spec, spec.label) for spec in specs}

    def get_export_fields(self, selected_fields: Any = None) -> list[CellField]:
        return list(self.fields.values())

    def cells(self, entry: Entry, names: dict[int, str]) -> list[Any]:
        return [
            field.widget.render(field.get_value(entry), entry, names=names)
            for field in self.get_export_fields()
        ]


def specs_for(definition: Definition, columns: Iterable[str] | None, *, public: bool) -> list[FieldSpec]:
    """The fields that go out: those asked for, in order, never a sensitive one, for the public public ones only."""
    allowed = (
        definition.public_fields if public else [spec for spec in definition.fields if not spec.sensitive]
    )
    if columns is None:
        chosen = allowed
    else:
        by_key = {spec.key: spec for spec in allowed}
        chosen = [by_key[key] for key in dict.fromkeys(columns) if key in by_key]
    return [spec for spec in chosen if spec.key != "title"]


def export(
    register: Register,
    records: QuerySet[Record] | Iterable[Record],
    columns: Iterable[str] | None = None,
    fmt: str = "csv",
    *,
    public: bool = True,
    count: int | None = None,
    next: str | None = None,
    absolute: Any = None,
    names: Names = values.names_of,
) -> Exported:
    """The records as a file. `columns` are field keys (default: all that may be seen); `public` hides the rest.

    JSON is `{"count", "next", "results": [{"number", "title", "url", …field keys}]}`: `count` and `next` come
    from the list (default: the number of records, null), `absolute` makes a path a full address
    (`request.build_absolute_uri`), `names` gives the titles of referred records that this reader may know. Raises KeyError for a format nobody wrote.
    """
    content_type = TYPES[fmt]
    definition = register.definition
    specs = specs_for(definition, columns, public=public)
    rows = entries(records, definition, names)
    if fmt == "json":
        content: Iterable[bytes] = json_parts(rows, specs, records, count=count, next=next, absolute=absolute)
    elif fmt == "csv":
        content = csv_parts(rows, specs, definition)
    else:
        content = [xlsx_body(rows, specs, definition)]
    return Exported(content, content_type, f"{register.key}.{fmt}")


def entries(
    records: QuerySet[Record] | Iterable[Record], definition: Definition, titles: Names = values.names_of
) -> Iterator[tuple[Entry, dict]]:
    """(entry, titles of what it refers to), read in batches: two queries per 500 records."""
    if isinstance(records, QuerySet):
        wanted = ["id", "number", "title", "data", "register_id", "version_id"]
        source: Iterator[Record] = (
            records.select_related(None).only(*wanted).iterator(chunk_size=BATCH)
            if not records.query.is_sliced
            else iter(records)
        )
    else:
        source = iter(records)
    while batch := list(islice(source, BATCH)):
        names = titles(batch, [definition] * len(batch))
        for record in batch:
            yield Entry(row=0, record=record, new=False, values=values.decode(record, definition)), names


def heading(definition: Definition) -> str:
    """What the column of record titles is called."""
    spec = definition.by_key.get(definition.title.get("field", ""))
    return spec.label if spec else definition.title.get("label", "名称")


def table_columns(specs: list[FieldSpec], definition: Definition) -> tuple[list[str], list[FieldSpec], bool]:
    """(header, specs, whether the title has a column of its own)."""
    titled = definition.title.get("field") not in {spec.key for spec in specs}
    header = ["编号", *([heading(definition)] if titled else []), *(spec.label for spec in specs)]
    return header, specs, titled


def table_row(entry: Entry, names: dict, resource: ExportResource, titled: bool) -> list[Any]:
    record = entry.record
    return [record.number, *([guard(record.title)] if titled else []), *resource.cells(entry, names)]


def csv_parts(rows: Iterator, specs: list[FieldSpec], definition: Definition) -> Iterator[bytes]:
    """UTF-8 with BOM, so that a spreadsheet reads it as such."""
    header, specs, titled = table_columns(specs, definition)
    resource = ExportResource(specs)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    yield b"\xef\xbb\xbf"
    for number, (entry, names) in enumerate(rows, 1):
        writer.writerow([text(cell) for cell in table_row(entry, names, resource, titled)])
        if number % BATCH == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def xlsx_body(rows: Iterator, specs: list[FieldSpec], definition: Definition) -> bytes:
    """One sheet; dates and numbers as such, everything else as text."""
    header, specs, titled = table_columns(specs, definition)
    resource = ExportResource(specs)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(definition.name[:31] or "登记册")
    sheet.append(header)
    for entry, names in rows:
        sheet.append([cell_value(cell) for cell in table_row(entry, names, resource, titled)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def json_parts(
    rows: Iterator,
    specs: list[FieldSpec],
    records: Any,
    *,
    count: int | None,
    next: str | None,
    absolute: Any,
) -> Iterator[bytes]:
    if count is None:
        count = records.count() if isinstance(records, QuerySet) else len(records)
    yield f'{{"count": {count}, "next": {json.dumps(next)}, "results": ['.encode()
    first = True
    for entry, names in rows:
        told = json.dumps(json_record(entry, names, specs, absolute), ensure_ascii=False)
        yield (told if first else f", {told}").encode()
        first = False
    yield b"]}"


def json_record(
    entry: Entry, names: dict[int, str], specs: list[FieldSpec], absolute: Any = None
) -> dict[str, Any]:
    """A record as a program reads it: ISO dates, numbers, yes/no as true/false, references by title."""
    record = entry.record
    url = record.get_absolute_url()
    return {
        "number": record.number,
        "title": record.title,
        "url": absolute(url) if absolute else url,
        **{spec.key: json_value(entry.values.get(spec.key), spec, names) for spec in specs},
    }


def json_value(value: Any, spec: FieldSpec, names: dict[int, str]) -> Any:
    if value is None:
        return None
    if spec.type == "rows":
        from registry.fields.rows import columns

        return [
            {
                part.key: json_value(row.get(part.key), part, names)
                for part in columns(spec)
                if not part.sensitive
            }
            for row in value
        ]
    if spec.type == "references":
        return [names.get(item, "") for item in value]
    if spec.type in ("reference", "region", "file"):
        return fields.get(spec.type).display(value, spec, names)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def text(cell: Any) -> str:
    """A cell of a CSV file."""
    if cell is None:
        return ""
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return str(cell)


def cell_value(cell: Any) -> Any:
    """A cell of an XLSX file; control characters, which the format forbids, are left out."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, str):
        return openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", cell)[:32767]
    return cell
