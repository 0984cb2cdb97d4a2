"""A run that stands nowhere in one piece is read in the pieces that do occur, within what the viewer may see."""

import pytest

from search import index
from search.entries import Entry
from search.query import search
from search.scope import Scope

pytestmark = pytest.mark.django_db


def read(q: str, scope: Scope | None = None, **options) -> tuple[list[str], list[str], bool]:
    """What is found, the terms it was read as, and whether that differs from what was typed."""
    results = search(q, scope or Scope.public(), **options)
    return [h.key for h in results.hits], [t.text for t in results.read_as.wanted], results.loosened


@pytest.mark.parametrize(
    "q, terms, found",
    [
        ("院校专家推荐", ["院校", "专家", "推荐"], ["notice:1"]),
        ("示例省推荐专家", ["示例省", "推荐", "专家"], ["notice:1"]),
        ("评价中心的考核", ["评价中心", "考核"], ["policy:1"]),
        ("职业技能等级", ["职业技能等级"], ["notice:1", "record:1"]),
    ],
)
def test_a_run_is_read_in_known_pieces(engine: str, entries: list, q: str, terms: list, found: list) -> None:
    hits, read_as, loosened = read(q)
    assert (sorted(hits), read_as, loosened) == (found, terms, terms != [q])


@pytest.mark.parametrize(
    "q", ["量子计算专家", "“院校专家推荐”", "示教函〔2022〕5号", "家专专家", "龘" * 500, "院校专家推荐 -通知"]
)
def test_where_nearly_right_would_be_wrong_nothing_is_found(engine: str, entries: list, q: str) -> None:
    assert read(q)[0] == []


def test_the_words_found_are_marked(entries: list) -> None:
    assert "<mark>推荐</mark>" in search("示例省推荐专家", Scope.public()).hits[0].title_html


def test_what_is_hidden_lends_no_pieces(engine: str, entries: list) -> None:
    """机密 stands only in the organisation's draft: to the public it is no word at all."""
    assert read("机密材料推荐")[0] == []
    assert read("机密材料推荐", Scope(frozenset({"public", "org:7"})))[0] == ["record:2"]


def test_a_facet_does_not_change_how_a_question_is_read(engine: str, entries: list) -> None:
    assert read("推荐1+X证书", facets={"kind": "policy"}) == ([], ["推荐1+x证书"], False)
    assert read("院校专家推荐", facets={"kind": "policy"})[1:] == (["院校", "专家", "推荐"], True)


def test_reading_again_is_bounded(engine: str, db, django_assert_max_num_queries) -> None:
    index.update([Entry("notice", "notice:1", "甲乙丙丁戊己庚辛壬癸" * 5)])
    with django_assert_max_num_queries(60):
        read(" ".join("甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲" + extra for extra in "子丑寅卯辰巳"))
