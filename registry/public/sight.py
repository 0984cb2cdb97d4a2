"""Sight: which of a register's fields and of its references' names one viewer of the public pages may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from registry import fields
from registry.definition import Definition, FieldSpec
from registry.models import Kind, Record, Region, Register, Role
from registry.permissions import Viewer, viewer, visible_records

UNNAMED = "（未公开）"


@dataclass(frozen=True)
class Target:
    """A record that another one refers to: what a link to it needs."""

    title: str
    url: str


class Sight:
    """What `user` sees of `register`. Sensitive fields are never part of it: the desk shows those, masked and logged.

    `whole`: all other fields rather than the public ones only.
    """

    def __init__(self, register: Register, user: Any) -> None:
        self.register = register
        self.viewer: Viewer = viewer(user)
        self.definition: Definition = register.definition

    @cached_property
    def whole(self) -> bool:
        """Offices and auditors see whole records, editors those of reference registers; of a register that is not
        public everybody else sees, whole, the records that are theirs to see."""
        if not self.viewer.signed_in:
            return False
        if self.viewer.has(Role.OFFICE, Role.ADMINISTRATOR, Role.AUDITOR):
            return True
        if self.register.kind == Kind.REFERENCE and self.viewer.has(Role.EDITOR):
            return True
        return not self.register.public

    @cached_property
    def specs(self) -> list[FieldSpec]:
        if self.whole:
            return [spec for spec in self.definition.fields if not spec.sensitive]
        return self.definition.public_fields

    @cached_property
    def by_key(self) -> dict[str, FieldSpec]:
        return {spec.key: spec for spec in self.specs}

    def records(self) -> QuerySet[Record]:
        return visible_records(self.viewer, self.register)

    def values(self, data: dict) -> dict[str, Any]:
        """Stored data → Python values of the visible fields, defaults applied."""
        raw = {key: data.get(key) for key in self.by_key}
        return {
            key: fields.get(spec.type).from_json(spec.default if raw[key] is None else raw[key], spec)
            for key, spec in self.by_key.items()
        }

    def targets(self, rows: Iterable[dict[str, Any]]) -> dict[int, Target]:
        """The records that these values refer to and that this viewer may know of, in one query."""
        wanted: set[int] = set()
        for row in rows:
            for key, value in row.items():
                spec = self.by_key[key]
                if spec.type in ("reference", "references", "rows"):
                    wanted.update(
                        target for _, target, _ in fields.get(spec.type).links(value, spec) if target
                    )
        return named(self.viewer, wanted)

    def regions(self, rows: Iterable[dict[str, Any]]) -> dict[str, str]:
        """Names of the regions among these values, in one query; none where the register has no region field."""
        keys = [spec.key for spec in self.specs if spec.type == "region"]
        wanted = {row[key] for row in rows for key in keys if row.get(key)}
        return (
            {str(pk): name for pk, name in Region.objects.filter(pk__in=wanted).values_list("pk", "name")}
            if keys
            else {}
        )


def named(who: Viewer, wanted: set[int]) -> dict[int, Target]:
    """Title and address of these records; one that the viewer may not know of is （未公开） without an address."""
    if not wanted:
        return {}
    known = Record.objects.filter(pk__in=wanted)
    if not who.has(Role.OFFICE, Role.ADMINISTRATOR, Role.AUDITOR):
        known = known.filter(
            Q(public=True) | Q(pk__in=[organisation.pk for organisation in who.organisations])
        )
    if who.denied:
        known = known.exclude(pk__in=who.denied)
    found = {
        pk: Target(title, f"/registers/{key}/{number}/")
        for pk, title, key, number in known.values_list("pk", "title", "register__key", "number")
    }
    return {pk: found.get(pk, Target(UNNAMED, "")) for pk in wanted}


def shown(spec: FieldSpec, value: Any, targets: dict[int, Target], regions: dict[str, str]) -> str:
    """The value as a person reads it."""
    if spec.type == "region":
        return regions.get(str(value), "") if value else ""
    return fields.get(spec.type).display(value, spec, {pk: target.title for pk, target in targets.items()})


def find_register(key: str, user: Any) -> Register:
    """The register of that key with a version in force. Raises Http404 where this viewer may not know of it."""
    register = Register.objects.select_related("current").filter(key=key, current__isnull=False).first()
    who = viewer(user)
    if register is None or not (register.public or (who.signed_in and (who.memberships or who.is_office))):
        raise Http404("没有这个登记册。")
    return register
