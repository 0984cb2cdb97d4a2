"""Packs on disk: one YAML file each in this folder, wider scopes first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from registry.definition import Definition
from registry.errors import Refused
from registry.packs import canonical

FOLDER = Path(__file__).parent
LEVELS = ["nation", "province", "organisation"]


def names() -> list[str]:
    """All packs in the order in which they are applied: nation, provinces, organisations."""
    found = [path.stem for path in FOLDER.glob("*.yaml")]
    return sorted(found, key=lambda name: (LEVELS.index(load(name)["scope"]["level"]), name))


def path_of(name: str) -> Path:
    """The pack's file: a name of this folder, or a path to a YAML file. Raises Refused when there is none."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else FOLDER / f"{name}.yaml"
    if not path.is_file():
        raise Refused(
            f"没有名为“{name}”的方案；现有：{'、'.join(p.stem for p in sorted(FOLDER.glob('*.yaml')))}。"
        )
    return path


def load(name: str) -> dict[str, Any]:
    """The pack as plain data, checked as far as a file alone can be. Raises Refused with a Chinese sentence."""
    path = path_of(name)
    try:
        pack = canonical.read(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as problem:
        raise Refused(f"方案文件“{path.name}”不是合格的 YAML：{problem}") from problem
    check(pack, path)
    return pack


def check(pack: Any, path: Path) -> None:
    """Raises Refused for what the format does not know."""
    if not isinstance(pack, dict) or not pack.get("pack"):
        raise Refused(f"方案文件“{path.name}”缺少 pack（方案标识）。")
    unknown = sorted(set(pack) - set(canonical.ORDER["pack"]))
    for part in ("documents", "rounds", "records", "tests"):
        for item in pack.get(part, []):
            unknown += sorted(f"{part}.{key}" for key in set(item) - set(canonical.ORDER[part]))
    if unknown:
        raise Refused(f"方案“{pack['pack']}”中有不认识的键：{'、'.join(unknown)}。")
    if (pack.get("scope") or {}).get("level") not in LEVELS:
        raise Refused(f"方案“{pack['pack']}”的 scope.level 须为{'、'.join(LEVELS)}之一。")
    for register in pack.get("registers", []):
        try:
            Definition.from_dict(register)
        except (TypeError, KeyError) as problem:
            raise Refused(
                f"方案“{pack['pack']}”的登记册“{register.get('key')}”格式有误：{problem}"
            ) from problem


def data_file(pack_path: Path, file: str) -> Path:
    """A data file named by a pack, beside it. Raises Refused for one that leads outside or is not there."""
    path = (pack_path.parent / file).resolve()
    if not path.is_relative_to(pack_path.parent.resolve()) or not path.is_file():
        raise Refused(f"数据文件“{file}”不存在。")
    return path
