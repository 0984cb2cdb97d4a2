"""End: an appointment ends before its term, on a date and a ground."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from expertpool.models import Appointment
from expertpool.permissions import can_end_appointment
from registry.actions.end_record import end_record
from registry.errors import NotAllowed, Refused
from registry.log import record_act
from registry.models import Standing


def end_appointment(
    appointment: Appointment, *, actor: Any, ground: str, on: date | None = None
) -> Appointment:
    """The expert's record ends with the last appointment that runs. Raises NotAllowed, Refused."""
    on = on or timezone.localdate()
    with transaction.atomic():
        appointment = (
            Appointment.objects.select_for_update(of=("self",))
            .select_related("expert__register", "nomination")
            .get(pk=appointment.pk)
        )
        allowed, why = can_end_appointment(actor, appointment)
        if not allowed:
            raise NotAllowed(why)
        if not ground.strip():
            raise Refused("请写明解聘事由。", {"ground": ["请写明解聘事由。"]})
        if not appointment.term_from <= on <= timezone.localdate():
            found = f"{on:%Y年%m月%d日}"
            raise Refused(
                f"解聘日期为{found}，应不早于聘期开始之日、不晚于今日。",
                {"on": ["应不早于聘期开始之日、不晚于今日。"]},
            )
        appointment.ended_on, appointment.ended_ground = on, ground.strip()
        appointment.save(update_fields=["ended_on", "ended_ground"])
        others = appointment.expert.appointments.filter(ended_on__isnull=True, term_to__gte=on)
        if not others.exists() and appointment.expert.standing == Standing.VALID:
            end_record(appointment.expert, actor=actor, reason=appointment.ended_ground, on=on)
        record_act(
            actor,
            "end_appointment",
            appointment,
            {"on": on},
            appointment.ended_ground,
            record=appointment.expert,
        )
    return appointment
