"""What a register version says: fields, rules, listing, numbering. Plain data, the same in packs and in the database."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

RESERVED_KEYS = {"number", "title", "url", "stage", "standing", "owner", "round", "region", "reasons", "id"}


def compact(value: Any) -> Any:
    """A dataclass as a dict in field order without what equals its default: the canonical form of packs."""
    out = {}
    for spec in fields(value):
        item = getattr(value, spec.name)
        default = spec.default_factory() if callable(spec.default_factory) else spec.default
        if item == default:
            continue
        if isinstance(item, list):
            item = [compact(part) if hasattr(part, "__dataclass_fields__") else part for part in item]
        elif hasattr(item, "__dataclass_fields__"):
            item = compact(item)
        out[spec.name] = item
    return out


@dataclass(frozen=True)
class ClauseRef:
    """条款引用: document key, path in the document (四（三）1) and the inventory's id."""

    document: str
    path: str = ""
    id: str = ""


@dataclass(frozen=True)
class FieldSpec:
    """字段. `type` names a file of `registry/fields/`; `options` are that type's (choices, places, columns …)."""

    key: str
    type: str
    label: str
    help: str = ""
    section: str = ""
    options: dict = field(default_factory=dict)
    required: bool = False
    unique: str = ""
    sensitive: bool = False
    public: bool = False
    listed: bool = False
    filterable: bool = False
    sortable: bool = False
    searchable: bool = False
    default: Any = None
    aliases: list[str] = field(default_factory=list)
    clause: ClauseRef | None = None

    @classmethod
    def from_dict(cls, data: dict) -> FieldSpec:
        return cls(**{**data, "clause": clause_from(data.get("clause"))})


@dataclass(frozen=True)
class RuleSpec:
    """规则. `condition` (JsonLogic) is what must hold; `evidence` makes an absent value fail the rule."""

    key: str
    label: str
    severity: str = "hard"
    moment: str = "submit"
    evidence: bool = False
    condition: Any = None
    found: Any = None
    demanded: str = ""
    message: str = ""
    fields: list[str] = field(default_factory=list)
    clause: ClauseRef | None = None

    @classmethod
    def from_dict(cls, data: dict) -> RuleSpec:
        return cls(**{**data, "clause": clause_from(data.get("clause"))})


@dataclass(frozen=True)
class Definition:
    """定义: everything a version of a register says."""

    key: str
    name: str
    kind: str = "reference"
    public: bool = False
    description: str = ""
    numbering: dict = field(default_factory=dict)
    title: dict = field(default_factory=dict)
    owner_field: str = ""
    region_field: str = ""
    sections: list[dict] = field(default_factory=list)
    fields: list[FieldSpec] = field(default_factory=list)
    listing: dict = field(default_factory=dict)
    rules: list[RuleSpec] = field(default_factory=list)
    tombstones: list[str] = field(default_factory=list)
    notes: str = ""

    @classmethod
    def from_dict(cls, data: dict) -> Definition:
        """Raises TypeError for a key this format does not know."""
        return cls(
            **{
                **data,
                "fields": [FieldSpec.from_dict(item) for item in data.get("fields", [])],
                "rules": [RuleSpec.from_dict(item) for item in data.get("rules", [])],
            }
        )

    def to_dict(self) -> dict:
        return compact(self)

    @property
    def digest(self) -> str:
        """SHA-256 in hex over the canonical JSON."""
        text = json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def by_key(self) -> dict[str, FieldSpec]:
        return {spec.key: spec for spec in self.fields}

    @cached_property
    def public_fields(self) -> list[FieldSpec]:
        """What anybody may see of a public record: marked public and not sensitive."""
        return [spec for spec in self.fields if spec.public and not spec.sensitive]

    @cached_property
    def sensitive_keys(self) -> frozenset[str]:
        return frozenset(spec.key for spec in self.fields if spec.sensitive)

    @property
    def columns(self) -> list[str]:
        """Keys of the listing's columns; without a configured list those marked `listed`."""
        return self.listing.get("columns") or [spec.key for spec in self.fields if spec.listed]


def clause_from(data: Any) -> ClauseRef | None:
    return ClauseRef(**data) if isinstance(data, dict) else data
