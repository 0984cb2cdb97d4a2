"""Entry: one row of a sheet on its way to becoming a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from registry.exchange.report import Problem
from registry.models import Record


@dataclass
class Entry:
    """The instance that django-import-export fills from a row. `values` are Python values by field key."""

    row: int
    record: Record
    new: bool
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    state_before: tuple = ()
    problems: list[Problem] = field(default_factory=list)
    verdicts: list[Any] = field(default_factory=list)
    unchanged: bool = False

    @property
    def pk(self) -> int | None:
        return self.record.pk

    @property
    def state(self) -> tuple:
        """What an import may change beside the values."""
        record = self.record
        return (record.owner_id, record.region_id, record.round_id, tuple(sorted(self.reasons.items())))

    @property
    def touched(self) -> set[str]:
        """Keys of the fields that the row changes."""
        return {
            key
            for key in {*self.values, *self.before}
            if self.new or self.values.get(key) != self.before.get(key)
        }

    def __str__(self) -> str:
        return f"第{self.row}行"
