"""Plain Django on any database: LIKE over the token streams. Slow, never wrong, always there."""

from collections.abc import Sequence

from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When

from search.engines.base import TITLE_WEIGHT, DatabaseEngine
from search.language import Query, Term
from search.models import SearchEntry


class OrmEngine(DatabaseEngine):
    """Finds the same entries as the other engines; ranks by how many terms the title and the body hold."""

    name = "orm"

    def matching(self, entries: QuerySet[SearchEntry], query: Query) -> QuerySet[SearchEntry]:
        """Each wanted term in title or body, no unwanted one."""
        for term in query.wanted:
            entries = entries.filter(_holds(term))
        for term in query.unwanted:
            entries = entries.exclude(_holds(term))
        return entries

    def ranked(self, entries: QuerySet[SearchEntry], query: Query) -> QuerySet[SearchEntry]:
        """Titles first, then the newest."""
        score = Value(0.0, FloatField())
        for term in query.wanted:
            score += Case(
                When(title_tokens__contains=_run(term), then=Value(TITLE_WEIGHT)), default=Value(0.0)
            )
            score += Case(When(body_tokens__contains=_run(term), then=Value(1.0)), default=Value(0.0))
        return (
            self.matching(entries, query)
            .annotate(score=score)
            .order_by("-score", F("date").desc(nulls_last=True), "-id")
        )

    def write(self, entries: Sequence[SearchEntry]) -> None:
        """Nothing: the entries' own columns are the index."""

    def erase(self, ids: Sequence[int]) -> None:
        """Nothing: see `write`."""


def _run(term: Term) -> str:
    """The term as it stands in a token stream."""
    return f" {' '.join(term.words)}{'' if term.prefix else ' '}"


def _holds(term: Term) -> Q:
    return Q(title_tokens__contains=_run(term)) | Q(body_tokens__contains=_run(term))
