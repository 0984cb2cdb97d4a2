"""SQLite's FTS5: bm25 over the segmenter's tokens, the embedded default."""

from collections.abc import Sequence

from django.db import DatabaseError, connections, router
from django.db.models import F, FloatField, QuerySet
from django.db.models.expressions import RawSQL

from search.engines import fts5_table
from search.engines.base import TITLE_WEIGHT, Answer, DatabaseEngine, EngineUnavailable, Request
from search.language import Query, Term
from search.models import SearchEntry

_BM25 = f"bm25({fts5_table.TABLE}, {TITLE_WEIGHT}, 1.0)"


class SqliteFts5Engine(DatabaseEngine):
    """Matches in the FTS5 table, counts and narrows with the ORM around it."""

    name = "sqlite-fts5"

    def search(self, request: Request) -> Answer:
        """As every database engine; a missing or damaged table makes it unavailable."""
        try:
            return super().search(request)
        except DatabaseError as error:
            raise EngineUnavailable(str(error)) from error

    def finds(self, request: Request) -> bool:
        """As every database engine; a missing or damaged table makes it unavailable."""
        try:
            return super().finds(request)
        except DatabaseError as error:
            raise EngineUnavailable(str(error)) from error

    def matching(self, entries: QuerySet[SearchEntry], query: Query) -> QuerySet[SearchEntry]:
        """Entries whose id is among the rows that match."""
        rows = RawSQL(
            f"SELECT rowid FROM {fts5_table.TABLE} WHERE {fts5_table.TABLE} MATCH %s", [match(query)]
        )
        return entries.filter(pk__in=rows)

    def ranked(self, entries: QuerySet[SearchEntry], query: Query) -> QuerySet[SearchEntry]:
        """By bm25, then the newest. bm25() wants the table itself in the FROM clause, hence extra()."""
        table = fts5_table.TABLE
        return (
            entries.extra(
                tables=[table],
                where=[f"{table}.rowid = {fts5_table.ENTRIES}.id", f"{table} MATCH %s"],
                params=[match(query)],
            )
            .annotate(score=RawSQL(_BM25, [], output_field=FloatField()))
            .order_by("score", F("date").desc(nulls_last=True), "-id")
        )

    def write(self, entries: Sequence[SearchEntry]) -> None:
        """Puts the entries' token streams into the table."""
        fts5_table.put(_connection(), ((e.pk, e.title_tokens, e.body_tokens) for e in entries))

    def erase(self, ids: Sequence[int]) -> None:
        """Deletes the entries' rows."""
        fts5_table.erase(_connection(), ids)


def match(query: Query) -> str:
    """The query in FTS5's own language. Tokens hold letters, digits and + alone, so quoting them is enough."""
    wanted = " AND ".join(map(_quoted, query.wanted))
    if not query.unwanted:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(map(_quoted, query.unwanted))})"


def _quoted(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'


def _connection():
    return connections[router.db_for_write(SearchEntry)]
