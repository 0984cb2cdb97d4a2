"""Recusal: who must keep out of which cases, and what the panel's people see at all.

A person on a panel keeps out of every filing of the own institution (any Membership.organisation), of declared
institutions, and of declared filings. What is kept out is in no list, count, export or search of that person.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from expertpool.models import Assignment, Capacity, Conflict, Panel, PanelMember
from registry.models import Link, Membership, Record, Role, Stage
from registry.permissions import Viewer

HIDDEN_STAGES = [Stage.DRAFT, Stage.RETURNED, Stage.WITHDRAWN]


def seats(viewer: Viewer) -> list[PanelMember]:
    """The person's seats on panels, read once per Viewer."""
    if "_panel_seats" not in viewer.__dict__:
        found = (
            PanelMember.objects.filter(user=viewer.user).select_related("panel") if viewer.signed_in else []
        )
        viewer.__dict__["_panel_seats"] = list(found)
    return viewer.__dict__["_panel_seats"]


def from_institutions(institutions: Iterable[int]) -> Q:
    """Filings of the institutions: theirs by owner, or naming one in a field of their own (工作单位)."""
    ids = list(institutions)
    return Q(owner__in=ids) | Q(links__target__in=ids, links__row=-1)


def recused(viewer: Viewer) -> set[int]:
    """Ids of the filings that this person must keep out of, over all panels; three queries."""
    mine = seats(viewer)
    if not mine:
        return set()
    rounds = [seat.panel.round_id for seat in mine]
    own = {m.organisation_id for m in viewer.memberships if m.organisation_id}
    condition = Q(round__in=rounds) & from_institutions(own) if own else Q(pk__in=[])
    for conflict in Conflict.objects.filter(user=viewer.user, panel__in=[seat.panel_id for seat in mine]):
        if conflict.institution_id:
            round_id = next(seat.panel.round_id for seat in mine if seat.panel_id == conflict.panel_id)
            condition |= Q(round=round_id) & from_institutions([conflict.institution_id])
        else:
            condition |= Q(pk=conflict.record_id) | Q(
                links__field="@nomination", links__target=conflict.record_id
            )
    # An expert the public may see is no secret; the filing behind it stays one.
    unpublished = Q(register=F("round__register")) | Q(public=False)
    return set(Record.objects.filter(condition).filter(unpublished).values_list("pk", flat=True).distinct())


def unassigned(viewer: Viewer) -> set[int]:
    """Ids of the filings given to other members, where the panel works by assignments."""
    rounds = {
        seat.panel_id: seat.panel.round_id for seat in seats(viewer) if seat.capacity == Capacity.MEMBER
    }
    if not rounds or viewer.is_office:
        return set()
    given = Assignment.objects.filter(panel__in=rounds).values_list("panel_id", "user_id", "record_id")
    mine = {record for _, user, record in given if user == viewer.user.pk}
    sharing = {rounds[panel] for panel, _, _ in given}
    if not sharing:
        return set()
    return set(Record.objects.filter(round__in=sharing).exclude(pk__in=mine).values_list("pk", flat=True))


def embargoed(viewer: Viewer) -> set[int]:
    """Ids of experts whose nominations' results are not out: for the office and the auditor alone until then."""
    if not viewer.signed_in or viewer.has(Role.OFFICE, Role.ADMINISTRATOR, Role.AUDITOR):
        return set()
    waiting = Record.objects.filter(
        links__field="@nomination", public=False, round__results_at__gt=timezone.now()
    )
    return set(waiting.values_list("pk", flat=True))


def sight(viewer: Viewer) -> Q | None:
    """What sitting on panels lets a person see: their rounds' filings once handed in."""
    rounds = [seat.panel.round_id for seat in seats(viewer)]
    if not rounds:
        return None
    return Q(round__in=rounds, register=F("round__register")) & ~Q(stage__in=HIDDEN_STAGES)


def denial(viewer: Viewer) -> set[int]:
    return recused(viewer) | unassigned(viewer) | embargoed(viewer)


def tokens(viewer: Viewer) -> set[str]:
    return {f"panel:{seat.panel.round_id}" for seat in seats(viewer)}


def in_conflict(panel: Panel, user: Any, record: Record) -> bool:
    """Whether this person must keep out of this case."""
    return record.pk in conflicted(panel, [user], [record])[user.pk]


def conflicted(panel: Panel, users: Iterable[Any], records: Iterable[Record]) -> dict[int, set[int]]:
    """User id → ids among `records` that the person must keep out of; three queries for any number of people."""
    ids = [user.pk for user in users]
    found: dict[int, set[int]] = {pk: set() for pk in ids}
    wanted: dict[int, set[int]] = defaultdict(set)
    memberships = Membership.objects.filter(user__in=ids, organisation__isnull=False)
    for user_id, organisation_id in memberships.values_list("user_id", "organisation_id"):
        wanted[organisation_id].add(user_id)
    for conflict in Conflict.objects.filter(panel=panel, user__in=ids):
        if conflict.institution_id:
            wanted[conflict.institution_id].add(conflict.user_id)
        else:
            found[conflict.user_id].add(conflict.record_id)
    records = list(records)
    named = Link.objects.filter(source__in=[record.pk for record in records], target__in=wanted, row=-1)
    cases = [(record.pk, record.owner_id) for record in records] + list(
        named.values_list("source_id", "target_id")
    )
    for pk, institution in cases:
        for user_id in wanted.get(institution, ()):
            found[user_id].add(pk)
    return found
