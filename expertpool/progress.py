"""How far the reviews are: for each person on the panel, how many of the own cases are done."""

from dataclasses import dataclass
from typing import Any

from expertpool import recusal
from expertpool.models import Assignment, Capacity, Panel, PanelMember, Review
from expertpool.permissions import OPEN_STAGES, visible_nominations
from registry.models import Record
from registry.permissions import Viewer


@dataclass(frozen=True)
class Progress:
    """`done` of `due` cases: those undecided, and those read; `recused` cases are not among them."""

    seat: PanelMember
    done: int
    due: int
    recused: int

    @property
    def complete(self) -> bool:
        return self.done >= self.due


def progress(who: Viewer, panel: Panel) -> list[Progress]:
    """Over the cases that `who` sees, with a constant number of queries."""
    cases = list(visible_nominations(who, panel).only("pk", "owner_id", "stage"))
    users = [seat.user for seat in panel.seats]
    out = recusal.conflicted(panel, users, cases)
    readers = readers_of(panel)
    written = set(
        Review.objects.filter(record__in=[case.pk for case in cases]).values_list("reviewer", "record")
    )
    made = []
    for seat in panel.seats:
        read = {case.pk for case in cases if (seat.user_id, case.pk) in written}
        mine = {case.pk for case in cases if case.stage in OPEN_STAGES and reads(seat, case, readers)}
        due = (mine | read) - out[seat.user_id]
        done = len(read & due)
        made.append(Progress(seat, done, len(due), len(out[seat.user_id])))
    return made


def readers_of(panel: Panel) -> dict[int, set[int]] | None:
    """Record id → ids of the members it was given to; None where the panel works without assignments."""
    given = Assignment.objects.filter(panel=panel).values_list("record_id", "user_id")
    found: dict[int, set[int]] = {}
    for record, user in given:
        found.setdefault(record, set()).add(user)
    return found or None


def reads(seat: PanelMember, case: Record, readers: dict[int, set[int]] | None) -> bool:
    if readers is None or seat.capacity != Capacity.MEMBER:
        return True
    return seat.user_id in readers.get(case.pk, set())


def judges_of(panel: Panel, record: Record) -> list[dict[str, Any]]:
    """Who shall read one case: {seat, reviewed, recused}."""
    out = recusal.conflicted(panel, [seat.user for seat in panel.seats], [record])
    readers = readers_of(panel)
    written = set(Review.objects.filter(record=record).values_list("reviewer", flat=True))
    return [
        {
            "seat": seat,
            "recused": record.pk in out[seat.user_id],
            "assigned": reads(seat, record, readers),
            "reviewed": seat.user_id in written,
        }
        for seat in panel.seats
    ]
