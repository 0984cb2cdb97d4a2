"""The import of one file: prepared outside the lock, then stored whole or not at all."""

from __future__ import annotations

import re
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Greatest

from registry import numbering
from registry.errors import Refused
from registry.exchange import sheets
from registry.exchange.entry import Entry
from registry.exchange.report import Problem, Report, RowReport
from registry.exchange.resource import RegisterResource
from registry.models import Kind, Record, Register, Round, Series
from registry.references import Resolver
from registry.saving import RecordDraft, save_records


def import_file(
    register: Register,
    name: str,
    content: bytes,
    *,
    round: Round | None = None,
    actor: Any = None,
    owner: Record | None = None,
    dry_run: bool = False,
) -> Report:
    """Reads `content` (XLSX or CSV) into the register. `actor` None acts as the office, whom no window binds.

    Any refused row means that nothing is stored. Raises Refused for a file or a call that makes no sense.
    """
    round = round or round_for(register, actor)
    return import_dataset(
        register,
        sheets.read(name, content),
        source=name,
        round=round,
        actor=actor,
        owner=owner,
        dry_run=dry_run,
    )


def import_dataset(
    register: Register,
    dataset: tablib.Dataset,
    *,
    source: str,
    round: Round | None = None,
    actor: Any = None,
    owner: Record | None = None,
    dry_run: bool = False,
    resolve: Resolver | None = None,
    only: set[str] | None = None,
    keep: bool = False,
) -> Report:
    """As `import_file`, from rows that are already read."""
    resource = RegisterResource(
        register,
        dataset.headers,
        round=round,
        actor=actor,
        owner=owner,
        resolve=resolve,
        only=only,
        keep=keep,
    )
    # Not the library's dry run: that one opens a transaction, and rows are to be prepared outside the lock.
    result = resource.import_data(dataset, dry_run=False, use_transactions=False)
    for failure in (*result.base_errors, *(error for row in result.rows for error in row.errors)):
        raise failure.error
    report = Report(unknown=resource.columns.unknown)
    report.rows = [row_report(entry) for entry in resource.entries]
    if dry_run or report.refused:
        return report
    written = [entry for entry in resource.entries if not entry.unchanged]
    if written:
        store(register, written, actor=actor, source=source)
        for entry, row in zip(resource.entries, report.rows, strict=True):
            row.number = entry.record.number
    report.stored = bool(written)
    return report


def row_report(entry: Entry) -> RowReport:
    if entry.problems:
        status = "refused"
    elif entry.new:
        status = "new"
    else:
        status = "unchanged" if entry.unchanged else "changed"
    return RowReport(
        entry.row, None if entry.new else entry.record.number, status, entry.problems, entry.verdicts
    )


def store(register: Register, entries: list[Entry], *, actor: Any, source: str) -> None:
    """One transaction, one act. Raises Refused or Stale when somebody else got in between."""
    for entry in entries:
        entry.record.reasons = entry.reasons
    drafts = [
        RecordDraft(entry.record, entry.values, seen_lock=None if entry.new else entry.record.lock_version)
        for entry in entries
    ]
    with transaction.atomic():
        keep_series_ahead(
            register, [entry.record.number for entry in entries if entry.new and entry.record.number]
        )
        save_records(drafts, actor=actor, verb="import", source=source)


def keep_series_ahead(register: Register, numbers: list[str]) -> None:
    """Numbers that came with the file are never drawn again."""
    prefix, _ = numbering.series_of(register.definition)
    taken = [
        int(found[1])
        for text in numbers
        if (found := re.fullmatch(rf"{re.escape(prefix)}(\d{{1,15}})", text))
    ]
    if taken:
        Series.objects.get_or_create(prefix=prefix)
        Series.objects.filter(prefix=prefix).update(next=Greatest("next", max(taken) + 1))


def round_for(register: Register, actor: Any) -> Round | None:
    """The round a filing goes to when none is named: the only open one, else the only one."""
    if register.kind != Kind.FILING:
        return None
    rounds = list(register.rounds.select_related("version", "register"))
    opened = [round for round in rounds if round.is_open()]
    for candidates in (opened, rounds):
        if len(candidates) == 1:
            return candidates[0]
    if not rounds:
        raise Refused(f"登记册“{register.name}”还没有批次，不能导入申报。")
    keys = "、".join(round.key for round in opened or rounds)
    raise Refused(f"登记册“{register.name}”有多个批次（{keys}），请用 --round 指明。")


def organisation(register: Register, written: str) -> Record:
    """The organisation that `--owner` names, by number or name. Raises Refused."""
    definition = register.definition
    spec = definition.by_key.get(definition.owner_field)
    target = spec.options.get("register", "institutions") if spec else "institutions"
    try:
        return Record.objects.select_related("region").get(pk=Resolver()(target, written))
    except ValidationError as problem:
        raise Refused("".join(problem.messages)) from problem


__all__ = ["Problem", "import_dataset", "import_file", "organisation", "round_for"]
