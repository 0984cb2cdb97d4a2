"""The search page. It reads only: no session is written, no write transaction opened."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.engines.base import DATE, RELEVANCE
from search.labels import FACETS, kind_label, value_label
from search.query import Hit, Results, search
from search.scope import scope_for

PER_PAGE = 20
SHOWN_VALUES = 12
MAX_VALUES = 20
"""Values of one facet that an address may choose."""


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """`?q=` with facets, `sort` and `page`; `format=json` gives {"count", "engine", "facets", "results"}."""
    asked = request.GET
    results = search(
        asked.get("q", ""),
        scope_for(request.user),
        facets=_chosen(asked),
        page=_page(asked.get("page", "")),
        per_page=PER_PAGE,
        sort=asked.get("sort", RELEVANCE),
    )
    if asked.get("format") == "json":
        return JsonResponse(_as_json(results), json_dumps_params={"ensure_ascii": False})
    return render(request, "search/search.html", _context(asked, results))


def _chosen(asked: QueryDict) -> dict[str, list[str]]:
    """Facet values in the address, without empty ones."""
    chosen = {name: [v[:200] for v in asked.getlist(name) if v.strip()][:MAX_VALUES] for name in FACETS}
    return {name: [v.replace("\0", "") for v in values] for name, values in chosen.items() if values}


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def _as_json(results: Results) -> dict:
    """What programs get. `excerpt` is escaped HTML with <mark> around the words found."""
    return {
        "count": results.count,
        "engine": results.engine,
        "facets": results.facets,
        "results": [
            {"kind": hit.kind, "title": hit.title, "url": hit.url, "excerpt": hit.excerpt}
            for hit in results.hits
        ],
    }


def _context(asked: QueryDict, results: Results) -> dict:
    chosen = _chosen(asked)
    facets = [
        _facet(asked, name, results.facets[name], chosen) for name in FACETS if results.facets.get(name)
    ]
    return {
        "q": asked.get("q", "").replace("\0", ""),
        "results": results,
        "hits": [(hit, kind_label(hit.kind), _origin(hit)) for hit in results.hits],
        "facets": [facet for facet in facets if facet],
        "active": [
            (FACETS[name], value_label(name, value), _address(asked, name, value))
            for name, values in chosen.items()
            for value in values
        ],
        "kept": [(name, value) for name, values in chosen.items() for value in values],
        "everything_url": _address(asked, *FACETS),
        "sort": asked.get("sort") if asked.get("sort") == DATE else RELEVANCE,
        "sort_links": [
            ("按相关度", RELEVANCE, _with(asked, "sort", "")),
            ("按日期", DATE, _with(asked, "sort", DATE)),
        ],
        "page_obj": Paginator(range(results.count), results.per_page).page(results.page),
        "base_query": _copy(asked).urlencode(),
    }


def _origin(hit: Hit) -> str:
    """Where the hit comes from: its register, else its issuer."""
    return "、".join(hit.facets.get("register") or hit.facets.get("issuer") or ())


def _facet(asked: QueryDict, name: str, counts: dict[str, int], chosen: dict[str, list[str]]) -> dict | None:
    """The facet as templates/search/facets.html wants it; None when it would not narrow anything."""
    if len(counts) < 2 and name not in chosen:
        return None
    values = sorted(counts.items(), reverse=True) if name == "year" else counts.items()
    options = [
        {
            "label": value_label(name, value),
            "count": count,
            "url": _toggled(asked, name, value),
            "active": value in chosen.get(name, ()),
        }
        for value, count in values
    ]
    options.sort(key=lambda option: not option["active"])
    return {"label": FACETS[name], "options": options[:SHOWN_VALUES], "more": options[SHOWN_VALUES:]}


def _toggled(asked: QueryDict, name: str, value: str) -> str:
    if value in asked.getlist(name):
        return _address(asked, name, value)
    new = _copy(asked)
    new.appendlist(name, value)
    return f"?{new.urlencode()}"


def _address(asked: QueryDict, *names: str) -> str:
    """The address without a facet's value (name, value), or without all the facets named."""
    new = _copy(asked)
    if len(names) == 2 and names[1] not in FACETS:
        new.setlist(names[0], [value for value in new.getlist(names[0]) if value != names[1]])
    else:
        for name in names:
            new.pop(name, None)
    return f"?{new.urlencode()}"


def _with(asked: QueryDict, name: str, value: str) -> str:
    new = _copy(asked)
    if value:
        new[name] = value
    else:
        new.pop(name, None)
    return f"?{new.urlencode()}"


def _copy(asked: QueryDict) -> QueryDict:
    """The address from its first page on, without what is not part of a question."""
    new = QueryDict(mutable=True)
    for name in ("q", *FACETS, "sort"):
        if values := [value for value in asked.getlist(name) if value]:
            new.setlist(name, values)
    return new
