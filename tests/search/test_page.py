"""The search page and its JSON."""

import re
import time

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search import index
from search.engines import fts5_table
from search.entries import Entry
from search.scope import Scope

pytestmark = pytest.mark.django_db

MINE = "org:7"


def scope_by_name(user: object) -> Scope:
    """Stands in for the site's own function: the user 示例人员 belongs to organisation 7."""
    return Scope(frozenset({"public", MINE})) if getattr(user, "username", "") == "shili" else Scope.public()


@pytest.fixture(autouse=True)
def by_name(settings) -> None:
    """Scopes of this file's making."""
    settings.SEARCH_SCOPE_FOR = "tests.search.test_page.scope_by_name"


def test_the_json_has_exactly_the_agreed_shape(client: Client, engine: str, entries: list) -> None:
    response = client.get("/search/", {"q": "专家", "format": "json"})
    assert response["Content-Type"] == "application/json"
    answer = response.json()
    assert list(answer) == ["count", "engine", "facets", "results"]
    assert answer["count"] == 1 and answer["engine"] == engine
    assert answer["facets"]["kind"] == {"notice": 1}
    assert [list(result) for result in answer["results"]] == [["kind", "title", "url", "excerpt"]]
    (result,) = answer["results"]
    assert result["kind"] == "notice" and result["url"] == "/notices/1/"
    assert result["title"] == "示例省教育厅关于推荐1+X证书制度试点专家的通知"
    assert "<mark>专家</mark>须熟悉" in result["excerpt"]
    assert client.get("/search/?format=json").json()["count"] == 0


def test_json_takes_facets_sort_and_page(client: Client, db) -> None:
    index.update(
        Entry("notice", f"notice:{i}", f"第{i}号通知", facets={"issuer": f"机关{i % 2}"}) for i in range(50)
    )
    narrowed = client.get("/search/", {"q": "通知", "format": "json", "issuer": "机关1", "page": "2"}).json()
    assert narrowed["count"] == 25 and len(narrowed["results"]) == 5


def test_the_page_shows_hits_facets_and_marks(client: Client, engine: str, entries: list) -> None:
    html = client.get("/search/", {"q": "证书"}).content.decode()
    assert "共找到 4 条结果" in html
    assert "1+X<mark>证书</mark>制度" in html
    assert "?q=%E8%AF%81%E4%B9%A6&amp;kind=notice" in html
    assert "示例省教育厅办公室" in html and "培训评价组织" in html  # where a hit comes from
    assert '<link rel="stylesheet" href="/static/css/components/search' in html
    assert "<script>" not in html and " style=" not in html


def test_every_link_of_the_page_holds_the_whole_question(client: Client, db) -> None:
    index.update(
        Entry("notice", f"notice:{i}", f"第{i}号通知", facets={"issuer": f"机关{i % 2}"}) for i in range(50)
    )
    html = client.get("/search/", {"q": '"通知" -规章', "issuer": "机关1", "sort": "date"}).content.decode()
    links = [href.replace("&amp;", "&") for href in re.findall(r'href="(\?[^"]*)"', html)]
    assert links
    for link in links:
        assert "q=%22%E9%80%9A%E7%9F%A5%22+-" in link
        assert client.get("/search/" + link).status_code == 200
    assert any("issuer" not in link for link in links)
    following = re.search(r'rel="next" href="([^"]*)"', html)[1].replace("&amp;", "&")
    assert "issuer=" in following and "sort=date" in following and "page=2" in following
    assert "第 2 页，共 2 页" in client.get("/search/" + following).content.decode()


def test_an_empty_answer_helps(client: Client, entries: list) -> None:
    html = client.get("/search/", {"q": "专家 量子计算"}).content.decode()
    assert "没有找到“专家 量子计算”" in html
    assert "/search/?q=%E4%B8%93%E5%AE%B6" in html  # each word alone
    assert "请输入要找的词" in client.get("/search/", {"q": "？！"}).content.decode()
    assert 'name="q"' in client.get("/search/").content.decode()


def test_what_was_typed_is_shown_escaped(client: Client, entries: list) -> None:
    html = client.get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


@pytest.mark.parametrize("where", ["q", "kind", "issuer", "year", "sort", "page", "format"])
def test_rubbish_in_the_address_is_answered(client: Client, entries: list, where: str) -> None:
    for sign in ("'", '"', "\x00", "%00", "%ff", "-", "(", "\\", "*", "🙂", "a" * 3000):
        assert client.get("/search/", {"q": "证书", where: sign}).status_code == 200, sign
    assert client.get(f"/search/?q=%E8%AF%81%E4%B9%A6&{where}=%ff%fe%00").status_code == 200


def test_only_reading_is_allowed(client: Client, entries: list) -> None:
    assert client.post("/search/", {"q": "证书"}).status_code == 405
    assert client.head("/search/?q=证书").status_code == 200


def test_the_viewer_sees_what_the_scope_allows(client: Client, engine: str, entries: list) -> None:
    asked = {"q": "机密", "format": "json"}
    assert client.get("/search/", asked).json()["count"] == 0
    page = client.get("/search/", {"q": "机密"}).content.decode()
    assert "草稿" not in page and "示例县" not in page
    client.force_login(get_user_model().objects.create_user("shili"))
    assert client.get("/search/", asked).json()["count"] == 1
    client.force_login(get_user_model().objects.create_user("bieren"))
    assert client.get("/search/", asked).json()["count"] == 0


def test_searching_takes_few_queries_and_writes_nothing(client: Client, engine: str, db) -> None:
    index.update(
        Entry("notice", f"notice:{i}", f"第{i}号通知", "正文" * 50, facets={"issuer": f"机关{i}"})
        for i in range(60)
    )

    def queries(**asked: str) -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get("/search/", {"format": "json", **asked}).status_code == 200
        return [query["sql"] for query in captured]

    assert len(queries(q="通知")) == 4  # count, page, its facets, counts by facet
    assert len(queries(q="通知", issuer="机关3", year="2020")) <= 6  # one more per facet narrowed by
    assert len(queries(q="")) == 0
    for sql in queries(q="通知", kind="notice"):
        assert sql.startswith("SELECT")


def test_a_lost_full_text_table_is_said_and_answered(client: Client, entries: list) -> None:
    fts5_table.drop(connection)
    try:
        answer = client.get("/search/", {"q": "证书", "format": "json"}).json()
        assert (answer["count"], answer["engine"]) == (4, "orm")
        assert "暂时不可用" in client.get("/search/", {"q": "证书"}).content.decode()
    finally:
        fts5_table.ensure(connection)


def test_the_longest_question_takes_less_than_a_second(client: Client, engine: str, entries: list) -> None:
    for q in ("证" * 10_000, "证 书 " * 3_000, "-证 " * 3_000, '"' * 10_000):
        start = time.monotonic()
        assert client.get("/search/", {"q": q}).status_code == 200
        assert time.monotonic() - start < 1.0
