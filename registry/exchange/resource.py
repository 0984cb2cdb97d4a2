"""RegisterResource: django-import-export over a register. Rows become entries; nothing is written here."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from import_export import resources

from registry import judging
from registry.definition import ClauseRef, FieldSpec
from registry.errors import Refused
from registry.exchange import columns as headers
from registry.exchange.cells import CellField
from registry.exchange.entry import Entry
from registry.exchange.matching import Matcher
from registry.exchange.report import Problem
from registry.exchange.sheets import EXTRA, ROW
from registry.models import Kind, Record, Region, Register, Round, Stage, Standing
from registry.permissions import can_create, viewer
from registry.places import find_region
from registry.references import Resolver
from registry.sealing import mask
from registry.visibility import is_public


class RegisterResource(resources.Resource):
    """One import into one register. `actor` None acts as the office; `owner` is given or read from the row.

    `only` limits what a matched record may get, `keep` leaves values alone where the cell is empty (packs).
    """

    class Meta:
        skip_diff = True
        report_skipped = True
        use_transactions = False
        store_row_values = False
        instance_loader_class = Matcher
        import_id_fields: list[str] = []

    def __init__(
        self,
        register: Register,
        sheet_headers: list[str],
        *,
        round: Round | None = None,
        actor: Any = None,
        owner: Record | None = None,
        resolve: Resolver | None = None,
        only: set[str] | None = None,
        keep: bool = False,
    ) -> None:
        super().__init__()
        self.register, self.round, self.actor, self.owner = register, round, actor, owner
        self.version = round.version if round else register.current
        if self.version is None:
            raise Refused(f"登记册“{register.name}”尚未发布任何版本。")
        self.definition = self.version.parsed
        self.viewer = viewer(actor) if actor is not None else None
        self.resolve = resolve or Resolver()
        self.only, self.keep = only, keep
        self.columns = headers.match(sheet_headers, self.definition)
        self.fields = {
            key: CellField(self.definition.by_key[key], header, self.resolve)
            for key, header in self.columns.fields.items()
        }
        self.uniques: list[tuple[FieldSpec, str]] = [
            (spec, register.uniques[spec.key])
            for spec in self.definition.fields
            if spec.unique and spec.key in register.uniques
        ]
        self.key_fields = {
            key for spec, _ in self.uniques for key in (spec.key, *spec.options.get("unique_with", []))
        }
        self.tables = judging.Tables()
        self.targets: dict[int, dict] = {}
        self.entries: list[Entry] = []
        self.owners: dict[Any, Record | None] = {}
        self.regions: dict[str, Region | None] = {}

    def get_queryset(self) -> Any:
        return Record.objects.filter(register=self.register)

    # Rows

    def get_import_fields(self) -> list[CellField]:
        return list(self.fields.values())

    def get_or_init_instance(self, instance_loader: Matcher, row: dict) -> tuple[Entry, bool]:
        entry = instance_loader.entry(row)
        self.entries.append(entry)
        return entry, entry.new

    def import_field(
        self, field: CellField, instance: Entry, row: dict, is_m2m: bool = False, **kwargs: Any
    ) -> None:
        key = field.spec.key
        if self.only is not None and not instance.new and key not in self.only:
            return
        raw = row.get(field.column_name)
        if self.keep and not instance.new and (raw is None or not str(raw).strip()):
            return
        try:
            field.save(instance, row)
        except ValidationError as problem:
            column, value = self.shown(key, row)
            instance.problems += [
                Problem(column, value, text, field.spec.clause) for text in problem.messages
            ]

    def after_init_instance(self, instance: Entry, new: bool, row: dict, **kwargs: Any) -> None:
        rest = row.get(EXTRA) or []
        if not rest:
            return
        last = next(reversed([header for header in row if header not in (EXTRA, ROW)]), "")
        key = next((key for key, header in self.columns.fields.items() if header == last), "")
        if key and self.definition.by_key[key].type in ("text", "long_text"):
            row[last] = ",".join(str(part) for part in (row[last] or "", *rest))
        else:
            value = "、".join(map(str, rest))
            instance.problems.append(
                Problem("", value[:60], f"该行比表头多出{len(rest)}格，请检查是否串列。")
            )

    def skip_row(
        self, instance: Entry, original: Any, row: dict, import_validation_errors: Any = None
    ) -> bool:
        """Completes the entry; True when it changes nothing."""
        self._complete(instance, row)
        if instance.problems:
            return False
        instance.unchanged = (
            not instance.new and not instance.touched and instance.state == instance.state_before
        )
        return instance.unchanged

    def validate_instance(self, instance: Entry, *args: Any, **kwargs: Any) -> None:
        if not instance.problems:
            self._permit(instance)
            self._demand(instance)
        if instance.problems:
            raise ValidationError([problem.message for problem in instance.problems])

    def save_instance(self, instance: Entry, *args: Any, **kwargs: Any) -> None:
        """Writing is done for the whole file at once, by whoever runs the import."""

    def save_m2m(self, *args: Any, **kwargs: Any) -> None:
        """Links are written by the one save path."""

    # What a row is judged by

    def _complete(self, entry: Entry, row: dict) -> None:
        record = entry.record
        if self.register.kind == Kind.REFERENCE:
            if region := self._region(entry):
                record.region = region
            if entry.new:
                record.stage, record.standing = Stage.APPROVED, Standing.VALID
            record.public = is_public(record)
        reason = str(row.get(self.columns.reason) or "").strip() if self.columns.reason else ""
        given = {"*": reason} if self.columns.reason else entry.reasons
        if not entry.problems and self.definition.rules:
            entry.verdicts = [
                verdict for verdict in self._judge(entry, given) if verdict.outcome != "not_applicable"
            ]
        if self.columns.reason:
            excused = [verdict.rule for verdict in entry.verdicts if verdict.outcome == "excused"]
            entry.reasons = dict.fromkeys(excused, reason)

    def _judge(self, entry: Entry, reasons: dict[str, str]) -> list[Any]:
        wanted = {
            entry.values[spec.key]
            for spec in self.definition.fields
            if spec.type == "reference" and entry.values.get(spec.key)
        }
        if missing := wanted - self.targets.keys():
            self.targets |= judging.target_values(missing)
        return judging.judge_values(
            entry.values,
            self.definition,
            self.round,
            reasons=reasons,
            tables=self.tables,
            targets=self.targets,
            owner=entry.record.owner,
        )

    def _permit(self, entry: Entry) -> None:
        record = entry.record
        if self.register.kind == Kind.FILING and record.owner_id is None and self.definition.owner_field:
            spec = self.definition.by_key[self.definition.owner_field]
            told = "空缺，无法确定由哪个单位申报；请填写，或用 --owner 指明单位。"
            entry.problems.append(
                Problem(headers.label_of(self.columns, spec), "", f"{spec.label}{told}", spec.clause)
            )
        if not entry.new and self.register.kind == Kind.FILING and not record.editable:
            told = f"该申报现为“{record.get_stage_display()}”，不能用导入更改。"
            entry.problems.append(Problem(self.columns.number, record.number, told))
        if self.viewer is None:
            return
        allowed, why = can_create(self.viewer, self.register, record.owner, self.round)
        if not allowed and (entry.new or self.register.kind == Kind.FILING):
            entry.problems.append(Problem("", "", why))

    def _demand(self, entry: Entry) -> None:
        """A filing's draft answers to the rules of the moment `save`, a reference record to all of them."""
        reference = self.register.kind == Kind.REFERENCE
        if reference:
            for key, sentences in judging.missing(entry.values, self.definition).items():
                spec = self.definition.by_key[key]
                if entry.new or key in entry.touched:
                    entry.problems += [
                        Problem(headers.label_of(self.columns, spec), "", text, spec.clause)
                        for text in sentences
                    ]
        rules = {rule.key: rule for rule in self.definition.rules}
        for verdict in entry.verdicts:
            rule = rules[verdict.rule]
            blocking = verdict.outcome == "fail" or (reference and verdict.outcome == "needs_reason")
            if not blocking or not (reference or rule.moment == "save"):
                continue
            if not entry.new and rule.fields and not entry.touched & set(rule.fields):
                continue  # nobody touched what the rule speaks of
            spec = self.definition.by_key.get(rule.fields[0]) if rule.fields else None
            found = mask(verdict.found) if spec and spec.sensitive else verdict.found
            column = headers.label_of(self.columns, spec) if spec else ""
            entry.problems.append(Problem(column, found, verdict.message, rule.clause))

    # Owner, region, number

    def blank(self, owner: Record | None) -> Record:
        """A new record as this import would make it."""
        return Record(
            register=self.register,
            version=self.version,
            round=self.round,
            owner=owner,
            region=owner.region if owner else None,
            created_by=self.actor if getattr(self.actor, "pk", None) else None,
        )

    def settle(self, entry: Entry, owner: Record | None) -> None:
        """A matched record's owner follows the row where the row names one."""
        if owner is not None and owner.pk != entry.record.owner_id:
            entry.record.owner = owner
            if self.register.kind == Kind.FILING:
                entry.record.region = owner.region

    def owner_of(self, row: dict, tell: list[Problem] | None) -> Record | None:
        """The organisation a row belongs to: a clerk's own, the one given, else the one the owner field names."""
        if self.viewer is not None and self.register.kind == Kind.FILING and not self.viewer.is_office:
            own = self.viewer.organisations
            if len(own) == 1:
                return own[0]
        if self.owner is not None:
            return self.owner
        spec = self.definition.by_key.get(self.definition.owner_field)
        header = self.columns.fields.get(spec.key) if spec else None
        raw = row.get(header) if header else None
        if raw is None or not str(raw).strip():
            return None
        if raw not in self.owners:
            register = spec.options.get("register", "institutions")
            try:
                self.owners[raw] = Record.objects.select_related("region").get(pk=self.resolve(register, raw))
            except ValidationError:
                self.owners[raw] = None  # a reference field says so itself when it is read
                if spec.type != "reference" and tell is not None:
                    tell.append(Problem(header, str(raw), f"“{raw}”不在院校登记册中。", spec.clause))
        return self.owners[raw]

    def _region(self, entry: Entry) -> Region | None:
        key = self.definition.region_field
        for name in (entry.values.get(key), entry.values.get("province")) if key else ():
            if name is None:
                continue
            if str(name) not in self.regions:
                try:
                    self.regions[str(name)] = find_region(str(name))
                except ValidationError:
                    self.regions[str(name)] = None  # no region of that name: the record has none
            if self.regions[str(name)] is not None:
                return self.regions[str(name)]
        return entry.record.owner.region if entry.record.owner else None

    def shown(self, key: str, row: dict) -> tuple[str, str]:
        """(column, value) as the sheet has them, masked where the field is sensitive."""
        if key == "\0number":
            return self.columns.number, str(row.get(self.columns.number) or "")
        spec = self.definition.by_key.get(key)
        if spec is None:
            return "", ""
        header = headers.label_of(self.columns, spec)
        raw = row.get(header)
        text = "" if raw is None else str(raw)
        return header, mask(text) if spec.sensitive and text else text[:200]

    def clause_of(self, key: str) -> ClauseRef | None:
        spec = self.definition.by_key.get(key)
        return spec.clause if spec else None
