"""Rules over records: gathers what a rule may look at, and asks `registry.rules`."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from registry import fields, values
from registry.definition import Definition
from registry.models import Record, Register, Round, Stage
from registry.models.register import parsed
from registry.rules import Context, Verdict, judge

MOMENTS = ["save", "submit", "approve"]


class Tables:
    """Reference registers that rules look things up in, read once and indexed by the fields asked for.

    `__call__("titles", {"series": …, "title": …})` → that record's values with `title` and `number`, or None
    where nothing or more than one thing fits.
    """

    def __init__(self) -> None:
        self._rows: dict[str, list[dict]] = {}
        self._indexes: dict[tuple[str, tuple[str, ...]], dict[tuple, list[dict]]] = {}

    def __call__(self, register_key: str, match: dict[str, Any]) -> dict | None:
        columns = tuple(sorted(match))
        index = self._index(register_key, columns)
        found = index.get(tuple(match[column] for column in columns), [])
        return found[0] if len(found) == 1 else None

    def _index(self, register_key: str, columns: tuple[str, ...]) -> dict[tuple, list[dict]]:
        if (register_key, columns) not in self._indexes:
            index: dict[tuple, list[dict]] = {}
            for row in self._read(register_key):
                index.setdefault(tuple(row.get(column) for column in columns), []).append(row)
            self._indexes[register_key, columns] = index
        return self._indexes[register_key, columns]

    def _read(self, register_key: str) -> list[dict]:
        if register_key not in self._rows:
            register = Register.objects.filter(key=register_key, current__isnull=False).first()
            rows = (
                Record.objects.filter(register=register, stage=Stage.APPROVED, withheld=False)
                if register
                else []
            )
            self._rows[register_key] = [
                {**values.decode(row), "title": row.title, "number": row.number} for row in rows
            ]
        return self._rows[register_key]


def context(
    data: dict[str, Any],
    definition: Definition,
    round: Round | None,
    *,
    reasons: dict[str, str] | None = None,
    tables: Tables | None = None,
    targets: dict[int, dict] | None = None,
    owner: Record | None = None,
) -> Context:
    """What the rules of a record may see. References become their target's values (`targets` id → values)."""
    seen = dict(data)
    for spec in definition.fields:
        if spec.type == "reference" and seen.get(spec.key) is not None:
            known = (targets or {}).get(seen[spec.key]) or target_values([seen[spec.key]]).get(seen[spec.key])
            seen[spec.key] = known
    seen["owner"] = {"id": owner.pk, "number": owner.number, "title": owner.title} if owner else None
    today = timezone.localdate()
    return Context(
        values=seen,
        parameters=dict(round.parameters) if round else {},
        reference_date=round.reference_date if round else today,
        today=today,
        reasons=reasons or {},
        tables=tables or Tables(),
        labels={spec.key: spec.label for spec in definition.fields},
    )


def target_values(ids: Iterable[int]) -> dict[int, dict]:
    """Record id → its values with id, number and title, for references; two queries at most."""
    rows = Record.objects.filter(pk__in=set(ids))
    return {
        row.pk: {**values.decode(row), "id": row.pk, "number": row.number, "title": row.title} for row in rows
    }


def judge_values(
    data: dict[str, Any],
    definition: Definition,
    round: Round | None,
    *,
    moments: Iterable[str] = MOMENTS,
    reasons: dict[str, str] | None = None,
    tables: Tables | None = None,
    targets: dict[int, dict] | None = None,
    owner: Record | None = None,
) -> list[Verdict]:
    """One verdict per rule of these moments, in the definition's order."""
    seen = context(data, definition, round, reasons=reasons, tables=tables, targets=targets, owner=owner)
    return [judge(rule, seen) for rule in definition.rules if rule.moment in set(moments)]


def judge_record(
    record: Record, *, moments: Iterable[str] = MOMENTS, tables: Tables | None = None
) -> list[Verdict]:
    """The verdicts on a stored record, under its own version and round. Reads sensitive values, shows none."""
    definition = parsed(record.version_id)
    data = values.decode(record, definition, sensitive=True)
    return judge_values(
        data,
        definition,
        record.round,
        moments=moments,
        reasons=record.reasons,
        tables=tables,
        owner=record.owner,
    )


def judge_records(records: list[Record]) -> dict[int, list[Verdict]]:
    """Record id → verdicts for many records, with a constant number of queries."""
    values.load_keys(records)
    tables = Tables()
    decoded = {
        record.pk: values.decode(record, parsed(record.version_id), sensitive=True) for record in records
    }
    wanted = {
        decoded[record.pk][spec.key]
        for record in records
        for spec in parsed(record.version_id).fields
        if spec.type == "reference" and decoded[record.pk][spec.key]
    }
    targets = target_values(wanted) if wanted else {}
    return {
        record.pk: judge_values(
            decoded[record.pk],
            parsed(record.version_id),
            record.round,
            reasons=record.reasons,
            tables=tables,
            targets=targets,
            owner=record.owner,
        )
        for record in records
    }


def file_name(round: Round | None, data: dict[str, Any], definition: Definition, owner: Record | None) -> str:
    """The name that the round's pattern demands of a scan: `专家推荐+{owner}+{name}` filled in (YN23-25)."""
    text = round.file_name if round else ""
    text = text.replace("{owner}", owner.title if owner else "")
    asked = [spec for spec in definition.fields if f"{{{spec.key}}}" in text and not spec.sensitive]
    targets = {
        pk for spec in asked for _, pk, _ in fields.get(spec.type).links(data.get(spec.key), spec) if pk
    }
    names = dict(Record.objects.filter(pk__in=targets).values_list("pk", "title")) if targets else {}
    for spec in asked:
        text = text.replace(f"{{{spec.key}}}", fields.get(spec.type).display(data.get(spec.key), spec, names))
    return text


def missing(data: dict[str, Any], definition: Definition) -> dict[str, list[str]]:
    """Field key → sentence for each required field without a value."""
    return {
        spec.key: [f"请填写“{spec.label}”。"]
        for spec in definition.fields
        if spec.required and data.get(spec.key) in (None, "", [])
    }


def end_of_day(day: date) -> datetime:
    """The last moment of a day in the site's time zone: a deadline belongs to its day."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, 23, 59, 59))
