"""A pack's own examples: given values, the verdict expected of each rule. Needs no database."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from registry import fields, judging
from registry.definition import Definition
from registry.exchange import columns as headers
from registry.exchange import sheets
from registry.exchange.cells import CellWidget
from registry.models import Round
from registry.packs import files, loading, rounds


class FileTables:
    """What rules look up, read from the packs' data files instead of the database."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {}

    def __call__(self, register_key: str, match: dict[str, Any]) -> dict[str, Any] | None:
        found = [
            row
            for row in self._read(register_key)
            if all(row.get(key) == value for key, value in match.items())
        ]
        return found[0] if len(found) == 1 else None

    @cached_property
    def _packs(self) -> list[tuple[Any, dict[str, Any]]]:
        return [(files.path_of(name), files.load(name)) for name in files.names()]

    def _read(self, register_key: str) -> list[dict[str, Any]]:
        if register_key not in self._rows:
            self._rows[register_key] = [
                row
                for path, pack in self._packs
                for register in pack.get("registers", [])
                if register["key"] == register_key
                for item in pack.get("records", [])
                if item.get("register") == register_key
                for row in self._file(path, item, Definition.from_dict(register))
            ]
        return self._rows[register_key]

    def _file(self, path: Any, item: dict[str, Any], definition: Definition) -> list[dict[str, Any]]:
        file = files.data_file(path, item["file"])
        dataset = loading.reshape(sheets.read(file.name, file.read_bytes()), item)
        columns = headers.match(dataset.headers, definition).fields
        plain = [
            definition.by_key[key]
            for key in columns
            if definition.by_key[key].type not in ("reference", "references")
        ]
        return [
            {spec.key: CellWidget(spec).clean(row[columns[spec.key]]) for spec in plain}
            for row in dataset.dict
        ]


def run(name: str) -> list[tuple[str, list[str]]]:
    """(case, what was otherwise) for each of the pack's tests; an empty list is a pass."""
    pack = files.load(name)
    tables = FileTables()
    definitions = {item["key"]: Definition.from_dict(item) for item in pack.get("registers", [])}
    opened = {item["key"]: item for item in pack.get("rounds", [])}
    return [
        (case.get("name", f"第{number}例"), _case(case, definitions, opened, tables))
        for number, case in enumerate(pack.get("tests", []), 1)
    ]


def _case(
    case: dict, definitions: dict[str, Definition], opened: dict[str, dict], tables: FileTables
) -> list[str]:
    definition = definitions.get(case["register"])
    if definition is None:
        return [f"方案中没有登记册“{case['register']}”"]
    item = opened.get(case.get("round", ""))
    if case.get("round") and item is None:
        return [f"方案中没有批次“{case['round']}”"]
    round = Round(key=item["key"], **rounds.columns(item)) if item else None
    try:
        data, targets = _values(case.get("given", {}), definition)
    except ValidationError as problem:
        return problem.messages
    verdicts = {
        verdict.rule: verdict
        for verdict in judging.judge_values(
            data, definition, round, reasons=case.get("reasons", {}), tables=tables, targets=targets
        )
    }
    wrong = []
    for rule, expected in case.get("expect", {}).items():
        if rule not in verdicts:
            wrong.append(f"没有规则“{rule}”")
        elif verdicts[rule].outcome != expected:
            verdict = verdicts[rule]
            wrong.append(
                f"规则“{verdict.label}”应为{expected}，实为{verdict.outcome}（现值：{verdict.found}）"
            )
    return wrong


def _values(given: dict[str, Any], definition: Definition) -> tuple[dict[str, Any], dict[int, dict]]:
    """Python values by field key, and what the references in them point to: records that exist for the test alone."""
    targets: dict[int, dict] = {}

    def resolve(register: str, written: Any) -> int:
        number = -1 - len(targets)
        told = written if isinstance(written, dict) else {"title": str(written)}
        targets[number] = {"id": number, "number": "", **told}
        return number

    data = {}
    for key, value in given.items():
        if key not in definition.by_key:
            raise ValidationError(f"没有字段“{key}”")
        spec = definition.by_key[key]
        data[key] = fields.get(spec.type).to_python(value, spec, resolve)
    return data, targets
