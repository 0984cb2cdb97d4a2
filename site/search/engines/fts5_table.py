"""The FTS5 table of SQLite: made, checked and mended here.

It holds the token streams of SearchEntry under the entry's primary key. It is written by the indexer, not by
triggers: a migration that remakes `search_searchentry` would drop those without a word. The `ascii` tokenizer
takes every non-ASCII character as part of a word, so that the segmenter alone decides what a token is.
"""

import logging
from collections.abc import Iterable, Sequence

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "search_fts"
ENTRIES = "search_searchentry"

_CREATE = f"""CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE}
USING fts5(title, body, tokenize = "ascii tokenchars '+'", prefix = '1')"""

log = logging.getLogger(__name__)


def create(connection: BaseDatabaseWrapper) -> None:
    """Makes the table where the database is SQLite and lacks it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(_CREATE)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Takes the table away where the database is SQLite."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def put(connection: BaseDatabaseWrapper, rows: Iterable[tuple[int, str, str]]) -> None:
    """Writes (entry id, title tokens, body tokens) rows in the place of older ones."""
    rows = list(rows)
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(row[0],) for row in rows])
        cursor.executemany(f"INSERT INTO {TABLE} (rowid, title, body) VALUES (%s, %s, %s)", rows)


def erase(connection: BaseDatabaseWrapper, ids: Sequence[int]) -> None:
    """Deletes the rows of these entry ids."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(pk,) for pk in ids])


def ensure(connection: BaseDatabaseWrapper) -> int:
    """Makes the table if it is missing and brings its rows in line with the entries.

    Returns how many rows were written or deleted; 0 when all was well, and on other databases than SQLite.
    A damaged table is made anew.
    """
    if connection.vendor != "sqlite" or ENTRIES not in connection.introspection.table_names():
        return 0
    with transaction.atomic(using=connection.alias):
        try:
            with transaction.atomic(using=connection.alias):
                create(connection)
                return _mend(connection)
        except DatabaseError:
            log.warning("全文索引表 %s 已损坏，正在重建。", TABLE, exc_info=True)
            drop(connection)
            create(connection)
            return _mend(connection)


def _mend(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE rowid NOT IN (SELECT id FROM {ENTRIES})")
        changed = max(cursor.rowcount, 0)
        cursor.execute(
            f"INSERT INTO {TABLE} (rowid, title, body) SELECT id, title_tokens, body_tokens FROM {ENTRIES} "
            f"WHERE id NOT IN (SELECT rowid FROM {TABLE})"
        )
        return changed + max(cursor.rowcount, 0)


def ensure_after_migrate(using: str = "default", **kwargs: object) -> None:
    """The post_migrate handler: search tables are in place whatever a migration did to them."""
    ensure(connections[using])
