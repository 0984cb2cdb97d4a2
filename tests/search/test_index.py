"""Writing the index: what changes is written, what is gone disappears, a rebuild ends with what there is."""

from collections.abc import Iterator, Sequence
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from search import index, registry
from search.engines import fts5_table
from search.entries import Entry
from search.models import SearchAudience, SearchEntry, SearchFacet
from search.query import search
from search.scope import Scope

pytestmark = pytest.mark.django_db


class Shelf:
    """A source for tests: entries kept in a dict by key."""

    def __init__(self, *entries: Entry) -> None:
        self.kept = {entry.key: entry for entry in entries}
        self.asked: list[str] = []

    def all(self) -> Iterator[Entry]:
        """Everything kept."""
        yield from self.kept.values()

    def entries(self, keys: Sequence[str]) -> Iterator[Entry]:
        """What is kept of `keys`."""
        self.asked += keys
        yield from (self.kept[key] for key in keys if key in self.kept)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """The only source there is."""
    monkeypatch.setattr(registry, "_sources", {})
    shelf = Shelf(
        Entry("notice", "notice:1", "甲通知", "推荐"), Entry("notice", "notice:2", "乙通知", "推荐")
    )
    registry.register_source("notice", shelf)
    return shelf


def keys(q: str) -> set[str]:
    """What the public finds."""
    return {hit.key for hit in search(q, Scope.public()).hits}


def test_a_key_is_asked_of_its_source(engine: str, shelf: Shelf) -> None:
    other = Shelf(Entry("policy", "policy:1", "丙办法"))
    registry.register_source("policy", other)
    assert index.update(["notice:1", "policy:1", "notice:1"]) == 2
    assert (shelf.asked, other.asked) == (["notice:1"], ["policy:1"])
    assert keys("通知") == {"notice:1"}


def test_a_changed_entry_is_found_by_its_new_words_only(engine: str, shelf: Shelf) -> None:
    index.update(["notice:1", "notice:2"])
    shelf.kept["notice:1"] = Entry("notice", "notice:1", "甲公告", "聘任", facets={"issuer": "示例厅"})
    index.update(["notice:1"])
    assert keys("推荐") == {"notice:2"}
    assert keys("聘任") == keys("公告") == {"notice:1"}
    assert SearchEntry.objects.count() == 2
    assert search("公告", Scope.public()).facets["issuer"] == {"示例厅": 1}


def test_what_has_not_changed_is_not_written(engine: str, shelf: Shelf, django_assert_num_queries) -> None:
    assert index.update(shelf.all()) == 2
    with django_assert_num_queries(3):  # savepoint, digests, release
        assert index.update(shelf.all()) == 0


def test_a_key_that_is_gone_is_removed(engine: str, shelf: Shelf) -> None:
    index.update(["notice:1", "notice:2"])
    del shelf.kept["notice:1"]
    index.update(["notice:1", "notice:404"])
    assert keys("推荐") == {"notice:2"}
    assert index.remove(["notice:2", "notice:404"]) == 1
    assert keys("推荐") == set()
    assert not SearchAudience.objects.exists() and not SearchFacet.objects.exists()


def test_updates_wait_for_the_commit(shelf: Shelf, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        index.update_on_commit(["notice:1"])
        assert keys("推荐") == set()
    assert keys("推荐") == {"notice:1"}
    with django_capture_on_commit_callbacks(execute=True):
        index.remove_on_commit(["notice:1"])
    assert keys("推荐") == set()


def test_text_that_no_database_stores_is_cleaned(engine: str, db) -> None:
    index.update(
        [Entry("notice", "notice:1", "通\x00知\ud800", "正\x00文", facets={"issuer": "\ud800厅\x00"})]
    )
    hit = search("通知", Scope.public()).hits[0]
    assert hit.title == "通知"


def test_facets_take_several_values_and_drop_empty_ones(engine: str, db) -> None:
    index.update(
        [
            Entry("notice", "notice:1", "通知", facets={"category": ("装备制造", "电子信息"), "region": ""}),
            Entry("notice", "notice:2", "通知", facets={"category": "装备制造", "year": "2020"}),
        ]
    )
    facets = search("通知", Scope.public()).facets
    assert facets == {
        "kind": {"notice": 2},
        "category": {"装备制造": 2, "电子信息": 1},
        "year": {"2020": 1},
    }


def test_thousands_are_written_in_batches(db) -> None:
    assert index.update(Entry("notice", f"notice:{i}", f"第{i}号通知") for i in range(1201)) == 1201
    assert search("通知", Scope.public()).count == 1201


def test_a_broken_full_text_table_costs_neither_the_save_nor_the_answer(shelf: Shelf, caplog) -> None:
    index.update(["notice:1"])
    fts5_table.drop(connection)
    try:
        index.update(["notice:2"])
        results = search("推荐", Scope.public())
        assert {hit.key for hit in results.hits} == {"notice:1", "notice:2"}
        assert (results.engine, results.limited) == ("orm", True)
        assert search("推荐", Scope(frozenset({"org:1"}))).count == 0
    finally:
        assert fts5_table.ensure(connection) == 2
    results = search("推荐", Scope.public())
    assert (results.engine, results.limited, results.count) == ("sqlite-fts5", False, 2)
    assert "rebuild_search" in caplog.text


def test_rebuild_writes_all_and_drops_what_is_gone(engine: str, shelf: Shelf) -> None:
    index.update([Entry("notice", "notice:99", "旧通知")])
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert keys("通知") == {"notice:1", "notice:2"}
    assert "notice：已处理 2 个条目" in out.getvalue()
    assert "2 个条目，清除 1 个过期条目" in out.getvalue()


def test_rebuild_mends_a_full_text_table_that_drifted(shelf: Shelf) -> None:
    index.update(shelf.all())
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {fts5_table.TABLE} SET title = '别的', body = ''")
        cursor.execute(f"INSERT INTO {fts5_table.TABLE} (rowid, title, body) VALUES (999999, '推荐', '')")
    assert keys("推荐") == set()
    call_command("rebuild_search", stdout=StringIO())
    assert keys("推荐") == {"notice:1", "notice:2"}
    assert keys("别的") == set()


def test_a_source_that_fails_stops_the_rebuild_and_loses_nothing(engine: str, shelf: Shelf) -> None:
    index.update(["notice:1"])

    def broken() -> Iterator[Entry]:
        yield shelf.kept["notice:2"]
        raise ValueError("来源出错")

    shelf.all = broken
    with pytest.raises(CommandError, match="来源出错"):
        call_command("rebuild_search", stdout=StringIO())
    assert "notice:1" in keys("推荐")


def test_a_rolled_back_update_leaves_no_trace(engine: str, shelf: Shelf) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        index.update(["notice:1"])
        raise RuntimeError
    assert keys("推荐") == set()
