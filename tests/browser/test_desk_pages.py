"""Every kind of page behind the sign-in, at two widths and with JavaScript off, for the role it is made for."""

import pytest

from tests.browser.pages import assert_fits, assert_whole
from tools.page_kinds import ADMIN, COMMITTEE, DESK, reach

pytestmark = pytest.mark.browser
every_kind = pytest.mark.parametrize("kind", DESK + COMMITTEE, ids=lambda kind: kind.name)
every_panel = pytest.mark.parametrize("kind", ADMIN, ids=lambda kind: kind.name)


@every_kind
def test_desk_page_at_desktop_width(signed_in, axe, kind):
    page = signed_in(kind.user)
    assert_whole(page, kind)
    assert_fits(page)
    axe(page)


@every_kind
def test_desk_page_on_a_phone(signed_in, axe, kind):
    page = signed_in(kind.user, phone=True)
    assert_whole(page, kind)
    assert_fits(page)
    axe(page)


@every_kind
def test_desk_page_without_javascript(signed_in, kind):
    assert_whole(signed_in(kind.user, java_script_enabled=False), kind)


@every_panel
def test_admin_panel_at_desktop_width(signed_in, axe, kind):
    page = signed_in(kind.user)
    assert reach(page, kind).status == 200, page.url
    axe(page, "main")  # what stands around it is Wagtail's


@every_panel
def test_admin_panel_on_a_phone(signed_in, axe, kind):
    page = signed_in(kind.user, phone=True)
    assert reach(page, kind).status == 200, page.url
    assert_fits(page)
    axe(page, "main")
