"""Which record a row means: by number, else by a unique field, among those the importer may edit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from import_export.instance_loaders import BaseInstanceLoader

from registry import slots, values
from registry.exchange.entry import Entry
from registry.exchange.report import Problem
from registry.exchange.sheets import ROW
from registry.fields.base import half_width
from registry.models import Kind, Record, RegisterVersion, Round
from registry.numbering import NUMBER
from registry.permissions import can_edit
from registry.saving import unique_message

if TYPE_CHECKING:
    from registry.exchange.resource import RegisterResource

CHUNK = 500


def chunks(wanted: set) -> Iterator[list]:
    """The set in sorted lists of at most CHUNK."""
    listed = sorted(wanted)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


class Matcher(BaseInstanceLoader):
    """Looks all rows' numbers and unique keys up at once, before the first row is read."""

    resource: RegisterResource

    def __init__(self, resource: RegisterResource, dataset: Any) -> None:
        super().__init__(resource, dataset)
        self.number: dict[int, str] = {}
        self.keys: dict[int, list[tuple[str, str, str]]] = {}  # row → (field key, slot, text)
        self.by_number: dict[str, Record] = {}
        self.by_key: dict[tuple[str, str], Record] = {}
        self.seen: dict[tuple[str, str], int] = {}
        for cells in dataset.dict if dataset is not None else []:
            self._remember(cells)
        self._load()

    def _remember(self, row: dict) -> None:
        resource, number = self.resource, row[ROW]
        if header := resource.columns.number:
            self.number[number] = half_width(row.get(header) or "")
        shadow = resource.blank(resource.owner_of(row, tell=None))
        parsed: dict[str, Any] = {}
        for key, field in resource.fields.items():
            if key in resource.key_fields:
                try:
                    parsed[key] = field.widget.clean(row.get(field.column_name))
                except ValidationError:
                    parsed[key] = None  # said again, with its column, when the row is read
        self.keys[number] = [
            (spec.key, slot, text)
            for spec, slot in resource.uniques
            if (text := slots.unique_key(shadow, spec, parsed.get(spec.key), parsed))
        ]

    def _load(self) -> None:
        """Each record once, with what it belongs to: a constant number of queries per 500 rows."""
        resource = self.resource
        mine = Record.objects.filter(register=resource.register)
        numbers: dict[str, int] = {}
        for chunk in chunks({number for number in self.number.values() if number}):
            numbers |= dict(mine.filter(number__in=chunk).values_list("number", "pk"))
        keys: dict[tuple[str, str], int] = {}
        for _, slot in resource.uniques:
            for chunk in chunks({text for told in self.keys.values() for _, at, text in told if at == slot}):
                found = mine.filter(**{f"{slot}__in": chunk}).values_list(slot, "pk")
                keys |= {(slot, text): pk for text, pk in found}
        records: dict[int, Record] = {}
        for chunk in chunks({*numbers.values(), *keys.values()}):
            records |= Record.objects.in_bulk(chunk)
        self._attach(list(records.values()))
        self.by_number = {number: records[pk] for number, pk in numbers.items()}
        self.by_key = {key: records[pk] for key, pk in keys.items()}

    def _attach(self, records: list[Record]) -> None:
        resource = self.resource
        versions = RegisterVersion.objects.in_bulk({record.version_id for record in records})
        rounds = Round.objects.in_bulk({record.round_id for record in records if record.round_id})
        owners: dict[int, Record] = {}
        for chunk in chunks({record.owner_id for record in records if record.owner_id}):
            owners |= Record.objects.select_related("region").in_bulk(chunk)
        for record in records:
            record.register = resource.register
            record.version = versions[record.version_id]
            if record.round_id:
                record.round = rounds[record.round_id]
            if record.owner_id:
                record.owner = owners[record.owner_id]
        if resource.definition.sensitive_keys:
            values.load_keys(records)

    def entry(self, row: dict) -> Entry:
        """The row's entry with the record it means, or a blank one; what is wrong stands in `problems`."""
        resource, at = self.resource, row[ROW]
        problems: list[Problem] = []
        owner = resource.owner_of(row, tell=problems)
        record = self._by_number(row, problems) or self._by_unique(row, problems)
        self._check_repeats(row, record, problems)
        number = self.number.get(at)
        if record is not None and number and number != record.number and not problems:
            told = "编号与按唯一字段找到的记录不符；编号一经给出不再更改，请核对。"
            problems.append(Problem(resource.columns.number, number, told))
        if record is None:
            record, new = resource.blank(owner), True
            if number:
                record.number = number
        else:
            new = False
        entry = Entry(row=at, record=record, new=new, problems=problems)
        if not new:
            entry.before = values.decode(record, sensitive=True)
            entry.values = dict(entry.before)
            entry.reasons = dict(record.reasons or {})
            entry.state_before = entry.state
            resource.settle(entry, owner)
        return entry

    def _by_number(self, row: dict, problems: list[Problem]) -> Record | None:
        resource, number = self.resource, self.number.get(row[ROW], "")
        if not number:
            return None
        told = resource.columns.number
        if not NUMBER.fullmatch(number):
            problems.append(Problem(told, number[:60], "编号只能由字母、数字和连字符组成。"))
            return None
        record = self.by_number.get(number)
        if record is None:
            if resource.register.kind == Kind.FILING:
                problems.append(
                    Problem(told, number, "没有可由您修改的这一编号；新的申报请将编号留空，由系统给出。")
                )
            return None
        if not self._mine(record):
            problems.append(Problem(told, number, "没有可由您修改的这一编号。"))
            return None
        return record

    def _by_unique(self, row: dict, problems: list[Problem]) -> Record | None:
        if problems and any(problem.column == self.resource.columns.number for problem in problems):
            return None
        for key, slot, text in self.keys[row[ROW]]:
            record = self.by_key.get((slot, text))
            if record is None:
                continue
            if self._mine(record):
                return record
            problems.append(self._held(key, row))
            return None
        return None

    def _check_repeats(self, row: dict, record: Record | None, problems: list[Problem]) -> None:
        """The later of two rows with one key is refused; so is a key that another record holds."""
        at = row[ROW]
        told = list(self.keys[at])
        if number := self.number.get(at):
            told.append(("\0number", "number", number))
        if record is not None:
            told.append(("\0record", "record", str(record.pk)))
        for key, slot, text in told:
            holder = self.by_key.get((slot, text))
            if record is not None and holder is not None and holder.pk != record.pk:
                problems.append(self._held(key, row))
            first = self.seen.setdefault((slot, text), at)
            if first != at:
                column, value = self.resource.shown(key, row)
                sentence = f"与第{first}行重复，同一文件中只能有一行。"
                if sentence not in (problem.message for problem in problems):
                    problems.append(Problem(column, value, sentence, self.resource.clause_of(key)))

    def _held(self, key: str, row: dict) -> Problem:
        column, value = self.resource.shown(key, row)
        spec = self.resource.definition.by_key[key]
        return Problem(column, value, unique_message(spec, None), spec.clause)

    def _mine(self, record: Record) -> bool:
        resource = self.resource
        if resource.round is not None and record.round_id not in (None, resource.round.pk):
            return False
        return resource.actor is None or can_edit(resource.viewer, record)[0]
