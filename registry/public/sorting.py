"""Sorted: records in the order of one slot column, read in pages from the indexes."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from registry.models import Record
from registry.models.columns import EMPTY_NUMBER, EMPTY_TEXT

EMPTY: dict[str, Any] = {"s": EMPTY_TEXT, "n": EMPTY_NUMBER, "d": "9999-12-31"}


class Sorted:
    """A sequence of record ids: `len`-like `count()`, and slices.

    `slot` None is the register's own order, descending from its end. Ascending lists read values, then empties, which the index gives as they
    stand (an empty is stored as the greatest value); descending lists read values, then empties. Records whose
    version lacks the field (slot NULL) come last. Each stretch is read from its own index, so a page costs one
    to three counts, and one read for each stretch it touches.
    """

    def __init__(
        self, records: QuerySet[Record], slot: str | None = None, *, descending: bool = False
    ) -> None:
        self.records = records.order_by()
        self.slot = slot
        self.descending = descending

    @cached_property
    def total(self) -> int:
        """How many in all. `order` is never null: naming it lets SQLite count from the list's own index."""
        return self.records.filter(order__gte="").count()

    def count(self) -> int:
        return self.total

    @cached_property
    def stretches(self) -> list[tuple[QuerySet[Record], list[str], int]]:
        """(records, order, how many) one after the other."""
        own = ["order", "pk"]
        if self.slot is None:
            order = ["-order", "-pk"] if self.descending else own
            return [(self.records, order, self.total)]
        has_slot = self.records.filter(**{f"{self.slot}__isnull": False})
        filled = has_slot.count()
        lacking = (self.records.filter(**{f"{self.slot}__isnull": True}), own, self.total - filled)
        if not self.descending:
            return [(has_slot, [self.slot, *own], filled), lacking]
        empty = has_slot.filter(**{self.slot: EMPTY[self.slot[0]]})
        empties = empty.count()
        values = has_slot.filter(**{f"{self.slot}__lt": EMPTY[self.slot[0]]})
        return [
            (values, [f"-{self.slot}", "-order", "-pk"], filled - empties),
            (empty, own, empties),
            lacking,
        ]

    def __getitem__(self, part: slice) -> list[int]:
        ids: list[int] = []
        first, last = part.start or 0, min(part.stop if part.stop is not None else self.total, self.total)
        for records, order, size in self.stretches:
            start, stop = max(first, 0), min(last, size)
            if start < stop:
                ids += _read(records, order, start, stop, size)
            first, last = first - size, last - size
        return ids


def _read(records: QuerySet[Record], order: list[str], start: int, stop: int, size: int) -> list[int]:
    """Ids from the nearer end, so that the farthest page costs what the middle one does at most."""
    if start <= size - stop:
        return list(records.order_by(*order).values_list("pk", flat=True)[start:stop])
    turned = [name[1:] if name.startswith("-") else f"-{name}" for name in order]
    found = list(records.order_by(*turned).values_list("pk", flat=True)[size - stop : size - start])
    return found[::-1]
