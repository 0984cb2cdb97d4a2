"""What an engine is, and what all engines inside the database share: scope, facets, counts, paging."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from search.language import Query
from search.models import SearchAudience, SearchEntry, SearchFacet
from search.scope import Scope

RELEVANCE = "relevance"
DATE = "date"
SORTS = (RELEVANCE, DATE)

TITLE_WEIGHT = 8.0
"""How much more a word in the title counts than one in the body."""


class EngineUnavailable(Exception):
    """The engine cannot answer now; another one must."""


@dataclass(frozen=True)
class Request:
    """A question put to an engine. `facets`: facet name → values of which one must hold."""

    query: Query
    scope: Scope
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    page: int = 1
    per_page: int = 20
    sort: str = RELEVANCE

    def without(self, facet: str) -> "Request":
        """The same question, not narrowed by `facet`."""
        return dataclasses.replace(self, facets={k: v for k, v in self.facets.items() if k != facet})


@dataclass(frozen=True)
class Answer:
    """What an engine found: how many in all, the entries of the page in order, and counts by facet and value."""

    count: int
    entries: list[SearchEntry]
    facets: dict[str, dict[str, int]]
    page: int = 1


class Engine:
    """A way of finding entries. Subclasses set `name` and implement all methods."""

    name: str

    def search(self, request: Request) -> Answer:
        """Answers within the request's scope; raises EngineUnavailable where it cannot."""
        raise NotImplementedError

    def finds(self, request: Request) -> bool:
        """Whether there is any result; raises EngineUnavailable where it cannot tell."""
        raise NotImplementedError

    def write(self, entries: Sequence[SearchEntry]) -> None:
        """Takes up new or changed entries, inside the transaction that stores them."""
        raise NotImplementedError

    def erase(self, ids: Sequence[int]) -> None:
        """Forgets entries by primary key, inside the transaction that deletes them."""
        raise NotImplementedError


class DatabaseEngine(Engine):
    """An engine whose index lives in the site's database: everything but matching and ranking."""

    def matching(self, entries: QuerySet[SearchEntry], query: Query) -> QuerySet[SearchEntry]:
        """Those of `entries` that `query` finds."""
        raise NotImplementedError

    def ranked(self, entries: QuerySet[SearchEntry], query: Query) -> QuerySet[SearchEntry]:
        """Those of `entries` that `query` finds, best first."""
        raise NotImplementedError

    def search(self, request: Request) -> Answer:
        """Four queries, one more for each facet the request narrows by; none without a wanted term."""
        if not request.query:
            return Answer(0, [], {})
        allowed = narrowed(visible(request.scope), request.facets)
        count = self.matching(allowed, request.query).count()
        last = max(1, -(-count // request.per_page))
        page = min(max(1, request.page), last)
        start = (page - 1) * request.per_page
        found = self.ranked(allowed, request.query)
        if request.sort == DATE:
            found = found.order_by(F("date").desc(nulls_last=True), "-id")
        found = found.defer("title_tokens", "body_tokens", "digest").prefetch_related("facets")
        entries = list(found[start : start + request.per_page]) if count else []
        return Answer(count, entries, self._facets(request, count), page)

    def finds(self, request: Request) -> bool:
        """One query."""
        return self.matching(narrowed(visible(request.scope), request.facets), request.query).exists()

    def _facets(self, request: Request, count: int) -> dict[str, dict[str, int]]:
        """Counts by facet and value. A facet already narrowed by is counted as if it were not: to switch values."""
        counts = self._count_facets(request) if count else {}
        for name in request.facets:
            counts[name] = self._count_facets(request.without(name), name).get(name, {})
        return counts

    def _count_facets(self, request: Request, only: str = "") -> dict[str, dict[str, int]]:
        found = self.matching(narrowed(visible(request.scope), request.facets), request.query)
        rows = SearchFacet.objects.filter(entry__in=found.order_by().values("pk"))
        if only:
            rows = rows.filter(name=only)
        counts: dict[str, dict[str, int]] = {}
        for name, value, number in (
            rows.values_list("name", "value").annotate(n=Count("pk")).order_by("name", "-n", "value")
        ):
            counts.setdefault(name, {})[value] = number
        return counts


def visible(scope: Scope) -> QuerySet[SearchEntry]:
    """The entries that `scope` lets be seen. EXISTS, not IN: few entries match, many are public."""
    if not scope.tokens:
        return SearchEntry.objects.none()
    held = SearchAudience.objects.filter(entry=OuterRef("pk"), token__in=sorted(scope.tokens))
    entries = SearchEntry.objects.filter(Exists(held))
    if scope.denied:
        # A comparison with NULL is neither true nor false: entries without a record must be let through by name.
        entries = entries.exclude(record_id__isnull=False, record_id__in=sorted(scope.denied))
    return entries


def narrowed(entries: QuerySet[SearchEntry], facets: Mapping[str, Sequence[str]]) -> QuerySet[SearchEntry]:
    """Those of `entries` that hold, for every facet, one of its values."""
    for name, values in facets.items():
        holding = SearchFacet.objects.filter(entry=OuterRef("pk"), name=name, value__in=list(values))
        entries = entries.filter(Exists(holding))
    return entries
