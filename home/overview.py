"""What the home page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date

from django.db.models import F, QuerySet

from home.masking import Mask
from home.models import Contact, KeyDate, NoticePage
from registry.models import Register

LATEST = 6
DEADLINES = 8


@dataclass
class Deadline:
    """An open date: what is due, in how many days, for whom, and the clause that says so."""

    date: Date
    time: str
    text: str
    audience: str
    days: int
    title: str
    url: str


def latest_notices() -> QuerySet[NoticePage]:
    """The notices issued last."""
    return (
        NoticePage.objects.live()
        .public()
        .order_by(F("issued_on").desc(nulls_last=True), "-first_published_at")[:LATEST]
    )


def open_deadlines(today: Date) -> list[Deadline]:
    """Dates not yet past of notices in force, nearest first; a sentence with several dates shows each once."""
    rows = list(
        KeyDate.objects.filter(date__gte=today, page__live=True, page__validity="valid")
        .exclude(page__view_restrictions__isnull=False)
        .select_related("page")
        .order_by("date", "pk")[:DEADLINES]
    )
    pages = {row.page_id: row.page for row in rows}
    contacts: dict[int, list[Contact]] = {pk: [] for pk in pages}
    for contact in Contact.objects.filter(page_id__in=pages):
        contacts[contact.page_id].append(contact)
    masks = {pk: Mask.of_contacts(found) for pk, found in contacts.items()}
    return [
        Deadline(
            date=row.date,
            time=row.time,
            text=masks[row.page_id](row.text),
            audience=row.get_audience_display(),
            days=(row.date - today).days,
            title=row.page.title,
            url=(row.page.get_url() or "") + (f"#{row.anchor}" if row.anchor else ""),
        )
        for row in rows
    ]


def register_entrances() -> list[Register]:
    """Registers the public may open, in their order."""
    return list(Register.objects.filter(public=True, current__isnull=False).order_by("position", "name"))
