"""DataParts: the named keys of a record's data, and nothing else of it, in one column of the answer."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Func, JSONField


class DataParts(Func):
    """A JSON object with `keys` of the column `data` (null where absent). Lists fetch what they show.

    A `values("data__key")` would do, but reads the text "0001" of a SQLite database as the number 1.
    """

    output_field = JSONField()

    def __init__(self, keys: Iterable[str], column: str = "data", **extra: Any) -> None:
        self.keys = list(keys)
        super().__init__(F(column), **extra)

    def copy(self) -> "DataParts":
        made = super().copy()
        made.keys = list(self.keys)
        return made

    @property
    def identity(self) -> tuple:
        return (*super().identity, tuple(self.keys))

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list]:
        column, params = compiler.compile(self.source_expressions[0])
        parts, values = [], []
        for key in self.keys:
            parts.append(f"%s, {column} -> %s")
            values += [key, *params, f'$."{key}"']
        return f"JSON_OBJECT({', '.join(parts)})", values

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list]:
        column, params = compiler.compile(self.source_expressions[0])
        parts, values = [], []
        for key in self.keys:
            parts.append(f"%s::text, {column} -> %s::text")
            values += [key, *params, key]
        return f"JSONB_BUILD_OBJECT({', '.join(parts)})", values
