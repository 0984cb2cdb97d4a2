"""规则: conditions as typed data (JsonLogic), evaluated without I/O and without Django.

`judge(rule, context)` gives a Verdict, `evaluate` the truth alone, `check` the problems of a draft against a
schema, `sentence` a condition in Chinese. Described in docs/features/rules.md.
"""

from .catalogue import CONDITION_SCHEMA, OPERATOR_CATALOGUE
from .check import Problem, check
from .errors import RuleError
from .evaluate import evaluate, value_of
from .judge import judge, reason_for
from .parse import parse, parse_text
from .schema import Schema, schema_of
from .sentence import sentence
from .types import Context, Kind, Type, Verdict

__all__ = [
    "CONDITION_SCHEMA",
    "OPERATOR_CATALOGUE",
    "Context",
    "Kind",
    "Problem",
    "RuleError",
    "Schema",
    "Type",
    "Verdict",
    "check",
    "evaluate",
    "judge",
    "parse",
    "parse_text",
    "reason_for",
    "schema_of",
    "sentence",
    "value_of",
]
