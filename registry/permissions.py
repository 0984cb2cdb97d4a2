"""Who may see and do what. Every function that decides answers `(allowed, reason)`; querysets are scoped by the same roles."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from registry.models import Kind, Membership, Record, Register, Role, Round, Stage
from search.scope import Scope

Answer = tuple[bool, str]
UNFILED = [Stage.DRAFT, Stage.WITHDRAWN]

_sights: list[Callable[["Viewer"], Q | None]] = []
_denials: list[Callable[["Viewer"], set[int]]] = []
_tokens: list[Callable[["Viewer"], set[str]]] = []


def register_sight(
    sight: Callable[["Viewer"], Q | None],
    denial: Callable[["Viewer"], set[int]],
    tokens: Callable[["Viewer"], set[str]],
) -> None:
    """Another app adds what its roles see (a Q over records), must not see (record ids), and their search tokens."""
    _sights.append(sight)
    _denials.append(denial)
    _tokens.append(tokens)


class Viewer:
    """A user with the roles read once: make one per request."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.signed_in = bool(user and user.is_authenticated and user.is_active)

    @cached_property
    def memberships(self) -> list[Membership]:
        if not self.signed_in:
            return []
        return list(
            Membership.objects.filter(user=self.user).select_related("organisation", "region", "office")
        )

    def has(self, *roles: str) -> bool:
        if self.signed_in and self.user.is_superuser and Role.ADMINISTRATOR in roles:
            return True
        return any(membership.role in roles for membership in self.memberships)

    @property
    def is_office(self) -> bool:
        return self.has(Role.OFFICE, Role.ADMINISTRATOR)

    @cached_property
    def organisations(self) -> list[Record]:
        """The organisations this person files for."""
        return [
            m.organisation
            for m in self.memberships
            if m.role in (Role.CLERK, Role.ORGANISATION) and m.organisation
        ]

    @cached_property
    def regions(self) -> list[int]:
        return [m.region_id for m in self.memberships if m.role == Role.BUREAU and m.region_id]

    @cached_property
    def denied(self) -> set[int]:
        """Record ids that must stay out of sight, e.g. a committee member's own institution's nominations."""
        if not self.signed_in:
            return set()
        return set().union(*(denial(self) for denial in _denials)) if _denials else set()


def viewer(user: Any) -> Viewer:
    return user if isinstance(user, Viewer) else Viewer(user)


def visible_records(user: Any, register: Register) -> QuerySet[Record]:
    """The register's records that this person may see. The public's are `public`, an index's condition."""
    who = viewer(user)
    records = Record.objects.filter(register=register)
    if not who.signed_in:
        return records.filter(public=True)
    if who.is_office or (register.kind == Kind.REFERENCE and who.has(Role.EDITOR, Role.AUDITOR)):
        seen = records
    elif who.has(Role.AUDITOR):
        seen = records.exclude(stage__in=UNFILED)
    else:
        sights = [sight(who) for sight in _sights]
        own = (
            Q(owner__in=[organisation.pk for organisation in who.organisations])
            if who.organisations
            else None
        )
        region = Q(region__in=who.regions) & ~Q(stage__in=UNFILED) if who.regions else None
        extra = [part for part in (own, region, *sights) if part is not None]
        if not extra:
            return records.filter(public=True)
        condition = Q(public=True)
        for part in extra:
            condition |= part
        seen = records.filter(condition)
    return seen.exclude(pk__in=who.denied) if who.denied else seen


def sees_whole(user: Any, record: Record) -> bool:
    """Whether this person sees more of the record than its public fields (sensitive ones stay masked)."""
    who = viewer(user)
    if not who.signed_in or record.pk in who.denied:
        return False
    if record.register.kind == Kind.REFERENCE:
        return who.has(Role.OFFICE, Role.ADMINISTRATOR, Role.EDITOR, Role.AUDITOR) or owns(who, record)
    return Record.objects.filter(pk=record.pk).filter(
        pk__in=visible_records(who, record.register)
    ).exists() and (not record.public or who.has(*Role.values))


