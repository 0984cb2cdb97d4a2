"""The operators, a file per concept; importing this package fills OPERATORS."""

from . import access, arithmetic, comparison, dates, identity, logic, presence, rows, tables, text
from .base import OPERATORS, Operator

__all__ = [
    "OPERATORS",
    "Operator",
    "access",
    "arithmetic",
    "comparison",
    "dates",
    "identity",
    "logic",
    "presence",
    "rows",
    "tables",
    "text",
]
