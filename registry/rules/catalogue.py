"""The operators described as data, for completion and help in the rule editor."""

from __future__ import annotations

from .operators import OPERATORS
from .parse import MAX_DEPTH, MAX_NODES, MAX_TEXT

OPERATOR_CATALOGUE: list[dict] = [
    {
        "name": item.name,
        "summary": item.summary,
        "least": item.least,
        "most": item.most,
        "takes": [kind.value for kind in item.takes],
        "gives": item.gives.kind.value,
    }
    for item in sorted(OPERATORS.values(), key=lambda item: item.name)
]

CONDITION_SCHEMA: dict = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "规则条件",
    "description": f"不超过{MAX_DEPTH}层、{MAX_NODES}个节点、{MAX_TEXT}字符",
    "$ref": "#/$defs/expression",
    "$defs": {
        "expression": {
            "anyOf": [
                {"type": ["string", "integer", "boolean", "null"]},
                {"type": "array", "items": {"$ref": "#/$defs/expression"}},
                {"$ref": "#/$defs/decimal"},
                {"$ref": "#/$defs/date"},
                {"$ref": "#/$defs/call"},
            ]
        },
        "decimal": {
            "type": "object",
            "properties": {"decimal": {"type": "string", "pattern": r"^-?\d{1,18}(\.\d{1,12})?$"}},
            "required": ["decimal"],
            "additionalProperties": False,
        },
        "date": {
            "type": "object",
            "properties": {"date": {"type": "string", "format": "date"}},
            "required": ["date"],
            "additionalProperties": False,
        },
        "call": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "properties": {item["name"]: {"description": item["summary"]} for item in OPERATOR_CATALOGUE},
            "additionalProperties": False,
        },
    },
}
