"""One contract for all engines inside the database: each test runs once per engine."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import index
from search.entries import Entry
from search.query import search
from search.scope import Scope

pytestmark = pytest.mark.django_db


def keys(q: str, scope: Scope | None = None, **options) -> list[str]:
    """The keys found, in order; what counts says must agree."""
    results = search(q, scope or Scope.public(), **options)
    assert results.count >= len(results.hits)
    return [hit.key for hit in results.hits]


@pytest.mark.parametrize(
    "q, wanted",
    [
        ("专家", {"notice:1"}),
        ("职业技能等级", {"notice:1", "record:1"}),
        ("信息", {"record:1"}),
        ("章", {"policy:1"}),
        ("训", {"notice:2"}),
        ("培训", {"notice:2"}),
        ("1+X", {"notice:1", "policy:1"}),
        ("１＋Ｘ", {"notice:1", "policy:1"}),
        ("1 + x", {"notice:1", "policy:1"}),
        ("x证书", {"notice:2"}),
        ("ICT", {"notice:2"}),
        ("ict类证书", {"notice:2"}),
        ("bim", {"record:1"}),
        ("ＢＩＭ", {"record:1"}),
        ("专家 推荐表", {"notice:1"}),
        ("专家 培训", set()),
        ('"试点院校教师"', {"notice:2"}),
        ("“试点院校教师”", {"notice:2"}),
        ('"院校 教师"', {"notice:2"}),
        ('"教师院校"', set()),
        ("通知 -专家", {"notice:2"}),
        ('证书 -"评价中心" -专家', {"notice:2", "record:1"}),
        ("证书－考核", set()),
        ("-专家", set()),
        ("示教函〔2022〕15号", {"notice:1"}),
        ("示教函[2022]15号", {"notice:1"}),
        ("示教函（2022）15号", {"notice:1"}),
        ("示教函 (2022) 15 号", {"notice:1"}),
        ("〔2022〕15号", {"notice:1"}),
        ("示教办函〔2023〕15号", {"notice:2"}),
        ("示教函〔2022〕5号", set()),
        ("15号", {"notice:1", "notice:2"}),
        ("《管理办法》", {"policy:1"}),
        ("考核、评价中心", {"policy:1"}),
        ("", set()),
        ("，。！", set()),
    ],
)
def test_what_is_found(engine: str, entries: list, q: str, wanted: set[str]) -> None:
    assert set(keys(q)) == wanted


def test_a_title_outranks_a_body(engine: str, db) -> None:
    index.update(
        [
            Entry("notice", "notice:1", "关于考核的通知", "证书证书证书，其余从略。"),
            Entry("notice", "notice:2", "关于证书的通知", "考核，其余从略。"),
            Entry("notice", "notice:3", "关于场地的通知", "证书一次，其余从略，" * 5),
        ]
    )
    assert keys("证书")[0] == "notice:2"
    assert keys("考核")[0] == "notice:1"


def test_dates_sort_newest_first_and_none_last(engine: str, entries: list) -> None:
    assert keys("证书", sort="date") == ["notice:2", "policy:1", "notice:1", "record:1"]
    assert set(keys("证书", sort="rubbish")) == set(keys("证书"))


def test_facets_are_counted_and_narrow(engine: str, entries: list) -> None:
    results = search("证书", Scope.public())
    assert results.facets["kind"] == {"notice": 2, "policy": 1, "record": 1}
    assert results.facets["year"] == {"2022": 2, "2023": 1}
    assert results.facets["register"] == {"培训评价组织": 1}
    assert next(iter(results.facets["kind"])) == "notice"  # the most frequent first
    narrowed = search("证书", Scope.public(), kinds=["notice"], facets={"year": "2022"})
    assert [hit.key for hit in narrowed.hits] == ["notice:1"]
    assert narrowed.count == 1
    assert narrowed.facets["issuer"] == {"示例省教育厅": 1}
    assert narrowed.facets["kind"] == {"notice": 1, "policy": 1}  # as if kind were not narrowed
    assert narrowed.facets["year"] == {"2022": 1, "2023": 1}
    either = search("证书", Scope.public(), facets={"kind": ["policy", "record"]})
    assert {hit.key for hit in either.hits} == {"policy:1", "record:1"}
    nothing = search("证书", Scope.public(), facets={"issuer": "没有的机关"})
    assert (nothing.count, nothing.hits) == (0, [])


def test_pages_share_out_the_results(engine: str, db) -> None:
    index.update(Entry("notice", f"notice:{i}", f"第{i}号通知") for i in range(45))
    pages = [search("通知", Scope.public(), page=page) for page in (1, 2, 3)]
    assert [len(p.hits) for p in pages] == [20, 20, 5]
    assert len({hit.key for p in pages for hit in p.hits}) == 45
    assert {p.count for p in pages} == {45}
    assert search("通知", Scope.public(), page=99).page == 3
    assert search("通知", Scope.public(), page=-5).page == 1


HOSTILE = [
    "\x00",
    "专\x00家",
    "\ud800",
    "专家\udfff",
    '"',
    '""',
    '"专家',
    "“专家",
    "'",
    "it's",
    '" OR "" = "',
    "专家 AND",
    "OR NOT NEAR(",
    "NEAR(专家 通知, 5)",
    "title:专家",
    "{title body} : 专家",
    "^专家",
    "专家*",
    "*",
    "-",
    "--",
    "- - -",
    "-“",
    "(((((",
    ")))",
    "%",
    "%s%s%d",
    "_",
    "\\",
    "\\'; --",
    "'); DROP TABLE search_searchentry; --",
    "1; DELETE FROM search_fts",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "${7*7}",
    "../../etc/passwd",
    "\r\n\t",
    "\u202e专家",
    "👩‍👩‍👧 专家",
    "ﷺ" * 50,
    "İ" * 100,
    "ß" * 400,
    "a" * 10_000,
    "专" * 10_000,
    '"' * 10_000,
    "-" * 10_000,
    "专 " * 5_000,
    "-专 " * 5_000,
    "1+" * 5_000,
    "((a" * 3_000,
    "〔2022〕" * 1_500,
    "e\u0301" * 3000,
]


@pytest.mark.parametrize("q", HOSTILE, ids=range(len(HOSTILE)))
def test_no_string_is_an_error(engine: str, entries: list, q: str) -> None:
    results = search(q, Scope.public())
    assert results.engine == engine and not results.limited
    assert results.count >= 0


@given(
    q=st.text(alphabet=st.characters(), max_size=80)
    | st.text(alphabet='专家1+X"“”「-*():^ \x00', max_size=60)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_any_string_has_an_answer(engine: str, entries: list, q: str) -> None:
    results = search(
        q, Scope.public(), facets={"issuer": q.replace("\x00", "")[:5].encode("utf-8", "ignore").decode()}
    )
    assert results.engine == engine and not results.limited


def test_both_engines_find_the_same(entries: list, settings) -> None:
    """Over all substrings of the library's titles: the plain engine is the full-text one's measure."""
    for entry in entries:
        for start in range(0, len(entry.title), 3):
            for length in (1, 2, 3, 6):
                q = entry.title[start : start + length]
                answers = []
                for name in ("sqlite-fts5", "orm"):
                    settings.SEARCH_ENGINE = name
                    answers.append(sorted(keys(q, Scope(frozenset({"public", "org:7"})))))
                assert answers[0] == answers[1], q
