"""modelsearch's SQLite backend, thinly subclassed: it stores and asks for the segmenter's tokens.

The stock backend hands text to SQLite's own tokenizer, which takes a run of Chinese characters for one word, and
puts what was typed into FTS5's query language unescaped, where a quotation mark is a syntax error.
"""

from django.db.models import QuerySet
from modelsearch.backends.database.sqlite.query import Lexeme, SearchQueryExpression
from modelsearch.backends.database.sqlite.sqlite import (
    IndexEntry,
    ObjectIndexer,
    SQLiteAutocompleteQueryCompiler,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)
from modelsearch.query import MATCH_NONE, And, Boost, Fuzzy, Not, Or, Phrase, PlainText, SearchQuery
from modelsearch.utils import get_content_type_pk

from search import segment
from search.language import Term, parse


class SegmentedIndex(SQLiteIndex):
    """Stores token streams instead of text."""

    def add_items(self, model: type, objs: list) -> None:
        """Writes the entries of `objs`, new or old, in one statement."""
        indexers = [ObjectIndexer(obj, self.backend) for obj in objs] if model.get_search_fields() else []
        if not indexers:
            return
        content_type = get_content_type_pk(model)
        self.entries.bulk_create(
            [
                IndexEntry(
                    content_type_id=content_type,
                    object_id=indexer.id,
                    title=_stream(indexer.title),
                    autocomplete=_stream(indexer.autocomplete),
                    body=_stream(indexer.body),
                )
                for indexer in indexers
            ],
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "autocomplete", "body"],
        )
        self._refresh_title_norms()


class _Segmented:
    """Mixed into the stock query compilers: asks for tokens in a row instead of what was typed."""

    def __init__(self, queryset: QuerySet, query: SearchQuery | str, *args: object, **kwargs: object) -> None:
        super().__init__(queryset, query, *args, **kwargs)
        self.query = _sane(self.query) or MATCH_NONE

    def build_search_query_content(self, query: SearchQuery, config: object = None) -> object:
        """Text and phrases as tokens; how they are combined is modelsearch's."""
        if isinstance(query, PlainText):
            *first, last = [_lexeme(term) for term in parse(query.query_string).wanted]
            if self.LAST_TERM_IS_PREFIX:
                last.prefix = True
            for lexeme in reversed(first):
                last = lexeme & last if query.operator == "and" else lexeme | last
            return SearchQueryExpression(last, config=config)
        if isinstance(query, Phrase):
            tokens = segment.query_tokens(query.query_string)
            return SearchQueryExpression(_lexeme(Term(query.query_string, tuple(tokens), phrase=True)))
        return super().build_search_query_content(query, config=config)


class SegmentedQueryCompiler(_Segmented, SQLiteSearchQueryCompiler):
    """Whole words."""


class SegmentedAutocompleteQueryCompiler(_Segmented, SQLiteAutocompleteQueryCompiler):
    """The last word may go on."""


class SegmentedSearchBackend(SQLiteSearchBackend):
    """The backend that `search.wagtail_backend` gives on SQLite."""

    index_class = SegmentedIndex
    query_compiler_class = SegmentedQueryCompiler
    autocomplete_query_compiler_class = SegmentedAutocompleteQueryCompiler


def _stream(text: str) -> str:
    return segment.stream(text).strip()


def _lexeme(term: Term) -> Lexeme:
    return Lexeme(" ".join(term.words), prefix=term.prefix)


def _sane(query: SearchQuery) -> SearchQuery | None:
    """The query without the parts that hold nothing to look for; None when nothing is left."""
    if isinstance(query, Boost):
        return _sane(query.subquery)
    if isinstance(query, Fuzzy):
        return _sane(PlainText(query.query_string, operator=query.operator))
    if isinstance(query, PlainText):
        return query if parse(query.query_string) else None
    if isinstance(query, Phrase):
        return query if segment.query_tokens(query.query_string) else None
    if isinstance(query, Not):
        inner = _sane(query.subquery)
        return Not(inner) if inner else None
    if isinstance(query, And | Or):
        parts = [part for part in map(_sane, query.subqueries) if part]
        return type(query)(parts) if len(parts) > 1 else next(iter(parts), None)
    return query
