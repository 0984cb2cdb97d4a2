"""The public's tasks with JavaScript off: read, filter, turn pages, search, sign in and out."""

import pytest

pytestmark = pytest.mark.browser


def test_a_visitor_searches_from_the_home_page(no_js):
    no_js.goto("/")
    box = no_js.locator("input[name=q]").first
    box.fill("证书")
    box.press("Enter")
    no_js.wait_for_url("**/search/?*")
    assert no_js.locator("#main a[href]").count() > 3
    assert no_js.locator("#main mark").count() > 0


def test_a_visitor_turns_the_page_of_a_register(no_js):
    no_js.goto("/registers/certificates/")
    first = no_js.locator("#main tbody tr").first.inner_text()
    no_js.locator("#main a[rel=next]").first.click()
    no_js.wait_for_url("**page=2**")
    assert no_js.locator("#main tbody tr").first.inner_text() != first


def test_a_clerk_signs_in_and_out(no_js, sign_in):
    sign_in(no_js, "clerk")
    assert "/desk/" in no_js.url
    no_js.get_by_role("button", name="退出").first.click()
    no_js.goto("/desk/")
    assert "/accounts/login/" in no_js.url


def test_a_wrong_password_is_refused_in_chinese(no_js):
    no_js.goto("/accounts/login/")
    no_js.fill("input[name=username]", "clerk")
    no_js.fill("input[name=password]", "wrong")
    no_js.click("#main button[type=submit]")
    assert "/accounts/login/" in no_js.url
    assert "密码" in no_js.inner_text("#main")
