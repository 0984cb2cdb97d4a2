"""Chromium for the browser tests, over a site that runs as `make run` serves it.

The site is started once for all browser tests, with the demonstration in a folder of its own. So the tests
see production's settings, its static files and its content security policy. A test that changes something
works on records it makes itself.
"""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tools.running_site import RunningSite, running_site

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Start:
    """What a start left when it was stopped again: the printed lines and a digest of the database."""

    var: Path
    printed: str
    accounts: dict[str, str]
    digest: str


@dataclass(frozen=True)
class SecondStart:
    """How long the second start took until the site answered, and the database's digest at that moment."""

    seconds: float
    digest: str
    printed: str


def database_digest(path: Path) -> str:
    """A digest of everything in the database but sessions and counts of sign-in attempts."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        lines = (line for line in database.iterdump() if "django_session" not in line and "axes_" not in line)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@pytest.fixture(scope="session")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """The first `make run` over an empty folder, stopped once it had answered."""
    var = tmp_path_factory.mktemp("site") / "var"
    with running_site(var) as running:
        pass
    return Start(var, running.log.read_text(), running.accounts, database_digest(var / "site.sqlite3"))


@pytest.fixture(scope="session")
def site(first_start: Start) -> Iterator[RunningSite]:
    """The demonstration province, served by a second start; `second_start` says how that one went."""
    began = time.monotonic()
    with running_site(first_start.var) as running:
        seconds = time.monotonic() - began
        digest = database_digest(first_start.var / "site.sqlite3")
        started[running.url] = SecondStart(seconds, digest, running.log.read_text())
        yield running


started: dict[str, SecondStart] = {}


@pytest.fixture
def second_start(site: RunningSite) -> SecondStart:
    """How the start went that serves `site`."""
    return started[site.url]


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """One Chromium for the whole run; its absence is an error, not a skip (conftest decides about that)."""
    from playwright.sync_api import sync_playwright

    from tools import browser

    path = browser.executable()
    if path is None:
        pytest.fail("Chromium is missing; the browser tests cannot run (make test installs it as root)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture
def open_page(chromium, site) -> Iterator[Callable]:
    """`open_page(**options)` gives a page of a new browser context on the site.

    The test fails when a script on one of its pages throws, or the content security policy refuses something.
    """
    contexts, trouble = [], []

    def act(viewport: dict = DESKTOP, **options):
        context = chromium.new_context(base_url=site.url, viewport=viewport, locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: trouble.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda said: (
                trouble.append(f"{page.url}: {said.text}") if "Content Security Policy" in said.text else None
            ),
        )
        return page

    yield act
    for context in contexts:
        context.close()
    assert not trouble, "\n".join(trouble)


@pytest.fixture
def page(open_page):
    """A page at 1280 px."""
    return open_page()


@pytest.fixture
def phone(open_page):
    """A page at 390 px, with touch."""
    return open_page(PHONE, has_touch=True)


@pytest.fixture
def no_js(open_page):
    """A page at 1280 px with JavaScript off."""
    return open_page(java_script_enabled=False)


@pytest.fixture
def axe() -> Callable:
    """`axe(page)` asserts that axe-core finds no violation on the page, or in the part that `within` selects."""
    from axe_playwright_python.sync_playwright import Axe

    runner = Axe()

    def check(page, within: str | None = None) -> None:
        found = runner.run(page, context=within).response["violations"]
        lines = [
            f"{v['id']} ({v['impact']}): {v['help']}: {node['html'][:160]}"
            for v in found
            for node in v["nodes"]
        ]
        assert not lines, f"{page.url} {page.viewport_size}:\n" + "\n".join(lines)

    return check


@pytest.fixture
def sign_in(site) -> Callable:
    """`sign_in(page, "clerk")` goes through the sign-in page as that demonstration account."""

    def act(page, username: str) -> None:
        page.goto("/accounts/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", site.accounts[username])
        page.click("#main button[type=submit]")
        page.wait_for_url(lambda url: "/accounts/login" not in url)

    return act


@pytest.fixture(scope="session")
def sessions() -> dict:
    """User name → cookies of a session that is signed in, so that each account signs in once."""
    return {}


@pytest.fixture
def signed_in(open_page, sign_in, sessions) -> Callable:
    """`signed_in("office", phone=True)` gives a page of somebody who has signed in."""

    def act(username: str, *, phone: bool = False, **options):
        page = open_page(**({"viewport": PHONE, "has_touch": True} if phone else {}), **options)
        if username in sessions:
            page.context.add_cookies(sessions[username])
        else:
            sign_in(page, username)
            sessions[username] = page.context.cookies()
        return page

    return act
