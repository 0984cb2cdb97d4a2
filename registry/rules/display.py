"""How a value reads in a Chinese sentence."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from .types import Value

ABSENT = "未填写"


def show(value: Value) -> str:
    """The value as text: 66, 0.4, 1957年3月22日, 是, a record's title; 未填写 where it is absent."""
    if value is None or value == "" or value == []:
        return ABSENT
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, int | Decimal | Fraction):
        return show_number(value)
    if isinstance(value, Mapping):
        return str(value.get("title") or value.get("name") or value.get("number") or ABSENT)
    if isinstance(value, list | tuple):
        if all(isinstance(item, Mapping) and "title" not in item for item in value):
            return f"{len(value)}行"
        return "、".join(show(item) for item in value)
    return str(value)


def show_number(value: int | Decimal | Fraction) -> str:
    """Plain digits without exponent or trailing zeros; a repeating fraction is rounded to four places.

    >>> show_number(Fraction(1, 3)), show_number(Decimal("0.40")), show_number(1200)
    ('0.3333', '0.4', '1200')
    """
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return str(value.numerator)
        value = round(value, 4)
        value = Decimal(value.numerator) / Decimal(value.denominator)
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)
