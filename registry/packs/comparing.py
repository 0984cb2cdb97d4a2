"""Diff: what applying a pack would change, in words."""

from __future__ import annotations

from typing import Any

from registry.definition import Definition
from registry.errors import Refused
from registry.exchange import sheets
from registry.models import Register
from registry.packs import files, loading, rounds

PARTS = {
    "name": "名称", "kind": "类型", "public": "是否公开", "description": "简介", "numbering": "编号", "title": "标题",
    "owner_field": "所属单位字段", "region_field": "区域字段", "sections": "分组", "listing": "列表",
    "tombstones": "已删字段", "notes": "说明",
}  # fmt: skip


def diff(name: str) -> list[str]:
    """One line per thing that would change; empty where the site already is as the pack says."""
    path = files.path_of(name)
    pack = files.load(name)
    told = [line for item in pack.get("registers", []) for line in register_changes(item)]
    for item in pack.get("rounds", []):
        parts = rounds.differences(item)
        if parts is None:
            told.append(f"批次“{item['name']}”（{item['key']}）：新建")
        elif parts:
            told.append(f"批次“{item['name']}”（{item['key']}）：将更改{'、'.join(parts)}")
    ready = not told
    for item in pack.get("records", []):
        told += _records(item, path, ready=ready)
    return told


def _records(item: dict[str, Any], path: Any, *, ready: bool) -> list[str]:
    target = item.get("register") or item["table"]
    if "register" in item and not Register.objects.filter(key=target, current__isnull=False).exists():
        file = files.data_file(path, item["file"])
        rows = len(loading.reshape(sheets.read(file.name, file.read_bytes()), item))
        return [f"{item['file']} → {target}：待载入{rows}行"]
    try:
        report = loading.load(item, path, dry_run=True)
    except Refused as problem:
        # A row may name a record that an earlier file of the same pack brings.
        return [f"{item['file']} → {target}：{problem.message if ready else '待前面的内容写入后载入'}"]
    new, changed = report.count("new"), report.count("changed")
    return [f"{item['file']} → {target}：新增{new}条，更新{changed}条"] if new or changed else []


def register_changes(item: dict[str, Any]) -> list[str]:
    """What publishing this definition would change about the register in force."""
    wanted = Definition.from_dict(item)
    register = Register.objects.filter(key=wanted.key).select_related("current").first()
    if register is None or register.current is None:
        return [
            f"登记册“{wanted.name}”（{wanted.key}）：新建，{len(wanted.fields)}个字段，{len(wanted.rules)}条规则"
        ]
    now = register.definition
    if now.digest == wanted.digest:
        return []
    told = [word for part, word in PARTS.items() if getattr(now, part) != getattr(wanted, part)]
    told += _items(
        "字段", {spec.key: spec for spec in now.fields}, {spec.key: spec for spec in wanted.fields}
    )
    told += _items("规则", {rule.key: rule for rule in now.rules}, {rule.key: rule for rule in wanted.rules})
    number = (register.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    return [f"登记册“{wanted.name}”（{wanted.key}）：将发布第{number}版，更改{'；'.join(told) or '次序'}"]


def _items(word: str, now: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    told = []
    for mark, keys in (
        ("新增", [key for key in wanted if key not in now]),
        ("删去", [key for key in now if key not in wanted]),
        ("修改", [key for key in wanted if key in now and now[key] != wanted[key]]),
    ):
        if keys:
            told.append(f"{mark}{word}{'、'.join(keys)}")
    return told
