"""The public pages: lists with filters, documents, feed, search entries, citations."""

import re
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.importer import parse_text
from home.models import KeyDate, NoticePage, OfficialPage, Validity
from home.storing import store
from registry import clauses
from search import query
from search.scope import Scope

pytestmark = pytest.mark.django_db

PRIVATE = ("13800000000", "13900000000", "13700000000", "demo@example.org", "示例老师")


def html(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def test_every_demonstration_page_says_that_it_is_one_and_shows_no_private_contact(demonstration, client):
    pages = OfficialPage.objects.live()
    assert pages.count() == 6
    for page in pages:
        text = html(client, page.get_url())
        assert "演示" in page.title
        for value in PRIVATE:
            assert value not in text
    for url in ("/", "/notices/", "/notices/feed/", "/policies/"):
        for value in PRIVATE:
            assert value not in html(client, url)


def test_pages_hold_no_inline_style_or_script(demonstration, client):
    for url in ("/", "/notices/", "/policies/", "/notices/hunan-2022/", "/policies/college-2022/"):
        text = html(client, url)
        assert not re.search(r"\sstyle=|<style|\son\w+=", text), url
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), url


def test_loading_the_demonstration_twice_changes_nothing(demonstration):
    from home import demo

    before = list(OfficialPage.objects.values_list("pk", "latest_revision_id", "document_key"))
    demo.load(date(2026, 9, 9))
    assert list(OfficialPage.objects.values_list("pk", "latest_revision_id", "document_key")) == before


@pytest.mark.clause("HN20-42", "YN23-33")
def test_a_notice_shows_its_head_clauses_dates_and_masked_contacts(demonstration, client):
    text = html(client, "/notices/hunan-2022/")
    for shown in ("演示湘教通〔2022〕80号", "湖南省教育厅（演示）", "2022年4月15日", "主动公开"):
        assert shown in text
    assert 'id="c4-2"' in text and 'id="f2-c5-1"' in text
    assert '<th scope="col">应付费用（万元）</th>' in text
    assert "137****0000" in text
    assert "院校" in text and "市州教育部门" in text


def test_a_released_contact_is_shown(tree, client):
    page = store(
        parse_text("关于填报的通知\n各校：\n一、电话13800000000。\n示例大学\n2024年1月2日\n"), publish=True
    )
    contact = page.contacts.get()
    contact.private = False
    page.contacts = [contact]
    page.save_revision().publish()
    assert "13800000000" in html(client, page.get_url())


def test_validity_links_both_ways(demonstration, client):
    old, new = html(client, "/notices/hunan-2020/"), html(client, "/notices/hunan-2022/")
    assert 'href="/notices/hunan-2022/"' in old and "被替代" in old
    assert 'href="/notices/hunan-2020/"' in new and "替代文件" in new


@pytest.mark.clause("HB22-01")
def test_a_policy_has_a_table_of_contents_of_its_chapters(demonstration, client):
    text = html(client, "/policies/college-2022/")
    for anchor, chapter in (("c1", "第一章 总则"), ("c5", "第五章 附则")):
        assert f'<a href="#{anchor}">{chapter}</a>' in text


ALL = {"hunan-2020", "hunan-2022", "shaanxi-2020", "yunnan-2023", "yunnan-round"}
FILTERS = [
    ("year=2022", {"hunan-2022"}),
    ("issuer=湖南省教育厅（演示）", {"hunan-2020", "hunan-2022"}),
    ("kind=letter", {"shaanxi-2020"}),
    ("validity=replaced", {"hunan-2020"}),
    ("year=2020&validity=valid", {"shaanxi-2020"}),
    ("year=九九&kind=x&page=z", ALL),
    ("issuer=没有的机关", ALL),
]


def test_the_list_filters(demonstration, client):
    for parameters, keys in FILTERS:
        text = html(client, f"/notices/?{parameters}")
        assert set(re.findall(r'href="/notices/([a-z]+-[a-z0-9]+)/"', text)) == keys, parameters


def test_the_list_asks_the_same_few_queries_however_long_it_is(tree, client):
    def count() -> int:
        client.get("/notices/?year=2024")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/notices/?year=2024")
        return len(queries)

    text = "关于填报的通知{n}\n示教〔2024〕{n}号\n各校：\n一、甲。\n示例大学\n2024年1月2日\n"
    store(parse_text(text.format(n=1)), publish=True)
    one = count()
    for n in range(2, 9):
        store(parse_text(text.format(n=n)), publish=True)
    assert count() == one <= 10


def test_drafts_and_unpublished_notices_are_not_public(tree, client):
    text = "关于填报的通知\n示教〔2024〕1号\n各校：\n一、草稿里的条款。\n示例大学\n2024年1月2日\n"
    page = store(parse_text(text))
    assert client.get(page.get_url()).status_code == 404
    assert "关于填报的通知" not in html(client, "/notices/")


