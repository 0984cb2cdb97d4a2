"""A record with a field of each kind, and random conditions over it: well-typed, ill-typed, and junk."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from registry.rules import Context, Schema, Type
from registry.rules.operators import OPERATORS
from registry.rules.types import BOOLEAN, DATE, NUMBER, TEXT, Kind

RECORD = {
    "yes": True,
    "unknown": None,
    "text": "示例",
    "number": 12,
    "share": Decimal("0.25"),
    "date": dt.date(1968, 2, 29),
    "choices": ["a", "b"],
    "unit": {"id": 1, "number": "N1", "title": "示例学校", "students": 900},
    "rows": [
        {"name": "甲", "amount": Decimal("1.5")},
        {"name": None, "amount": None},
        {"name": "乙", "amount": None},
    ],
    "scan": {"id": 1, "name": "示例.pdf"},
}
REST = {
    "parameters": {"limit": 65, "ratio": 0.4},
    "reference_date": dt.date(2023, 3, 22),
    "today": dt.date(2026, 11, 24),
    "tables": lambda register, match: {"level": "正高级", "senior": True} if len(match) == 1 else None,
}
CONTEXT = Context(RECORD, **REST)
ROW = {"name": TEXT, "amount": NUMBER}
SCHEMA = Schema(
    fields={
        "yes": BOOLEAN,
        "unknown": BOOLEAN,
        "text": TEXT,
        "number": NUMBER,
        "share": NUMBER,
        "date": DATE,
        "choices": Type(Kind.LIST, item=TEXT),
        "unit": Type(Kind.RECORD, fields={"title": TEXT, "students": NUMBER}),
        "rows": Type(Kind.ROWS, fields=ROW),
        "scan": Type(Kind.FILE),
    },
    parameters={"limit": NUMBER, "ratio": NUMBER},
    tables={"titles": {"title": TEXT, "level": TEXT, "senior": BOOLEAN}},
)

PATHS = [
    *RECORD,
    "unit.title",
    "unit.students",
    "rows.name",
    "rows.amount",
    "$.number",
    "name",
    "amount",
    "",
    "no",
]
LEAVES = st.one_of(
    st.sampled_from(PATHS).map(lambda path: {"var": path}),
    st.sampled_from([{"param": "limit"}, {"param": "ratio"}, {"today": []}, {"reference_date": []}]),
    st.sampled_from(
        [{"date": "1990-01-01"}, {"decimal": "0.40"}, {"lookup": ["titles", {"title": "教授"}, "senior"]}]
    ),
    st.booleans(),
    st.integers(-5, 100),
    st.sampled_from(["", "示例", "a", "11010519491231002X"]),
    st.lists(st.sampled_from(["a", "b"]), max_size=3),
)
COMPOSED = sorted(set(OPERATORS) - {"var", "param", "today", "reference_date", "lookup"})


def grow(inner):
    return st.builds(lambda name, args: {name: args}, st.sampled_from(COMPOSED), st.lists(inner, max_size=3))


TREES = st.recursive(LEAVES, grow, max_leaves=12)
JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), LEAVES),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(st.sampled_from([*OPERATORS, "decimal", "date"]), st.text(max_size=3)),
            inner,
            max_size=2,
        ),
        st.builds(lambda name, arg: {name: arg}, st.sampled_from([*OPERATORS, "decimal", "date"]), inner),
    ),
    max_leaves=15,
)


def conditions(*, monotone: bool = False) -> st.SearchStrategy:
    """Conditions without a type error, over the record and inside its rows.

    `monotone`: without the operators that ask whether a value is there at all.
    """
    return _typed(Kind.BOOLEAN, 3, False, monotone)


def _typed(kind: Kind, depth: int, in_row: bool, monotone: bool) -> st.SearchStrategy:
    """Expressions of that kind, at most `depth` operators deep above the leaves."""

    def inner(kind: Kind, in_row: bool = in_row) -> st.SearchStrategy:
        return st.deferred(lambda: _typed(kind, depth - 1, in_row, monotone))

    def call(name: str, *args: st.SearchStrategy) -> st.SearchStrategy:
        return st.tuples(*args).map(lambda values: {name: list(values)})

    def several(name: str, arg: st.SearchStrategy, least: int = 1, most: int = 3) -> st.SearchStrategy:
        return st.lists(arg, min_size=least, max_size=most).map(lambda values: {name: values})

    prefix = "$." if in_row else ""
    paths = {
        Kind.BOOLEAN: ["yes", "unknown"],
        Kind.NUMBER: ["number", "share", "unit.students"],
        Kind.TEXT: ["text", "unit.title"],
        Kind.DATE: ["date"],
    }[kind]
    leaves = [st.sampled_from([{"var": prefix + path} for path in paths])]
    if in_row and kind in (Kind.NUMBER, Kind.TEXT):
        leaves.append(st.just({"var": "amount" if kind is Kind.NUMBER else "name"}))
    leaves.append(
        {
            Kind.BOOLEAN: st.booleans(),
            Kind.NUMBER: st.one_of(
                st.integers(-5, 100), st.sampled_from([{"decimal": "0.40"}, {"param": "ratio"}])
            ),
            Kind.TEXT: st.sampled_from(["示例", "a", "11010519491231002X"]),
            Kind.DATE: st.sampled_from([{"date": "1990-01-01"}, {"today": []}, {"reference_date": []}]),
        }[kind]
    )
    if depth == 0:
        return st.one_of(leaves)
    number, text, date, truth = (inner(item) for item in (Kind.NUMBER, Kind.TEXT, Kind.DATE, Kind.BOOLEAN))
    rows = st.just({"var": prefix + "rows"})
    per_row = inner(Kind.BOOLEAN, True)
    calls = {
        Kind.BOOLEAN: [
            several("and", truth),
            several("or", truth),
            call("!", truth),
            *(several(name, part, 2, 3) for name in ("<", "<=", ">", ">=") for part in (number, date)),
            *(several(name, part, 2, 2) for name in ("==", "!=") for part in (number, date, text, truth)),
            *(call(name, rows, per_row) for name in ("all", "some", "none")),
            call("in", text, st.just({"var": prefix + "choices"})),
            call("in", text, st.lists(text, max_size=3)),
            call("contains", text, text),
            call("starts_with", text, text),
            call("confirmed", truth),
            call("id_valid", text),
            call("file_name", st.just({"var": prefix + "scan"}), text, number),
            st.just({"lookup": ["titles", {"title": {"var": prefix + "text"}}, "senior"]}),
        ],
        Kind.NUMBER: [
            several("+", number, 2),
            several("*", number, 2),
            several("-", number, 2, 2),
            several("/", number, 2, 2),
            several("min", number, 2),
            several("max", number, 2),
            call("age", date, date),
            call("count", rows),
            call("count", rows, per_row),
            call("length", text),
            st.just({"sum": {"var": prefix + "rows.amount"}}),
            st.just({"max": {"var": prefix + "rows.amount"}}),
        ],
        Kind.TEXT: [several("concat", st.one_of(text, number, date)), call("id_sex", text)],
        Kind.DATE: [several("max", date, 2), call("id_birth", text)],
    }[kind]
    if not monotone:
        anything = st.one_of(number, text, date, truth, rows)
        part = {Kind.BOOLEAN: truth, Kind.NUMBER: number, Kind.TEXT: text, Kind.DATE: date}[kind]
        calls.append(several("first", part))
        if kind is Kind.NUMBER:  # a sum leaves absent cells out, so it is known before they are
            calls.append(call("sum", rows, inner(Kind.NUMBER, True)))
        if kind is Kind.BOOLEAN:
            calls += [call("present", anything), call("empty", anything)]
    return st.one_of(*leaves, *calls)
