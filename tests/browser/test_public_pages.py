"""Every kind of public page, at two widths: it answers, is whole, fits, and axe finds nothing."""

import re

import pytest

pytestmark = pytest.mark.browser

# kind → where it is; a list's first entry stands for its pages
FIXED = {
    "home": "/",
    "notices": "/notices/",
    "policies": "/policies/",
    "registers": "/registers/",
    "register": "/registers/certificates/",
    "institutions": "/registers/institutions/",
    "organisations": "/registers/evaluation-organisations/",
    "lead institutions": "/registers/lead-institutions/",
    "experts": "/registers/experts/",
    "search": "/search/?q=证书",
    "search with rubbish": '/search/?q="1%2BX%20（"%20AND%20*',
    "search without result": "/search/?q=zzzzqqqq",
    "sign in": "/accounts/login/",
}
FOUND = {
    "notice": ("/notices/", r"^/notices/[^/?#]+/$"),
    "policy": ("/policies/", r"^/policies/[^/?#]+/$"),
    "record": ("/registers/certificates/", r"^/registers/certificates/[A-Za-z0-9-]+/$"),
    "institution": ("/registers/institutions/", r"^/registers/institutions/[A-Za-z0-9-]+/$"),
}
KINDS = [*FIXED, *FOUND]


def visit(page, kind: str) -> None:
    """Goes to a page of the kind and asserts that it is whole: status, one h1, language, main landmark."""
    if kind in FIXED:
        address = FIXED[kind]
    else:
        start, pattern = FOUND[kind]
        page.goto(start)
        links = page.eval_on_selector_all("#main a[href]", "all => all.map(a => a.getAttribute('href'))")
        paths = [re.sub(r"^https?://[^/]+", "", link) for link in links]
        address = next((link for link in paths if re.match(pattern, link)), None)
        assert address, f"{start} links to no {kind}"
    response = page.goto(address)
    assert response.status == 200, address
    assert page.get_attribute("html", "lang") in {"zh-hans", "zh-Hans", "zh-CN"}
    assert page.locator("h1").count() == 1
    assert page.locator("main#main").count() == 1


def assert_fits(page) -> None:
    """No page is wider than its window: tables scroll inside themselves."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide at {page.viewport_size['width']}"


@pytest.mark.parametrize("kind", KINDS)
def test_public_page_at_desktop_width(page, axe, kind):
    visit(page, kind)
    assert_fits(page)
    axe(page)


@pytest.mark.parametrize("kind", KINDS)
def test_public_page_on_a_phone(phone, axe, kind):
    visit(phone, kind)
    assert_fits(phone)
    axe(phone)


def test_every_page_says_that_it_is_a_demonstration(page):
    for kind in KINDS:
        visit(page, kind)
        assert "演示数据" in page.inner_text("body"), kind


def test_an_unknown_address_is_answered_in_chinese(page, axe):
    response = page.goto("/no-such-page/")
    assert response.status == 404
    assert re.search(r"[\u4e00-\u9fff]{4}", page.inner_text("#main"))
    axe(page)
