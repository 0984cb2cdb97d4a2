"""Assign: says which members shall read a filing."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from expertpool import recusal
from expertpool.actions.lock import locked
from expertpool.models import Assignment, Panel
from expertpool.permissions import can_assign, can_see
from registry.errors import NotAllowed, Refused
from registry.log import record_act
from registry.models import Record


def assign(panel: Panel, record: Record, users: Iterable[Any], *, actor: Any) -> list[Assignment]:
    """The filing is read by exactly these people from now on; nobody in conflict can be among them.

    Raises NotAllowed, Refused.
    """
    users = list(users)
    with transaction.atomic():
        record, _ = locked(record)
        for allowed, why in (can_assign(actor, panel), can_see(actor, panel, record)):
            if not allowed:
                raise NotAllowed(why)
        if outside := [str(user) for user in users if panel.seat_of(user) is None]:
            raise Refused(f"{'、'.join(outside)}不是本评审组成员，不能分派。")
        out = recusal.conflicted(panel, users, [record])
        if barred := [str(user) for user in users if record.pk in out[user.pk]]:
            raise Refused(f"{'、'.join(barred)}须回避这条推荐，不能分派。")
        before = set(Assignment.objects.filter(panel=panel, record=record).values_list("user_id", flat=True))
        wanted = {user.pk for user in users}
        Assignment.objects.filter(panel=panel, record=record, user_id__in=before - wanted).delete()
        Assignment.objects.bulk_create(
            [Assignment(panel=panel, record=record, user_id=pk) for pk in sorted(wanted - before)]
        )
        if before != wanted:
            changes = {"members": [sorted(before), sorted(wanted)]}
            record_act(actor, "assign", panel, changes, record=record)
    return list(Assignment.objects.filter(panel=panel, record=record))
