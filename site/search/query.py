"""The one way to search."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from search.engines import active_engine, engine
from search.engines.base import RELEVANCE, SORTS, EngineUnavailable, Request
from search.excerpt import Highlighter
from search.language import Query, parse
from search.scope import Scope

MAX_PER_PAGE = 100

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hit:
    """One result. `title_html` and `excerpt` are escaped, with the words found in <mark>."""

    key: str
    kind: str
    title: str
    url: str
    date: date | None
    title_html: SafeString
    excerpt: SafeString
    record_id: int | None = None


@dataclass(frozen=True)
class Results:
    """A page of results. `facets`: name → value → count. `limited`: the usual engine is down, a plainer one answered."""

    count: int
    hits: list[Hit]
    facets: dict[str, dict[str, int]]
    engine: str
    limited: bool
    query: Query
    page: int
    per_page: int

    @property
    def pages(self) -> int:
        """Number of pages, at least 1."""
        return max(1, -(-self.count // self.per_page))


def search(
    q: str,
    scope: Scope,
    *,
    kinds: Iterable[str] = (),
    facets: Mapping[str, str | Iterable[str]] | None = None,
    page: int = 1,
    per_page: int = 20,
    sort: str = RELEVANCE,
) -> Results:
    """Finds what `scope` may see. Any string is a question; a page too far is the last page.

    `facets`: name → value, or values of which one must hold; `kinds` is the same for the facet `kind`.
    Raises TypeError without a Scope: there is no search that sees everything by default.
    """
    if not isinstance(scope, Scope):
        raise TypeError("搜索必须给出可见范围（Scope）。")
    chosen = {
        name: tuple([values] if isinstance(values, str) else values)
        for name, values in (facets or {}).items()
    }
    if kinds := tuple(kinds):
        chosen["kind"] = kinds
    request = Request(
        query=parse(q),
        scope=scope,
        facets={name: values for name, values in chosen.items() if values},
        page=page,
        per_page=min(max(1, per_page), MAX_PER_PAGE),
        sort=sort if sort in SORTS else RELEVANCE,
    )
    used, limited = active_engine(), False
    try:
        answer = used.search(request)
    except EngineUnavailable as error:
        log.warning("搜索引擎 %s 不可用，改由数据库作答：%s", used.name, error)
        used, limited = engine("orm"), True
        answer = used.search(request)
    highlight = Highlighter(request.query)
    hits = [
        Hit(
            key=entry.key,
            kind=entry.kind,
            title=entry.title,
            url=entry.url,
            date=entry.date,
            title_html=highlight.whole(entry.title),
            excerpt=highlight.passage(entry.body),
            record_id=entry.record_id,
        )
        for entry in answer.entries
    ]
    return Results(
        count=answer.count,
        hits=hits,
        facets=answer.facets,
        engine=used.name,
        limited=limited,
        query=request.query,
        page=answer.page,
        per_page=request.per_page,
    )
