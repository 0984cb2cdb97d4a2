"""Field types by key."""

from registry.fields.base import BoundType, FieldType
from registry.fields.choice import Choice, Choices
from registry.fields.date import Date
from registry.fields.file import File
from registry.fields.identifiers import CreditCode, Email, IdNumber, Phone, SchoolCode, WebAddress
from registry.fields.long_text import LongText
from registry.fields.numbers import Integer, Money, Number, Percentage, Year
from registry.fields.reference import Reference, References, RegionField
from registry.fields.rows import Rows
from registry.fields.text import Text
from registry.fields.yes_no import Declaration, YesNo

TYPES: dict[str, FieldType] = {
    kind.key: kind()
    for kind in (
        Text,
        LongText,
        Integer,
        Number,
        Money,
        Percentage,
        Year,
        Date,
        YesNo,
        Declaration,
        Choice,
        Choices,
        IdNumber,
        CreditCode,
        SchoolCode,
        Phone,
        Email,
        WebAddress,
        RegionField,
        Reference,
        References,
        Rows,
        File,
    )
}


def get(key: str) -> FieldType:
    """The field type of that key. Raises KeyError for a type nobody wrote."""
    return TYPES[key]


__all__ = ["TYPES", "BoundType", "FieldType", "get"]
