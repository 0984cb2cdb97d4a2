"""Exact numbers: all is compared and reckoned as fractions, so 40 % of 25 is 10 and not 10.000000001."""

from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from .errors import RuleError

Number: TypeAlias = int | Decimal | Fraction

# Far beyond any amount of money or count of people, and small enough that products stay cheap.
MAX_BITS = 512
MAX_EXPONENT = 40
MAX_DIGITS = 60


def is_number(value: object) -> bool:
    """Whether the value is a number of ours; a bool is not, and a float never is."""
    return isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool)


def exact(value: Number) -> Fraction:
    """The same number as a fraction. Raises RuleError for NaN, infinity and what is too large."""
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise RuleError("数值不是有限的数。")
        _, digits, exponent = value.as_tuple()
        if abs(int(exponent)) > MAX_EXPONENT or len(digits) > MAX_DIGITS:
            raise RuleError("数值位数过多，无法计算。")
    return bounded(Fraction(value))


def bounded(value: Fraction) -> Fraction:
    """The value itself; RuleError where numerator or denominator outgrow MAX_BITS."""
    if value.numerator.bit_length() > MAX_BITS or value.denominator.bit_length() > MAX_BITS:
        raise RuleError("计算结果位数过多。")
    return value
