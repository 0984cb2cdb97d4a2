"""Wagtail's own admin search finds Chinese inside a run and survives whatever is typed."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from search.wagtail_sqlite import SegmentedSearchBackend

pytestmark = pytest.mark.django_db

TITLES = ["关于推荐院校专家的通知", "职业技能等级证书管理办法", "推进１＋Ｘ证书试点"]


@pytest.fixture
def pages() -> list[Page]:
    """Three pages under the root, indexed."""
    root = Page.get_first_root_node()
    pages = [root.add_child(instance=Page(title=title, slug=f"page-{i}")) for i, title in enumerate(TITLES)]
    get_search_backend().add_bulk(Page, pages)
    return pages


@pytest.fixture
def editor(client: Client) -> Client:
    """Somebody who may use the whole admin."""
    client.force_login(get_user_model().objects.create_superuser("bianji"))
    return client


def test_the_site_uses_this_backend() -> None:
    assert isinstance(get_search_backend(), SegmentedSearchBackend)


@pytest.mark.parametrize(
    "q, titles",
    [
        ("院校", [0]),
        ("专家", [0]),
        ("技能等级", [1]),
        ("证书", [1, 2]),
        ("章", []),
        ("法", [1]),
        ("1+X", [2]),
        ("１＋ｘ", [2]),
        ('"院校专家"', [0]),
        ('"专家院校"', []),
        ("证书 试点", [2]),
    ],
)
def test_the_admin_search_finds_words_inside_a_run(editor, pages, q: str, titles: list[int]) -> None:
    html = editor.get("/admin/pages/search/results/", {"q": q}).content.decode()
    assert [i for i, title in enumerate(TITLES) if title in html] == titles


SIGNS = ['"', "'", '""', '"证书', "证书'", "\\", "*", "-", "(", "a" * 5000, "\x00", "🙂", "AND", "%s"]


def test_no_sign_is_an_error_for_the_backend(pages) -> None:
    for sign in SIGNS:
        for found in (Page.objects.search(sign), Page.objects.autocomplete(sign)):
            assert found.count() == len(list(found))


@pytest.mark.parametrize(
    "address",
    [
        "/admin/pages/search/",
        "/admin/pages/search/results/",
        "/admin/choose-page/search/",
        "/admin/images/",
        "/admin/images/chooser/results/",
        "/admin/documents/",
        "/admin/documents/chooser/results/",
        "/admin/users/",
    ],
)
def test_no_sign_is_an_error_in_the_admin(editor, pages, address: str) -> None:
    for sign in ('"', "'", '"证书', "\x00"):
        assert editor.get(address, {"q": sign}).status_code == 200, sign


def test_the_page_chooser_finds_words_inside_a_run(editor, pages) -> None:
    html = editor.get("/admin/choose-page/search/", {"q": "等级"}).content.decode()
    assert TITLES[1] in html and TITLES[0] not in html


def test_the_full_search_page_shows_what_it_finds(editor, pages) -> None:
    html = editor.get("/admin/pages/search/", {"q": "院校"}).content.decode()
    assert TITLES[0] in html and TITLES[1] not in html


def test_querysets_search_by_the_same_words(pages) -> None:
    assert [page.title for page in Page.objects.search("等级证书")] == [TITLES[1]]
    assert {page.title for page in Page.objects.search("专家 等级", operator="or")} == set(TITLES[:2])
    assert Page.objects.search('"').count() == 0
    assert Page.objects.autocomplete("推荐院").count() == 1


def test_saving_a_page_indexes_it(pages, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        pages[0].title = "关于聘任评委的公告"
        pages[0].save()
    assert Page.objects.search("聘任").count() == 1
    assert Page.objects.search("院校").count() == 0
    pages[0].delete()
    assert Page.objects.search("聘任").count() == 0
