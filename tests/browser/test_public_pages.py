"""Every kind of public page, at two widths: it answers, is whole, fits, and axe finds nothing."""

import re

import pytest

from tests.browser.pages import assert_fits, assert_whole
from tools.page_kinds import PUBLIC

pytestmark = pytest.mark.browser
every_kind = pytest.mark.parametrize("kind", PUBLIC, ids=lambda kind: kind.name)


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
