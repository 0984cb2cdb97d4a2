"""Small makers of what tests need. They go through the same acts as the site: publish, save; nothing by hand.

Values are fictitious and plain: persons are 示例…, telephone numbers are of no subscriber.
"""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from config.demo.persons import id_number, phone
from registry.models import Office, Record, Region, Register, Round
from registry.models.record import Stage, Standing
from registry.saving import RecordDraft, save_records

PASSWORD = "correct horse battery staple"
serial = count(1)


def user(username: str = "", display_name: str = "", **more: Any):
    """A user who can sign in with PASSWORD; without a name one that nobody else has."""
    username = username or f"user{next(serial)}"
    return get_user_model().objects.create_user(
        username, password=PASSWORD, display_name=display_name or username, **more
    )


def region(name: str, code: str | None = None, parent: Region | None = None) -> Region:
    """A region under `parent`."""
    return Region.objects.get_or_create(name=name, parent=parent, defaults={"code": code})[0]


def office(key: str = "province", name: str = "示例省教育厅", region: Region | None = None) -> Office:
    """An authority."""
    return Office.objects.get_or_create(key=key, defaults={"name": name, "region": region})[0]


def register(key: str, *fields: dict, name: str = "", kind: str = "reference", **more: Any) -> Register:
    """A register with these fields, published; `more` goes into its definition (rules, listing …)."""
    from registry.actions.publish_register import publish_register

    definition = {"key": key, "name": name or key, "kind": kind, "fields": list(fields), **more}
    made = Register.objects.create(
        key=key, name=name or key, kind=kind, public=more.get("public", False), draft=definition
    )
    publish_register(made, actor=None, note="测试")
    made.refresh_from_db()
    return made


def record(register: Register, values: dict[str, Any], *, actor: Any = None, **columns: Any) -> Record:
    """A record with these Python values. Of a reference register it is approved, valid and public where the
    register is; `columns` says otherwise (stage=, owner=, round= …)."""
    in_force = register.kind == "reference"
    state = {
        "stage": Stage.APPROVED if in_force else Stage.DRAFT,
        "standing": Standing.VALID if in_force else Standing.NONE,
        "public": in_force and register.public,
        **columns,
    }
    made = Record(register=register, version=register.current, created_by=actor, **state)
    save_records([RecordDraft(made, values)], actor=actor, verb="create", reason="测试")
    return made


def open_round(register: Register, key: str = "", *, now: datetime | None = None, **more: Any) -> Round:
    """A round of the register that opened yesterday and closes in ten days; `more` says otherwise."""
    now = now or timezone.now()
    defaults = {
        "name": f"{register.name}示例批次",
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=10),
        "reference_date": now.date(),
    }
    return Round.objects.create(
        key=key or f"{register.key}-{next(serial)}",
        register=register,
        version=register.current,
        **{**defaults, **more},
    )


__all__ = ["id_number", "office", "open_round", "phone", "record", "region", "register", "user"]
