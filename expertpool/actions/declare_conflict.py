"""Declare: somebody on a panel must keep out of an institution's filings, or of one filing."""

from typing import Any

from django.db import transaction

from expertpool.models import Conflict, Decision, Panel, Review
from expertpool.permissions import can_declare_conflict
from registry.errors import NotAllowed, Refused
from registry.log import record_act
from registry.models import Record


def declare_conflict(
    panel: Panel,
    *,
    actor: Any,
    user: Any,
    ground: str,
    record: Record | None = None,
    institution: Record | None = None,
) -> Conflict:
    """From now on `user` neither sees nor judges it. Declaring twice gives the same conflict.

    A review of an undecided filing by that person is taken out, and the log says so. Raises NotAllowed, Refused.
    """
    with transaction.atomic():
        panel = Panel.objects.select_for_update().get(pk=panel.pk)
        allowed, why = can_declare_conflict(actor, panel, user)
        if not allowed:
            raise NotAllowed(why)
        if (record is None) == (institution is None):
            raise Refused("请写明须回避的单位或推荐，二者填且只填一项。")
        if not ground.strip():
            raise Refused("请写明回避事由。", {"ground": ["请写明回避事由。"]})
        conflict, new = Conflict.objects.get_or_create(
            panel=panel,
            user=user,
            record=record,
            institution=institution,
            defaults={"ground": ground.strip()[:200]},
        )
        if new:
            reviews = Review.objects.filter(reviewer=user, record__round=panel.round)
            reviews = reviews.filter(record=record) if record else reviews.filter(record__owner=institution)
            void = reviews.exclude(record__in=Decision.objects.values("record"))
            taken = list(void.values_list("record__number", "verdict"))
            void.delete()
            told = record or institution
            changes = {"user": user.pk, "of": told.number, "reviews_taken_out": taken}
            record_act(actor, "declare_conflict", conflict, changes, conflict.ground, record=told)
    return conflict
