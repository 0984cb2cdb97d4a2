"""Rebuild: slots are derived from data, so they can be written again at any time."""

from registry import slots, values
from registry.models import Record, Register
from registry.models.record import SLOTS, UNIQUE_SLOTS

BATCH = 500
DERIVED = ["order", *SLOTS, *UNIQUE_SLOTS]


def rebuild_slots(register: Register) -> int:
    """Writes the slots of all records of a register from their data, in batches; returns how many changed.

    Takes no lock version and makes no edition: nothing a person stated changes.
    """
    changed = 0
    last = 0
    records = Record.objects.filter(register=register).select_related("version").order_by("pk")
    while batch := list(records.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        values.load_keys(batch)
        stale = []
        for record in batch:
            before = [getattr(record, column) for column in DERIVED]
            data = values.decode(record, record.version.parsed, sensitive=True)
            slots.fill(record, data, record.version.parsed, register.slots, register.uniques)
            if before != [getattr(record, column) for column in DERIVED]:
                stale.append(record)
        Record.objects.bulk_update(stale, DERIVED, batch_size=100)
        changed += len(stale)
    return changed
