"""Demonstration content: notices in our own words that keep the clause numbering of real ones.

The document keys are those that the packs cite. Every text says that it is a demonstration (演示).
"""

from __future__ import annotations

from datetime import date as Date
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from home.importer import parse_text
from home.models import OfficialPage, Validity
from home.storing import store
from home.tree import plant

FOLDER = Path(__file__).parent
NOTICES = ("hunan-2020", "shaanxi-2020", "hunan-2022", "yunnan-2023")
POLICIES = ("college-2022",)
ROUND = "yunnan-round"
#: Days from the first load to the closing, the end of checking and the decision of the open round.
CLOSES, REVIEWED, DECIDED = 21, 28, 42


def _han(day: Date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def text_of(key: str, today: Date | None = None) -> str:
    """The text of one demonstration document; the open round's takes its dates from `today`."""
    text = (FOLDER / f"{key}.txt").read_text(encoding="utf-8")
    if key != ROUND:
        return text
    today = today or timezone.localdate()
    return text.format(
        year=today.year,
        issued=_han(today),
        closes=_han(today + timedelta(days=CLOSES)),
        review=_han(today + timedelta(days=REVIEWED)),
        decides=_han(today + timedelta(days=DECIDED)),
    )


@transaction.atomic
def load(today: Date | None = None) -> None:
    """Plants the page tree and publishes the demonstration documents; those already there stay as they are."""
    plant()
    for key in (*NOTICES, *POLICIES, ROUND):
        if not OfficialPage.objects.filter(document_key=key).exists():
            store(
                parse_text(text_of(key, today)),
                publish=True,
                key=key,
                policy=key in POLICIES,
                source="演示公文",
            )
    old = OfficialPage.objects.get(document_key="hunan-2020").specific
    new = OfficialPage.objects.get(document_key="hunan-2022")
    if old.validity == Validity.VALID and old.replaced_by_id is None:
        old.validity, old.replaced_by = Validity.REPLACED, new
        old.save_revision(log_action=True).publish()
