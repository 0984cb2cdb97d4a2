"""Wagtail's own searches (admin, choosers, listings) with the site's segmenter.

Set `WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.wagtail_backend"}}`. On other databases than SQLite,
and where SQLite lacks FTS5, modelsearch's own choice stands.
"""

from django.db import connection
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.backends.database import SearchBackend as stock_backend


def SearchBackend(params: dict) -> BaseSearchBackend:
    """The backend for the default database; modelsearch asks for it by this name."""
    stock = stock_backend(params)
    if connection.vendor == "sqlite" and type(stock).__name__ == "SQLiteSearchBackend":
        from search.wagtail_sqlite import SegmentedSearchBackend

        return SegmentedSearchBackend(params)
    return stock
