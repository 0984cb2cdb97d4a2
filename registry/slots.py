"""Slots: which typed columns a register uses, and what a record writes into them."""

from functools import lru_cache
from typing import Any

from registry import fields, sealing
from registry.definition import Definition, FieldSpec
from registry.errors import Refused
from registry.models.record import DATE_SLOTS, NUMBER_SLOTS, SLOTS, TEXT_SLOTS, UNIQUE_SLOTS, Record, Stage

FREE_STAGES = {Stage.WITHDRAWN, Stage.REFUSED}
COLUMNS = {"s": TEXT_SLOTS, "n": NUMBER_SLOTS, "d": DATE_SLOTS}


def needs_slot(spec: FieldSpec) -> bool:
    return (spec.filterable or spec.sortable) and not spec.sensitive and bool(fields.get(spec.type).slot)


def allocate(definition: Definition, slots: dict[str, str], uniques: dict[str, str]) -> tuple[dict, dict]:
    """The mappings with what this definition newly needs. Raises Refused when slots run out."""
    slots, uniques = dict(slots), dict(uniques)
    for spec in definition.fields:
        if needs_slot(spec) and spec.key not in slots:
            slots[spec.key] = _next(COLUMNS[fields.get(spec.type).slot], slots, spec)
        if spec.unique and spec.key not in uniques:
            uniques[spec.key] = _next(UNIQUE_SLOTS, uniques, spec)
    return slots, uniques


def _next(columns: list[str], taken: dict[str, str], spec: FieldSpec) -> str:
    free = [column for column in columns if column not in taken.values()]
    if not free:
        raise Refused(
            f"字段“{spec.label}”需要一个槽位，但该类槽位共{len(columns)}个，已全部占用；请取消其他字段的筛选、排序或唯一要求。"
        )
    return free[0]


@lru_cache(maxsize=20_000)
def pinyin(text: str) -> str:
    """A name as its readers sort it: pinyin with tone digits, then the text itself."""
    from pypinyin import Style, lazy_pinyin  # its tables take half a second: only who saves waits for them

    return " ".join(lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)).casefold() + " " + text


def order_value(record: Record, values: dict[str, Any], definition: Definition) -> str:
    """The register's default sort as one comparable text (≤ 200 characters)."""
    sort = (definition.listing.get("sort") or ["title"])[0]
    descending, key = sort.startswith("-"), sort.lstrip("-")
    if key == "title":
        return pinyin(record.title)[:200]
    if key == "number":
        return record.number
    spec = definition.by_key[key]
    value = values.get(key)
    if value is None:
        return "\U0010ffff"
    kind = fields.get(spec.type)
    if kind.slot in ("n", "d"):
        scaled = kind.to_json(value, spec) if kind.slot == "n" else value.toordinal()
        return f"{(10**19 - scaled) if descending else (10**19 + scaled):020d}"
    return pinyin(kind.display(value, spec))[:200]


def unique_key(
    record: Record, spec: FieldSpec, value: Any, values: dict[str, Any] | None = None
) -> str | None:
    """The text of a unique column with its scope; None for an empty value and for records that hold no key."""
    if value is None or record.stage in FREE_STAGES or record.withheld:
        return None
    scope = {"register": "", "round": f"round:{record.round_id}", "organisation": f"owner:{record.owner_id}"}[
        spec.unique
    ]
    text = fields.get(spec.type).unique_text(value, spec)
    for other in spec.options.get("unique_with", []):  # unique only together, as a title is with its series
        text += f"|{(values or {}).get(other)}".casefold()
    if spec.sensitive:
        text = sealing.digest(text, f"{record.register_id}:{spec.key}")
    return f"{scope}|{text}"[:200]


def fill(record: Record, values: dict[str, Any], definition: Definition, slots: dict, uniques: dict) -> None:
    """Writes every slot of the record from its values. The one place that does."""
    by_slot = {slot: key for key, slot in slots.items()}
    for slot in SLOTS:
        spec = definition.by_key.get(by_slot.get(slot, ""))
        setattr(record, slot, fields.get(spec.type).slot_value(values.get(spec.key), spec) if spec else None)
    by_unique = {slot: key for key, slot in uniques.items()}
    for slot in UNIQUE_SLOTS:
        spec = definition.by_key.get(by_unique.get(slot, ""))
        value = unique_key(record, spec, values.get(spec.key), values) if spec and spec.unique else None
        setattr(record, slot, value)
    record.order = order_value(record, values, definition)
