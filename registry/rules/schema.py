"""What a rule may speak of: fields with their types, the round's parameters, other registers to look into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .display import show
from .evaluate import kind_of
from .parse import literal_value
from .types import TEXT, Kind, Type

# Type of field → kind; a type that is not here is ANY: it is then judged only when a record is at hand.
FIELD_KINDS = {
    "text": Kind.TEXT,
    "long_text": Kind.TEXT,
    "choice": Kind.TEXT,
    "region": Kind.TEXT,
    "id_number": Kind.TEXT,
    "credit_code": Kind.TEXT,
    "school_code": Kind.TEXT,
    "phone": Kind.TEXT,
    "email": Kind.TEXT,
    "url": Kind.TEXT,
    "integer": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "percentage": Kind.NUMBER,
    "money": Kind.NUMBER,
    "year": Kind.NUMBER,
    "date": Kind.DATE,
    "yes_no": Kind.BOOLEAN,
    "declaration": Kind.BOOLEAN,
    "choices": Kind.LIST,
    "references": Kind.LIST,
    "reference": Kind.RECORD,
    "rows": Kind.ROWS,
    "file": Kind.FILE,
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
    """Schema of a register's definition.

    `parameters` are values of a round (their types are taken), `registers` definitions by register key, for
    references and lookups.
    """
    registers = registers or {}
    tables = {key: field_types(other.fields, {}) for key, other in registers.items()}
    return Schema(
        fields=field_types(definition.fields, tables),
        parameters=None if parameters is None else {key: type_of_value(v) for key, v in parameters.items()},
        tables=tables if registers else None,
        names={key: other.name for key, other in registers.items()},
    )


def type_of_value(value: Any) -> Type:
    """Type of a parameter by its value, labelled with it. Raises RuleError for a value that rules cannot use."""
    value = literal_value(value)
    return Type(Kind.ANY) if value is None else Type(kind_of(value), show(value))


def field_types(
    specs: Iterable[Any], tables: Mapping[str, Mapping[str, Type]], *, record: bool = True
) -> dict[str, Type]:
    """Field key → type for field specs (`FieldSpec` or the dicts that a rows field has as columns).

    A record also has `number` and `title`, a row has not.
    """
    types = {"number": Type(Kind.TEXT, "编号"), "title": Type(Kind.TEXT, "名称")} if record else {}
    for spec in specs:
        key, type_key = _read(spec, "key"), _read(spec, "type")
        kind = FIELD_KINDS.get(type_key, Kind.ANY)
        if kind is Kind.RECORD and not record:
            kind = Kind.ANY  # a reference inside a row is its target's bare id
        options = _read(spec, "options") or {}
        inner: Mapping[str, Type] = {}
        if kind is Kind.ROWS and (columns := options.get("columns")):
            inner = field_types(columns, tables, record=False)
        elif kind in (Kind.RECORD, Kind.ROWS):
            inner = tables.get(options.get("register") or "", {})
        types[key] = Type(
            kind,
            _read(spec, "label") or key,
            item=TEXT if type_key == "choices" else None,
            fields=inner,
            choices=choices_of(options.get("choices")),
        )
    return types


def _read(spec: Any, name: str) -> Any:
    """An attribute of a field spec, or a key of a rows field's column; None if it has none."""
    return spec.get(name) if isinstance(spec, Mapping) else getattr(spec, name, None)


def choices_of(choices: Iterable[Any] | None) -> dict[str, str]:
    """Key → label of choices, each a text or a {key, label} mapping."""
    result = {}
    for choice in choices or []:
        key = str(choice["key"] if isinstance(choice, Mapping) else choice)
        result[key] = str(choice.get("label", key)) if isinstance(choice, Mapping) else key
    return result
