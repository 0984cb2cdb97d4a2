"""Chromium for the browser tests: a page at two widths, one without JavaScript, and axe.

Playwright's synchronous API runs an event loop, in which Django refuses database work. The tests use the
database from that thread on purpose (the live server has a thread of its own): DJANGO_ALLOW_ASYNC_UNSAFE.
"""

import os
from collections.abc import Callable, Iterator

import pytest

WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """One Chromium for the whole run; its absence is an error, not a skip (conftest decides about that)."""
    from playwright.sync_api import sync_playwright

    from tools import browser

    path = browser.executable()
    if path is None:
        pytest.fail("Chromium is missing; the browser tests cannot run (make test installs it as root)")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def watched(context) -> Iterator:
    """A page of the context; the test fails when a script on it throws or the CSP refuses something."""
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on(
        "console",
        lambda message: trouble.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield page
    context.close()
    assert not trouble, trouble


@pytest.fixture
def page(chromium, live_server) -> Iterator:
    """A page at 1280 px whose relative addresses lead to the live server."""
    yield from watched(
        chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    )


@pytest.fixture
def phone(chromium, live_server) -> Iterator:
    """A page at 390 px, with touch."""
    yield from watched(
        chromium.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844}, has_touch=True)
    )


@pytest.fixture
def no_js(chromium, live_server) -> Iterator:
    """A page at 1280 px with JavaScript off."""
    yield from watched(
        chromium.new_context(
            base_url=live_server.url, viewport={"width": 1280, "height": 900}, java_script_enabled=False
        )
    )


@pytest.fixture
def axe() -> Callable:
    """`axe(page)` asserts that axe-core finds no violation on the page as it stands."""
    from axe_playwright_python.sync_playwright import Axe

    runner = Axe()

    def check(page) -> None:
        found = runner.run(page).response["violations"]
        lines = [
            f"{v['id']} ({v['impact']}): {v['help']}: {node['html'][:160]}"
            for v in found
            for node in v["nodes"]
        ]
        assert not lines, f"{page.url} {page.viewport_size}:\n" + "\n".join(lines)

    return check


@pytest.fixture
def sign_in() -> Callable:
    """`sign_in(page, username, password)` goes through the sign-in page as a person does."""

    def act(page, username: str, password: str) -> None:
        page.goto("/accounts/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", password)
        page.click("main button[type=submit]")
        page.wait_for_load_state()

    return act
