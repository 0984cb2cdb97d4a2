"""What an app hands to search."""

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from search.scope import PUBLIC


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    `key` is unique over the site and begins with the name of its source (`notice:12`). `facets` maps a facet's name
    to one value or several, as shown to the reader; `kind` and, from `date`, `year` are added. `audience` holds the
    tokens of which a viewer needs one (see `search.scope`). `record_id` lets a scope deny the record behind it.
    """

    kind: str
    key: str
    title: str
    body: str = ""
    url: str = ""
    date: datetime.date | None = None
    facets: Mapping[str, str | tuple[str, ...] | list[str]] = field(default_factory=dict)
    audience: frozenset[str] = frozenset({PUBLIC})
    record_id: int | None = None

    def facet_pairs(self) -> list[tuple[str, str]]:
        """(facet, value) pairs, sorted, each once; empty values are left out."""
        pairs = {("kind", self.kind)}
        if self.date is not None:
            pairs.add(("year", str(self.date.year)))
        for name, values in self.facets.items():
            if name == "kind":
                continue
            if name == "year":
                pairs = {pair for pair in pairs if pair[0] != "year"}
            for value in [values] if isinstance(values, str | int) else values or ():
                pairs.add((str(name)[:40], str(value).strip()[:200]))
        return sorted(pair for pair in pairs if pair[1])

    def digest(self) -> str:
        """Changes when anything of the entry does (SHA-256, hexadecimal)."""
        state = [
            self.kind,
            self.key,
            self.title,
            self.body,
            self.url,
            self.date.isoformat() if self.date else None,
            self.facet_pairs(),
            sorted(self.audience),
            self.record_id,
        ]
        return hashlib.sha256(json.dumps(state).encode()).hexdigest()
