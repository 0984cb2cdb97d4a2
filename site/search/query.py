"""The one way to search."""

import dataclasses
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.safestring import SafeString

from search.engines import active_engine, engine
from search.engines.base import RELEVANCE, SORTS, Answer, Engine, EngineUnavailable, Request
from search.excerpt import Highlighter
from search.language import Query, parse
from search.loosen import loosened
from search.models import SearchEntry
from search.scope import Scope

MAX_PER_PAGE = 100

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hit:
    """One result. `title_html` and `excerpt` are escaped, with the words found in <mark>.

    `facets`: name → values of this entry.
    """

    key: str
    kind: str
    title: str
    url: str
    date: date | None
    title_html: SafeString
    excerpt: SafeString
    record_id: int | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """A page of results. `facets`: name → value → count. `limited`: the usual engine is down, a plainer one answered."""

    count: int
    hits: list[Hit]
    facets: dict[str, dict[str, int]]
    engine: str
    limited: bool
    query: Query
    read_as: Query
    page: int
    per_page: int

    @property
    def loosened(self) -> bool:
        """Whether nothing held the words as they were typed, and these results hold them in pieces."""
        return self.read_as != self.query

    @property
    def pages(self) -> int:
        """Number of pages, at least 1."""
        return max(1, -(-self.count // self.per_page))


def _facets_of(entry: SearchEntry) -> dict[str, tuple[str, ...]]:
    facets: dict[str, tuple[str, ...]] = {}
    for facet in entry.facets.all():
        facets[facet.name] = (*facets.get(facet.name, ()), facet.value)
    return facets


def _answer(used: Engine, request: Request) -> tuple[Answer, Query]:
    """The engine's answer, and the query it is an answer to: loosened when the strict one finds nothing."""
    answer = used.search(request)
    if answer.count or not request.query:
        return answer, request.query
    # What is known is asked within the viewer's scope and not within the facets: these narrow, they do not define.
    anywhere = dataclasses.replace(request, facets={})
    if request.facets and used.finds(anywhere):
        return answer, request.query
    looser = loosened(request.query, lambda query: used.finds(dataclasses.replace(anywhere, query=query)))
    if looser is None:
        return answer, request.query
    second = used.search(dataclasses.replace(request, query=looser))
    return (second, looser) if second.count or request.facets else (answer, request.query)


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
        answer, read = _answer(used, request)
    except EngineUnavailable as error:
        log.warning("搜索引擎 %s 不可用，改由数据库作答：%s", used.name, error)
        used, limited = engine("orm"), True
        answer, read = _answer(used, request)
    highlight = Highlighter(read)
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
            facets=_facets_of(entry),
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
        read_as=read,
        page=answer.page,
        per_page=request.per_page,
    )
