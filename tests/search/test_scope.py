"""What a viewer may not see is in no hit, no count and no facet, on any engine."""

import pytest

from search import index
from search.entries import Entry
from search.query import search
from search.scope import Scope

pytestmark = pytest.mark.django_db

ORGANISATION = Scope(frozenset({"public", "org:7"}))


def test_a_scope_must_be_given(engine: str, entries: list) -> None:
    with pytest.raises(TypeError):
        search("专家")
    with pytest.raises(TypeError):
        search("专家", None)
    with pytest.raises(TypeError):
        search("专家", {"public"})


def test_no_token_sees_nothing(engine: str, entries: list) -> None:
    results = search("证书", Scope())
    assert (results.count, results.hits, results.facets) == (0, [], {})


def test_what_belongs_to_others_is_nowhere(engine: str, entries: list, public: Scope) -> None:
    hidden = search("机密推荐", public)
    assert (hidden.count, hidden.hits, hidden.facets) == (0, [], {})
    mine = search("机密推荐", ORGANISATION)
    assert [hit.key for hit in mine.hits] == ["record:2"]
    assert mine.facets["region"] == {"示例县": 1}
    for q in ("专家", "推荐", "示例"):
        results = search(q, public)
        assert "record:2" not in {hit.key for hit in results.hits}
        assert "示例县" not in results.facets.get("region", {})
        assert "专家推荐" not in results.facets.get("register", {})
        assert "2021" not in results.facets.get("year", {})
        assert search(q, ORGANISATION).count == results.count + 1


def test_a_denied_record_is_hidden_whatever_the_token(engine: str, entries: list) -> None:
    in_conflict = Scope(ORGANISATION.tokens, denied=frozenset({102}))
    results = search("示例", in_conflict)
    assert {hit.key for hit in results.hits} == {"notice:1", "notice:2", "policy:1", "record:1"}
    assert results.count == 4  # entries without a record are let through
    assert results.facets["region"] == {"示例市": 1}
    assert search("机密", in_conflict).count == 0
    assert search("示例", in_conflict, facets={"region": "示例县"}).count == 0
    assert "示例县" not in search("示例", in_conflict, facets={"region": "示例县"}).facets.get("region", {})


def test_many_tokens_and_denials_are_no_matter(engine: str, entries: list) -> None:
    many = Scope(
        frozenset({"public"} | {f"org:{i}" for i in range(1000, 3000)}), denied=frozenset(range(1000, 6000))
    )
    assert search("专家", many).count == 1


def test_an_entry_follows_its_audience(engine: str, entries: list, public: Scope) -> None:
    index.update([Entry("notice", "notice:9", "内部稿", audience=frozenset({"office:1"}))])
    assert search("内部稿", public).count == 0
    index.update([Entry("notice", "notice:9", "内部稿")])
    assert search("内部稿", public).count == 1
    index.update([Entry("notice", "notice:9", "内部稿", audience=frozenset())])
    assert search("内部稿", Scope(frozenset({"public", "office:1"}))).count == 0
