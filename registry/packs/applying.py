"""Apply: what a pack says becomes what the site holds, all of it or nothing."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction

from registry import log
from registry.actions.publish_register import publish_register
from registry.definition import Definition
from registry.errors import Refused
from registry.models import Pack, Register, Round
from registry.packs import canonical, files, loading, rounds
from registry.packs.comparing import register_changes


def apply(name: str, actor: Any = None) -> list[str]:
    """Applies a pack in one transaction and returns what changed, in words; nothing for a second time.

    A version is published only where a definition changed. Raises Refused, and then nothing is stored.
    """
    path = files.path_of(name)
    pack = files.load(name)
    with transaction.atomic():
        told = [line for item in pack.get("registers", []) for line in _register(item, pack, actor)]
        told += [f"批次“{item['name']}”：已写入。" for item in pack.get("rounds", []) if rounds.put(item)]
        for item in pack.get("records", []):
            report = loading.load(item, path)
            new, changed = report.count("new"), report.count("changed")
            if new or changed:
                told.append(
                    f"{item['file']} → {item.get('register') or item['table']}：新增{new}条，更新{changed}条。"
                )
        told += _frame(pack)
        if told:
            log.record_act(
                actor, "apply_pack", changes={"lines": told}, target_type="pack", target_id=pack["pack"]
            )
    return told


def _register(item: dict[str, Any], pack: dict[str, Any], actor: Any) -> list[str]:
    definition = Definition.from_dict(item)
    register = Register.objects.filter(key=definition.key).first()
    changes = register_changes(item)
    if register is not None and not changes:
        return []
    if register is None:
        keys = [each["key"] for each in pack["registers"]]
        register = Register(key=definition.key, position=100 + 10 * keys.index(definition.key))
    register.name, register.kind, register.public = definition.name, definition.kind, definition.public
    register.draft = definition.to_dict()
    register.save()
    version = publish_register(register, actor, note=f"方案 {pack['pack']}")
    return [f"登记册“{definition.name}”：已发布第{version.number}版。"]


def _frame(pack: dict[str, Any]) -> list[str]:
    """Keeps what registers and rounds do not hold themselves."""
    arranged = canonical.arrange(pack)
    frame = {
        **arranged,
        "registers": [item["key"] for item in arranged.get("registers", [])],
        "rounds": [item["key"] for item in arranged.get("rounds", [])],
    }
    digest = hashlib.sha256(canonical.write(pack).encode()).hexdigest()
    known = Pack.objects.filter(key=pack["pack"]).first()
    if known is not None and known.digest == digest:
        return []
    Pack.objects.update_or_create(
        key=pack["pack"], defaults={"title": pack["title"], "frame": frame, "digest": digest}
    )
    return [f"方案“{pack['title']}”：{'已更新' if known else '已登记'}。"]


def export(name: str) -> str:
    """The pack as the site holds it now, as canonical YAML. Raises Refused for one never applied."""
    stored = Pack.objects.filter(key=name).first()
    if stored is None:
        raise Refused(f"方案“{name}”尚未应用，不能导出。")
    frame = dict(stored.frame)
    registers = {
        register.key: register
        for register in Register.objects.filter(key__in=frame.get("registers", [])).select_related("current")
    }
    found = {
        round.key: round
        for round in Round.objects.filter(key__in=frame.get("rounds", [])).select_related("register")
    }
    frame["registers"] = [
        registers[key].definition.to_dict() for key in frame.get("registers", []) if key in registers
    ]
    frame["rounds"] = [rounds.to_dict(found[key]) for key in frame.get("rounds", []) if key in found]
    return canonical.write(frame)