def owns(user: Any, record: Record) -> bool:
    return record.owner_id in {organisation.pk for organisation in viewer(user).organisations}


def scope_for(user: Any) -> Scope:
    """What searches of this person may find."""
    who = viewer(user)
    tokens = {"public"}
    tokens |= {f"org:{organisation.pk}" for organisation in who.organisations}
    tokens |= {f"region:{region}" for region in who.regions}
    if who.has(Role.OFFICE, Role.ADMINISTRATOR):
        tokens |= {"office:0", *(f"office:{m.office_id}" for m in who.memberships if m.office_id)}
    if who.signed_in:
        for tell in _tokens:
            tokens |= tell(who)
    return Scope(tokens=frozenset(tokens), denied=frozenset(who.denied))


def can_create(user: Any, register: Register, owner: Record | None, round: Round | None) -> Answer:
    """May this person enter a record for `owner` into `register` (and `round`)?"""
    who = viewer(user)
    if who.is_office:
        return True, ""
    if register.kind == Kind.REFERENCE:
        return (
            (True, "")
            if who.has(Role.EDITOR)
            else (False, f"登记册“{register.name}”由编辑或省级办公室维护。")
        )
    if owner is None or owner.pk not in {organisation.pk for organisation in who.organisations}:
        return False, "只能为本单位填报。"
    if round is None or not round.is_open():
        return False, f"批次“{round.name if round else ''}”不在申报时间内。"
    return True, ""


def can_edit(user: Any, record: Record) -> Answer:
    """May this person change the record's values?"""
    who = viewer(user)
    if record.pk in who.denied:
        return False, "您须回避该记录。"
    if who.is_office:
        return True, ""
    if record.register.kind == Kind.REFERENCE:
        return (True, "") if who.has(Role.EDITOR) else (False, "该名录由编辑或省级办公室维护。")
    if not owns(who, record):
        return False, "该记录不属于本单位。"
    if not record.editable:
        return False, f"该记录{record.get_stage_display()}，不能再修改；如需更正请先撤回或联系省级办公室。"
    if record.stage == Stage.DRAFT and record.round and not record.round.is_open():
        return False, f"批次“{record.round.name}”申报时间已过。"
    return True, ""


def can_submit(user: Any, record: Record) -> Answer:
    allowed, reason = can_edit(user, record)
    if not allowed:
        return allowed, reason
    return (
        (True, "")
        if record.editable
        else (False, f"该记录已是“{record.get_stage_display()}”，不能重复提交。")
    )


def can_withdraw(user: Any, record: Record) -> Answer:
    """Its own organisation while nobody has decided, the office always before approval."""
    who = viewer(user)
    if record.stage not in (Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED):
        return False, f"该记录{record.get_stage_display()}，不能撤回。"
    if who.is_office:
        return True, ""
    if not owns(who, record):
        return False, "该记录不属于本单位。"
    if record.stage == Stage.SUBMITTED and record.round and not record.round.is_open():
        return False, f"批次“{record.round.name}”申报时间已过，请联系省级办公室撤回。"
    return True, ""


def can_review(user: Any, record: Record) -> Answer:
    """Returning, approving and refusing by the office. Panels decide through `expertpool`."""
    who = viewer(user)
    if record.pk in who.denied:
        return False, "您须回避该记录。"
    return (True, "") if who.is_office else (False, "只有省级办公室可以办理。")


def can_reveal(user: Any, record: Record) -> Answer:
    """Sensitive values in the clear; every use is logged."""
    who = viewer(user)
    if record.pk in who.denied:
        return False, "您须回避该记录。"
    return (True, "") if who.is_office or owns(who, record) else (False, "您的角色不能查看敏感信息。")


def can_publish_register(user: Any) -> Answer:
    who = viewer(user)
    allowed = who.has(Role.EDITOR, Role.OFFICE, Role.ADMINISTRATOR)
    return (True, "") if allowed else (False, "只有编辑、省级办公室或管理员可以发布登记册。")
