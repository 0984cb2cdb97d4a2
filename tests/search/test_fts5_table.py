"""The full-text table outlives what migrations do to the tables beside it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, models

from search import index
from search.engines import fts5_table
from search.entries import Entry
from search.models import SearchAudience, SearchEntry
from search.query import search
from search.scope import Scope

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="FTS5 is SQLite's"),
]


@pytest.fixture(autouse=True)
def restored():
    """The table as migrations leave it, whatever the test did."""
    yield
    fts5_table.ensure(connection)


def found() -> tuple[str, int]:
    """Which engine answers, and how much it finds."""
    results = search("证书", Scope.public())
    return results.engine, results.count


@pytest.fixture
def indexed() -> None:
    """Three entries."""
    index.update(Entry("notice", f"notice:{i}", f"第{i}号证书通知") for i in range(3))


@pytest.mark.parametrize("model", [SearchEntry, SearchAudience])
def test_a_migration_that_remakes_a_table_leaves_search_as_it_was(indexed: None, model: type) -> None:
    """SQLite cannot alter most of a table: Django makes a new one, copies, drops the old, renames."""
    extra = models.CharField(max_length=9, default="", db_default="")
    extra.set_attributes_from_name("remade")
    extra.model = model
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TRIGGER witness AFTER INSERT ON {table} BEGIN SELECT 1; END")
    with connection.schema_editor() as editor:
        editor.add_field(model, extra)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'witness'")
            assert cursor.fetchone() == (0,), "the table was altered in place: this proves nothing"
        assert found() == ("sqlite-fts5", 3)
        index.update([Entry("notice", "notice:1", "改名")])
        assert found() == ("sqlite-fts5", 2)
    finally:
        with connection.schema_editor() as editor:
            editor.remove_field(model, extra)
    assert found() == ("sqlite-fts5", 2)


def test_migrate_makes_a_lost_table_anew_and_fills_it(indexed: None) -> None:
    fts5_table.drop(connection)
    assert found() == ("orm", 3)
    call_command("migrate", stdout=StringIO())
    assert found() == ("sqlite-fts5", 3)


def test_ensure_does_nothing_when_all_is_well(indexed: None) -> None:
    assert fts5_table.ensure(connection) == 0
    assert fts5_table.ensure(connection) == 0


def test_ensure_mends_missing_and_surplus_rows(indexed: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {fts5_table.TABLE} WHERE rowid = (SELECT min(id) FROM search_searchentry)"
        )
        cursor.execute(f"INSERT INTO {fts5_table.TABLE} (rowid, title, body) VALUES (424242, '证书', '')")
    assert found() == ("sqlite-fts5", 2)
    assert fts5_table.ensure(connection) == 2
    assert found() == ("sqlite-fts5", 3)


def test_ensure_replaces_a_table_of_another_make(indexed: None) -> None:
    fts5_table.drop(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {fts5_table.TABLE} (nonsense TEXT)")
        cursor.execute(f"INSERT INTO {fts5_table.TABLE} VALUES ('x')")
    assert found()[0] == "orm"
    fts5_table.ensure(connection)
    assert found() == ("sqlite-fts5", 3)
