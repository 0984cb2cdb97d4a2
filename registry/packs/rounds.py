"""A pack's round as a Round and back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from registry.errors import Refused
from registry.models import Register, Round

TIMES = {
    "opens": "opens_at",
    "closes": "closes_at",
    "review_closes": "review_closes_at",
    "results_at": "results_at",
}
PLAIN = ("name", "parameters", "obligations", "caps", "route", "file_name", "notes")
EMPTY: dict[str, Any] = {
    "parameters": {},
    "obligations": [],
    "caps": [],
    "route": [],
    "file_name": "",
    "notes": "",
}


def columns(item: dict[str, Any]) -> dict[str, Any]:
    """Round columns from a pack's mapping. Times are the site's own; raises Refused for what is no date."""
    told = {key: item.get(key, EMPTY.get(key, "")) for key in PLAIN}
    try:
        told |= {
            column: timezone.make_aware(datetime.fromisoformat(item[key])) if item.get(key) else None
            for key, column in TIMES.items()
        }
        told["reference_date"] = date.fromisoformat(item["reference_date"])
    except (KeyError, ValueError) as problem:
        raise Refused(f"批次“{item.get('key')}”的日期有误：{problem}") from problem
    if told["opens_at"] is None or told["closes_at"] is None:
        raise Refused(f"批次“{item.get('key')}”须有开始时间 opens 和截止时间 closes。")
    return told


def to_dict(round: Round) -> dict[str, Any]:
    """The mapping a pack holds of this round."""
    told: dict[str, Any] = {"key": round.key, "register": round.register.key}
    told |= {key: getattr(round, key) for key in PLAIN if getattr(round, key) != EMPTY.get(key)}
    for key, column in TIMES.items():
        if moment := getattr(round, column):
            told[key] = timezone.make_naive(moment).isoformat()
    return {**told, "reference_date": round.reference_date.isoformat()}


def differences(item: dict[str, Any]) -> list[str] | None:
    """Names of the parts that differ from the stored round; None where there is none yet."""
    round = Round.objects.filter(key=item["key"]).first()
    if round is None:
        return None
    changed = [column for column, value in columns(item).items() if getattr(round, column) != value]
    if round.register.key != item["register"]:
        changed.append("register")
    return changed + (["version"] if version_moves(round) else [])


def version_moves(round: Round) -> bool:
    """A round that nobody has answered yet follows its register to the version in force."""
    return round.version_id != round.register.current_id and not round.records.exists()


def put(item: dict[str, Any]) -> bool:
    """Writes the round; True when that changed anything. A round with records keeps its version."""
    register = Register.objects.filter(key=item["register"], current__isnull=False).first()
    if register is None:
        raise Refused(f"批次“{item['key']}”所属的登记册“{item['register']}”尚未发布。")
    changed = differences(item)
    if changed == []:
        return False
    round = Round.objects.filter(key=item["key"]).first() or Round(key=item["key"], register=register)
    if round.register_id != register.pk:
        raise Refused(f"批次“{item['key']}”已属于登记册“{round.register.key}”，不能改属。")
    for column, value in columns(item).items():
        setattr(round, column, value)
    if round.version_id is None or version_moves(round):
        round.version = register.current
    round.save()
    return True