def test_the_feed_is_rss_of_the_latest_notices(demonstration, client):
    response = client.get("/notices/feed/")
    assert response["Content-Type"].startswith("application/rss+xml")
    text = response.content.decode()
    assert text.count("<item>") == 5
    assert "<link>http://localhost/notices/yunnan-round/</link>" in text.replace("testserver", "localhost")


def test_the_home_page_shows_open_deadlines_of_notices_in_force(demonstration, client):
    KeyDate.objects.filter(page__document_key="yunnan-round").update(date=date(2199, 1, 1))
    text = html(client, "/")
    assert "各院校于2026年3月23日17:00前在工作台提交推荐" in text
    OfficialPage.objects.filter(document_key="yunnan-round").update(validity=Validity.REPEALED)
    assert "各院校于2026年3月23日" not in html(client, "/")


CITATIONS = [
    ("yunnan-2023", "四（三）1", "/notices/yunnan-2023/#c4-3-1"),
    ("yunnan-2023", "四(三) 1", "/notices/yunnan-2023/#c4-3-1"),
    ("shaanxi-2020", "三18", "/notices/shaanxi-2020/#f1-c3-18"),
    ("college-2022", "第七条（一）1", "/policies/college-2022/#c3-7-1-1"),
    ("hunan-2022", "附件2/五1", "/notices/hunan-2022/#f2-c5-1"),
    ("hunan-2022", "", "/notices/hunan-2022/"),
]


def test_a_citation_leads_to_its_clause(demonstration):
    for document, path, url in CITATIONS:
        assert clauses.resolve({"document": document, "path": path, "id": ""}).url == url
    for document, path in (("yunnan-2023", "九（九）"), ("nothing", "一"), ("", "一")):
        assert clauses.resolve({"document": document, "path": path, "id": ""}) is None


def test_an_unpublished_document_resolves_to_nothing(demonstration):
    OfficialPage.objects.get(document_key="yunnan-2023").specific.unpublish()
    assert clauses.resolve({"document": "yunnan-2023", "path": "四（三）1", "id": ""}) is None


def found(words: str) -> list[str]:
    return [hit.url for hit in query.search(words, Scope.public()).hits]


@pytest.mark.django_db(transaction=True)
def test_search_finds_clauses_and_forgets_what_is_withdrawn(tree):
    text = "关于填报的通知\n示教〔2024〕1号\n各校：\n一、鸵鸟养殖须在三月登记，电话13800000000。\n示例大学\n2024年1月2日\n"
    page = store(parse_text(text))
    assert found("鸵鸟") == []
    page.get_latest_revision().publish()
    assert f"{page.get_url()}#c1" in found("鸵鸟养殖")
    assert page.get_url() in found("示教〔2024〕1号")
    assert found("13800000000") == []
    store(parse_text(text.replace("鸵鸟", "孔雀")), publish=True)
    assert found("鸵鸟") == [] and f"{page.get_url()}#c1" in found("孔雀")
    NoticePage.objects.get().unpublish()
    assert found("孔雀") == []


@pytest.fixture
def editor(client, tree):
    user = get_user_model().objects.create_superuser("chief", password="correct horse battery staple")
    client.force_login(user)
    return client


def test_an_editor_pastes_a_document_and_gets_a_draft(editor):
    address = "/admin/import-notice/"
    assert "导入公文" in html(editor, address)
    text = "关于填报的通知\n各校：\n一、电话13800000000。\n示例大学\n2024年1月2日\n"
    response = editor.post(address, {"text": text, "key": "demo-2024"}, follow=True)
    page = NoticePage.objects.get()
    assert not page.live and page.document_key == "demo-2024"
    assert response.redirect_chain[0][0] == f"/admin/pages/{page.pk}/edit/"
    shown = response.content.decode()
    assert "文中未见发文字号" in shown and "电话13800000000" in shown


@pytest.mark.parametrize("data", [{}, {"text": "只有一句话"}])
def test_what_cannot_be_read_in_the_admin_is_said(editor, data):
    response = editor.post("/admin/import-notice/", data)
    assert response.status_code == 200 and not NoticePage.objects.exists()
    assert re.search("请上传文件或粘贴全文|没有从中认出", response.content.decode())


def test_importing_in_the_admin_needs_the_right_to_add_notices(client, tree):
    from django.contrib.auth.models import Permission

    user = get_user_model().objects.create_user("visitor", password="correct horse battery staple")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    response = client.post("/admin/import-notice/", {"text": "关于填报的通知\n各校：\n一、甲。"})
    assert response.status_code in (302, 403) and not NoticePage.objects.exists()


def test_a_document_key_belongs_to_one_document(tree):
    from django.core.exceptions import ValidationError

    text = "关于填报的通知{n}\n各校：\n一、甲。\n示例大学\n2024年1月2日\n"
    store(parse_text(text.format(n=1)), key="demo-2024")
    second = store(parse_text(text.format(n=2)))
    second.document_key = "demo-2024"
    with pytest.raises(ValidationError, match="已由"):
        second.full_clean()
