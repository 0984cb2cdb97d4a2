"""What every page of the site owes, whoever looks at it."""

from tools.page_kinds import Kind, reach


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
