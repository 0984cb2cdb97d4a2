"""The `records` of a pack: data files, reshaped where their columns are not the register's, and loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tablib

from registry.errors import Refused
from registry.exchange import sheets
from registry.exchange.intake import import_dataset
from registry.exchange.report import Report
from registry.exchange.sheets import EXTRA, ROW
from registry.models import Register
from registry.packs.files import data_file
from registry.packs.tables import LOADERS

SHOWN = 20


def load(item: dict[str, Any], pack_path: Path, *, dry_run: bool = False) -> Report:
    """One entry of `records`. Raises Refused with the rows that were refused, in words.

    `columns` maps field key → column of the file; `compose` joins columns into a field, with replacements;
    `create` are values for records that are new; a matched record gets only the fields of `update` (default all);
    `key` is a field without which a row is passed over, and of rows with the same one the first counts.
    Empty cells leave a record's value alone: a source that does not know a thing is no reason to forget it.
    """
    path = data_file(pack_path, item["file"])
    dataset = sheets.read(path.name, path.read_bytes())
    if table := item.get("table"):
        if table not in LOADERS:
            raise Refused(f"没有名为“{table}”的数据表；可用：{'、'.join(LOADERS)}。")
        return LOADERS[table](dataset.dict, dry_run=dry_run)
    register = Register.objects.filter(key=item["register"], current__isnull=False).first()
    if register is None:
        raise Refused(f"登记册“{item['register']}”尚未发布，不能载入“{item['file']}”。")
    report = import_dataset(
        register,
        reshape(dataset, item),
        source=item["file"],
        dry_run=dry_run,
        only=set(item["update"]) if "update" in item else None,
        keep=True,
    )
    if report.refused:
        told = [line for line in report.lines()[:-1] if line.startswith("第")]
        more = f"；另有{len(told) - SHOWN}处" if len(told) > SHOWN else ""
        raise Refused(f"“{item['file']}”有{report.refused}行不能载入：{'；'.join(told[:SHOWN])}{more}")
    return report


def reshape(dataset: tablib.Dataset, item: dict[str, Any]) -> tablib.Dataset:
    """The file's rows with the register's columns."""
    if not {"columns", "compose", "create", "key"} & set(item):
        return dataset
    columns: dict[str, str] = item.get("columns") or {
        header: header for header in dataset.headers if header not in (EXTRA, ROW)
    }
    composed: dict[str, dict] = item.get("compose", {})
    create: dict[str, Any] = item.get("create", {})
    wanted = {*columns.values(), *(source for part in composed.values() for source in part["from"])}
    if missing := sorted(wanted - set(dataset.headers)):
        raise Refused(f"“{item['file']}”没有列：{'、'.join(missing)}。")
    made = tablib.Dataset(headers=[*columns, *composed, *create, EXTRA, ROW])
    seen: set[str] = set()
    for row in dataset.dict:
        cells = {key: row[source] for key, source in columns.items()}
        cells |= {key: compose(row, part) for key, part in composed.items()}
        if key := item.get("key"):
            text = str(cells.get(key) or "").strip()
            if not text or text in seen:
                continue
            seen.add(text)
        made.append([*cells.values(), *create.values(), row[EXTRA], row[ROW]])
    return made


def compose(row: dict[str, Any], part: dict[str, Any]) -> str:
    """The columns of `from` joined, each replaced as `replace` says."""
    replace = part.get("replace", {})
    return "".join(
        replace.get(text, text) for text in (str(row[source] or "").strip() for source in part["from"])
    )
