"""Appoint: an approved nominee becomes a record of the pool, with a term and a letter (YN23-26)."""

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from expertpool.models import Appointment
from registry import numbering, slots, values
from registry.actions.save_record import check
from registry.errors import Refused
from registry.log import record_act
from registry.models import Link, Record, Register, Stage, Standing
from registry.saving import RecordDraft, save_records
from registry.visibility import is_public

POOL = "experts"
TERM_YEARS = 3


def appoint(nomination: Record, *, actor: Any, on: date) -> Appointment:
    """Enters the nominee into the pool, or renews who is there already, for a term that starts `on`.

    An act of the decision's transaction, which checked the permission. Raises Refused where the pool cannot
    take the nominee.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an appointment belongs to its decision's transaction")
    if nomination.stage != Stage.APPROVED:
        raise Refused("只有遴选通过的推荐可以聘任。")
    pool = Register.objects.filter(key=POOL, current__isnull=False).select_related("current").first()
    if pool is None:
        raise Refused("专家库登记册（experts）尚未发布，不能聘任；请先在管理后台发布。")
    term_to = end_of_term(on, years(nomination))
    serial = numbering.draw(f"PR-{on.year}-", 4, 1)[0]
    letter = f"聘字〔{on.year}〕{serial.rpartition('-')[2]}号"
    expert, data = entry(pool, nomination)
    data |= {"term_from": on, "term_to": term_to, "letter_number": letter, "nomination": nomination.pk}
    data = {key: value for key, value in data.items() if key in pool.current.parsed.by_key}
    renewed = expert.pk is not None
    check(expert, data)
    verb = "renew_expert" if renewed else "create"
    save_records([RecordDraft(expert, data)], actor=actor, verb=verb, reason=f"遴选通过：{nomination.number}")
    Link.objects.get_or_create(source=expert, field="@nomination", target=nomination)
    made = Appointment.objects.create(
        expert=expert,
        nomination=nomination,
        number=serial,
        letter_number=letter,
        term_from=on,
        term_to=term_to,
        made_at=timezone.now(),
    )
    changes = {"number": serial, "letter_number": letter, "term": [on, term_to], "renewed": renewed}
    record_act(actor, "appoint", made, changes, record=expert)
    return made


def years(nomination: Record) -> int:
    """The term's length in years, a parameter of the round."""
    return int((nomination.round.parameters if nomination.round else {}).get("term_years", TERM_YEARS))


def end_of_term(on: date, length: int) -> date:
    """The last day of a term of `length` years; one from 29 February ends on 28 February."""
    try:
        return on.replace(year=on.year + length) - timedelta(days=1)
    except ValueError:
        return date(on.year + length, 2, 28)


def entry(pool: Register, nomination: Record) -> tuple[Record, dict[str, Any]]:
    """The expert's record, in force but unsaved, and its values: fields of equal key and type are taken over.

    Who is in the pool already (equal unique key, e.g. 身份证号) keeps record and number.
    """
    theirs, ours = nomination.version.parsed, pool.current.parsed
    given = values.decode(nomination, theirs, sensitive=True)
    data = {
        spec.key: given[spec.key]
        for spec in ours.fields
        if spec.key in theirs.by_key and theirs.by_key[spec.key].type == spec.type
    }
    expert = held(pool, data)
    if expert is None:
        expert = Record(register=pool, version=pool.current, created_at=None)
    else:
        data = values.decode(expert, sensitive=True) | {
            key: value for key, value in data.items() if value is not None
        }
    expert.owner, expert.region, expert.round = nomination.owner, nomination.region, nomination.round
    expert.stage, expert.standing, expert.standing_on = Stage.APPROVED, Standing.VALID, timezone.localdate()
    expert.standing_ground = ""
    expert.public = is_public(expert)
    return expert, data


def held(pool: Register, data: dict[str, Any]) -> Record | None:
    """The pool's record that holds one of these unique keys, locked."""
    probe = Record(register=pool, version=pool.current, stage=Stage.APPROVED)
    for key, slot in pool.uniques.items():
        spec = pool.current.parsed.by_key.get(key)
        if spec is None or spec.unique != "register":
            continue
        text = slots.unique_key(probe, spec, data.get(key), data)
        if text is not None:
            found = Record.objects.select_for_update(of=("self",)).filter(register=pool, **{slot: text})
            if expert := found.select_related("register", "version").first():
                return expert
    return None
