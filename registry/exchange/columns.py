"""Which column of a sheet is which field: by label, key or alias, however the header is written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from registry.definition import Definition, FieldSpec
from registry.errors import Refused
from registry.exchange.sheets import EXTRA, ROW

NUMBER_NAMES = ("number", "编号", "登记编号")
REASON_NAMES = ("reasons", "reason", "理由")


@dataclass
class Columns:
    """The headers that were recognised, and those that were not."""

    fields: dict[str, str] = field(default_factory=dict)  # field key → header
    number: str = ""
    reason: str = ""
    unknown: list[str] = field(default_factory=list)


def simple(text: str) -> str:
    """A header as it is compared: half-width, no spaces, no marks of a required column."""
    return re.sub(r"[\s*＊:：]", "", unicodedata.normalize("NFKC", text)).casefold()


def match(headers: list[str], definition: Definition) -> Columns:
    """Raises Refused when no column fits, or two fit the same field."""
    names: dict[str, str] = {}
    for spec in definition.fields:
        for name in (*spec.aliases, spec.label, spec.key):
            names[simple(name)] = spec.key
    for spec in definition.fields:  # a label or key always wins over another field's alias
        names[simple(spec.label)] = names[simple(spec.key)] = spec.key
    if any(rule.severity == "soft" for rule in definition.rules):
        names |= {simple(name): "\0reason" for name in REASON_NAMES if simple(name) not in names}
    names |= {simple(name): "\0number" for name in NUMBER_NAMES if simple(name) not in names}

    found = Columns()
    taken: dict[str, str] = {}
    for header in headers:
        if header in (EXTRA, ROW) or not header.strip():
            continue
        text = simple(header)
        key = names.get(text) or names.get(re.sub(r"\([^()]*\)$", "", text))
        if key is None:
            found.unknown.append(header)
            continue
        if key in taken:
            raise Refused(f"“{taken[key]}”与“{header}”两列都对应同一字段，请只留一列。")
        taken[key] = header
        if key == "\0reason":
            found.reason = header
        elif key == "\0number":
            found.number = header
        else:
            found.fields[key] = header
    if not found.fields:
        labels = "、".join(spec.label for spec in definition.fields[:8])
        raise Refused(f"第1行没有认出任何一列；表头应为字段名称，如{labels}。")
    return found


def label_of(columns: Columns, spec: FieldSpec) -> str:
    """What the sheet calls the field, else its label."""
    return columns.fields.get(spec.key, spec.label)
