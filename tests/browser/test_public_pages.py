"""Every kind of public page, at two widths: it answers, is whole, fits, and axe finds nothing."""

import re

import pytest

from tools.page_kinds import PUBLIC, Kind, reach

pytestmark = pytest.mark.browser
every_kind = pytest.mark.parametrize("kind", PUBLIC, ids=lambda kind: kind.name)


def assert_whole(page, kind: Kind) -> None:
    """The page answers, says its language, and has one title and one main landmark."""
    assert reach(page, kind).status == 200, page.url
    assert page.get_attribute("html", "lang").lower().startswith("zh")
    assert page.locator("h1").count() == 1
    assert page.locator("main#main").count() == 1


def assert_fits(page) -> None:
    """No page is wider than its window: tables scroll inside themselves."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide at {page.viewport_size['width']}"


@every_kind
def test_public_page_at_desktop_width(page, axe, kind):
    assert_whole(page, kind)
    assert_fits(page)
    axe(page)


@every_kind
def test_public_page_on_a_phone(phone, axe, kind):
    assert_whole(phone, kind)
    assert_fits(phone)
    axe(phone)


@every_kind
def test_public_page_without_javascript(no_js, kind):
    assert_whole(no_js, kind)
    assert "演示数据" in no_js.inner_text("body")


def test_an_unknown_address_is_answered_in_chinese(page, axe):
    response = page.goto("/no-such-page/")
    assert response.status == 404
    assert re.search(r"[\u4e00-\u9fff]{4}", page.inner_text("#main"))
    axe(page)
