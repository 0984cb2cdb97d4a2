"""What a rule may speak of: fields with their types, the round's parameters, other registers to look into."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .evaluate import kind_of
from .types import DATE, TEXT, Kind, Type

# Type of field → kind; a type that is not here is ANY: it is then judged only when a record is at hand.
FIELD_KINDS = {
    "text": Kind.TEXT,
    "longtext": Kind.TEXT,
    "textarea": Kind.TEXT,
    "choice": Kind.TEXT,
    "region": Kind.TEXT,
    "id_number": Kind.TEXT,
    "phone": Kind.TEXT,
    "email": Kind.TEXT,
    "url": Kind.TEXT,
    "integer": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "money": Kind.NUMBER,
    "percent": Kind.NUMBER,
    "year": Kind.NUMBER,
    "date": Kind.DATE,
    "yesno": Kind.BOOLEAN,
    "yes_no": Kind.BOOLEAN,
    "boolean": Kind.BOOLEAN,
    "declaration": Kind.BOOLEAN,
    "choices": Kind.LIST,
    "reference": Kind.RECORD,
    "references": Kind.ROWS,
    "rows": Kind.ROWS,
    "file": Kind.FILE,
    "attachment": Kind.FILE,
}


@dataclass(frozen=True)
class Schema:
    """Field key → type; parameter → type; register key → its fields; register key → name.

    `parameters` or `tables` None means that they are not known here and are not checked.
    """

    fields: Mapping[str, Type]
    parameters: Mapping[str, Type] | None = None
    tables: Mapping[str, Mapping[str, Type]] | None = None
    names: Mapping[str, str] = field(default_factory=dict)


def schema_of(
    definition: Any, parameters: Mapping[str, Any] | None = None, registers: Mapping[str, Any] | None = None
) -> Schema:
    """Schema of a register's definition. `parameters` are values of a round (their types are taken), `registers`
    are definitions by register key, for references and lookups."""
    registers = registers or {}
    tables = {key: field_types(other.fields, {}) for key, other in registers.items()}
    return Schema(
        fields=field_types(definition.fields, tables),
        parameters=None if parameters is None else {key: type_of_value(v) for key, v in parameters.items()},
        tables=tables if registers else None,
        names={key: other.name for key, other in registers.items()},
    )


def type_of_value(value: Any) -> Type:
    """Type of a parameter by its value; a text that is an ISO date counts as a date in JSON."""
    if value is None:
        return Type(Kind.ANY)
    if isinstance(value, str):
        try:
            dt.date.fromisoformat(value)
        except ValueError:
            return TEXT
        return DATE
    return Type(kind_of(value))


def field_types(
    specs: Iterable[Any], tables: Mapping[str, Mapping[str, Type]], *, record: bool = True
) -> dict[str, Type]:
    """Field key → type for field specs (`FieldSpec` or the dicts that a rows field has as columns).

    A record also has `number` and `title`, a row has not.
    """
    types = {"number": Type(Kind.TEXT, "编号"), "title": Type(Kind.TEXT, "名称")} if record else {}
    for spec in specs:
        get = (
            spec.get
            if isinstance(spec, Mapping)
            else lambda key, default=None, spec=spec: getattr(spec, key, default)
        )
        kind = FIELD_KINDS.get(get("type") or "", Kind.ANY)
        options = get("options") or {}
        inner: Mapping[str, Type] = {}
        if kind is Kind.ROWS and (columns := options.get("columns") or options.get("fields")):
            inner = field_types(columns, tables, record=False)
        elif kind in (Kind.RECORD, Kind.ROWS):
            inner = tables.get(options.get("register") or "", {})
        types[get("key")] = Type(
            kind,
            get("label") or get("key"),
            item=TEXT if kind is Kind.LIST else None,
            fields=inner,
            choices=choices_of(options.get("choices")),
        )
    return types


def choices_of(choices: Any) -> dict[str, str]:
    """Key → label of choices written as a dict, as pairs, as {key, label} dicts, or as plain texts."""
    if isinstance(choices, Mapping):
        return {str(key): str(label) for key, label in choices.items()}
    result = {}
    for choice in choices or []:
        if isinstance(choice, Mapping):
            key = str(choice.get("key", choice.get("value", "")))
            result[key] = str(choice.get("label", key))
        elif isinstance(choice, list | tuple) and len(choice) == 2:
            result[str(choice[0])] = str(choice[1])
        else:
            result[str(choice)] = str(choice)
    return result
