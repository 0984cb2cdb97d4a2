"""The one way a pack is written: fixed key order, defaults left out, no comments, short mappings on one line."""

from __future__ import annotations

from typing import Any

import yaml

from registry.definition import Definition

LINE = 104
ORDER = {
    "pack": ["pack", "title", "scope", "documents", "notes", "registers", "rounds", "records", "tests"],
    "documents": ["key", "title", "short", "number", "issuer", "date"],
    "rounds": [
        "key", "register", "name", "opens", "closes", "review_closes", "reference_date", "results_at", "parameters",
        "obligations", "caps", "route", "file_name", "notes",
    ],
    "obligations": ["key", "label", "register", "filter", "minimum", "minimum_when", "clause"],
    "records": [
        "register", "table", "file", "key", "columns", "compose", "create", "update",
    ],
    "tests": ["register", "round", "name", "given", "reasons", "expect"],
}  # fmt: skip


PREFERRED = [
    "level", "region", "document", "path", "id", "key", "type", "label", "prefix", "width", "field", "template", "name",
    "register", "columns", "sort", "filters", "when", "minimum", "from", "replace",
]  # fmt: skip


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Dates stay text: what is written is what is kept."""


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, indentless)


for _class in (_Loader, _Dumper):
    _class.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict:
    """A mapping; a key written twice is a mistake, not the last one's win."""
    seen = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.MarkedYAMLError(None, None, f"键“{key.value}”重复", key.start_mark)
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read(text: str) -> dict:
    """A pack as plain data. Raises yaml.YAMLError for what is no YAML or repeats a key."""
    return yaml.load(text, Loader=_Loader)


def write(pack: dict) -> str:
    """The canonical text of a pack: writing what was read gives the same bytes."""
    return yaml.dump(
        _Shown(arrange(pack)).value,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10**6,
    )


def arrange(pack: dict) -> dict:
    """The pack with every mapping in its fixed order and without what equals a default."""
    arranged = _ordered(pack, "pack")
    for part in ("documents", "rounds", "records", "tests"):
        if part in arranged:
            arranged[part] = [_ordered(item, part) for item in arranged[part]]
    for item in arranged.get("rounds", []):
        if "obligations" in item:
            item["obligations"] = [_ordered(duty, "obligations") for duty in item["obligations"]]
    if "registers" in arranged:
        arranged["registers"] = [_register(item) for item in arranged["registers"]]
    return arranged


def _register(item: dict) -> dict:
    """A register in its format's own order; what lies inside its free mappings is sorted."""
    told = Definition.from_dict(item).to_dict()
    for part in ("fields", "rules"):
        if part in told:
            told[part] = [_inside(entry) for entry in told[part]]
    return {key: value if key in ("fields", "rules") else _sorted(value) for key, value in told.items()}


def _inside(entry: dict) -> dict:
    return {key: _sorted(value) for key, value in entry.items()}


def _ordered(item: dict, kind: str) -> dict:
    known = ORDER[kind]
    rest = sorted(key for key in item if key not in known)
    whole = ("registers", "rounds", "records", "tests", "documents", "obligations")
    return {
        key: item[key] if key in whole else _sorted(item[key])
        for key in [*known, *rest]
        if key in item and item[key] not in (None, "", [], {})
    }


def _sorted(value: Any) -> Any:
    """A free mapping by the fixed preference, then by the alphabet: a database may have shuffled it."""
    if isinstance(value, list):
        return [_sorted(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key: _sorted(value[key]) for key in sorted(value, key=_rank)}


def _rank(key: str) -> tuple[int, str]:
    return (PREFERRED.index(key) if key in PREFERRED else len(PREFERRED), key)


class _Flow:
    """A collection short enough for one line."""

    def __init__(self, value: dict | list):
        self.value = value


class _Shown:
    """Marks the short collections of a tree; `depth` keeps the outermost lists open."""

    def __init__(self, value: Any, depth: int = 0):
        self.value = self._mark(value, depth)

    def _mark(self, value: Any, depth: int) -> Any:
        if not isinstance(value, dict | list) or not value:
            return value
        if depth > 2 or (depth == 2 and isinstance(value, dict) and "fields" not in value):
            if len(_line(value)) + 2 * depth <= LINE:
                return _Flow(value)
        elif (
            depth and len(_line(value)) <= LINE and all(not isinstance(x, dict | list) for x in _items(value))
        ):
            return _Flow(value)
        if isinstance(value, dict):
            return {key: self._mark(item, depth + 1) for key, item in value.items()}
        return [self._mark(item, depth + 1) for item in value]


def _items(value: dict | list) -> list:
    return list(value.values()) if isinstance(value, dict) else value


def _line(value: Any) -> str:
    return yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=True
    ).rstrip("\n")


def _represent_flow(dumper: _Dumper, marked: _Flow) -> yaml.Node:
    node = dumper.represent_data(marked.value)
    _flatten(node)
    return node


def _flatten(node: yaml.Node) -> None:
    """Everything inside a line stays on that line."""
    if isinstance(node, yaml.CollectionNode):
        node.flow_style = True
        for child in node.value:
            for part in child if isinstance(child, tuple) else (child,):
                _flatten(part)


def _represent_text(dumper: _Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


def _represent_open(dumper: _Dumper, value: dict) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=False)


_Dumper.add_representer(_Flow, _represent_flow)
_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(dict, _represent_open)
_Dumper.add_representer(
    list,
    lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=not value),
)
