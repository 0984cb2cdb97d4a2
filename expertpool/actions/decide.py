"""Decide: the chair accepts or refuses a filing; who is accepted enters the pool in the same transaction."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from expertpool.actions.appoint import appoint
from expertpool.actions.lock import locked
from expertpool.models import Capacity, Decision, Outcome, Panel
from expertpool.permissions import can_decide
from registry import judging
from registry.actions.approve import approve
from registry.actions.refuse import refuse
from registry.errors import NotAllowed, Refused
from registry.log import record_act
from registry.models import Record
from registry.rules import Verdict


def decide(
    panel: Panel, record: Record, *, actor: Any, outcome: str, reason: str, seen_lock: int | None = None
) -> Decision:
    """The one decision on a filing. Accepting approves it, enters the expert and makes the appointment.

    A hard rule that fails bars acceptance (不得); an exceeded soft rule does not, the chair's reason stands for
    it. Raises NotAllowed, Refused (decided already, no reason, hard rule), Stale (changed after `seen_lock`).
    """
    with transaction.atomic():
        record, edition = locked(record, seen_lock)
        check(panel, record, actor=actor, outcome=outcome, reason=reason)
        try:
            with transaction.atomic():
                decision = Decision.objects.create(
                    record=record,
                    edition=edition,
                    decided_by=actor,
                    as_deputy=panel.seat_of(actor).capacity == Capacity.DEPUTY,
                    outcome=outcome,
                    reason=reason.strip(),
                    at=timezone.now(),
                )
        except IntegrityError as problem:
            raise Refused("这条推荐已有遴选决定，不能再次决定。") from problem

        def permission(user: Any, target: Record) -> tuple[bool, str]:
            """The decision just made is the permission: it was checked above, under the same lock."""
            return user == actor and target.pk == record.pk, "只有作出决定的人可以办理。"

        if outcome == Outcome.ACCEPT:
            record = approve(record, actor=actor, reason=decision.reason, permission=permission)
            appoint(record, actor=actor, on=timezone.localdate())
        else:
            refuse(record, actor=actor, reason=decision.reason, permission=permission)
        changes = {"outcome": outcome, "edition": edition.sequence, "as_deputy": decision.as_deputy}
        record_act(actor, "decide", decision, changes, decision.reason, record=record)
    return decision


def check(panel: Panel, record: Record, *, actor: Any, outcome: str, reason: str) -> list[Verdict]:
    """The verdicts, where nothing stands against the decision. Raises NotAllowed or Refused."""
    allowed, why = can_decide(actor, panel, record)
    if not allowed:
        raise NotAllowed(why)
    if outcome not in Outcome.values:
        raise Refused("请选择遴选结果。", {"outcome": ["请选择遴选结果：通过或不通过。"]})
    if not reason.strip():
        raise Refused("请写明理由。", {"reason": ["请写明理由。"]})
    verdicts = judging.judge_record(record)
    failed = [verdict for verdict in verdicts if verdict.outcome == "fail"]
    if outcome == Outcome.ACCEPT and failed:
        told = "；".join(verdict.message or verdict.label for verdict in failed)
        raise Refused(f"有{len(failed)}项硬性要求不符合，不能通过：{told}", {"outcome": [told]}, verdicts)
    return verdicts
