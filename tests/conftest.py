"""The harness: one cast, one browser, and a list of what was not run and why.

Unit tests use pytest-django as it is. Browser tests are marked `browser` and get Debian's Chromium through
Playwright; elsewhere than in CI they are left out, by name, where there is none.
"""

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

CLAUSES = Path(__file__).with_name("clauses.txt")
SHARED = Path(__file__).resolve().parents[2] / "shared"
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
not_run: dict[str, list[str]] = defaultdict(list)

pytest_plugins = ["tests.browser.fixtures"]


def pytest_configure(config: pytest.Config) -> None:
    """Keeps Hypothesis' examples out of the work tree."""
    from django.conf import settings
    from hypothesis.configuration import set_hypothesis_home_dir

    set_hypothesis_home_dir(settings.VAR / "hypothesis")
    lift_guards_while_emptying()


def plant_roots() -> None:
    """What Wagtail's migrations put in and emptying takes away: a locale, and the roots of pages and collections."""
    from wagtail.models import Collection, Locale, Page

    Locale.objects.get_or_create(language_code="zh-hans")
    if not Page.objects.exists():
        Page.add_root(instance=Page(title="Root", slug="root"))
    if not Collection.objects.exists():
        Collection.add_root(instance=Collection(name="Root"))


def lift_guards_while_emptying() -> None:
    """A transactional test ends by emptying every table, which append-only tables refuse; migrate puts the guards back."""
    from django.test import TransactionTestCase

    from registry import guards

    empty = TransactionTestCase._fixture_teardown

    def teardown(case) -> None:
        guards.drop()
        empty(case)
        plant_roots()

    TransactionTestCase._fixture_teardown = teardown


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuses unknown clause ids, leaves out by name what cannot run here, puts browser tests last."""
    from tools import browser

    known = set(CLAUSES.read_text().split())
    marked = {
        (clause, item.nodeid) for item in items for m in item.iter_markers("clause") for clause in m.args
    }
    if unknown := sorted(f"{name}: {clause}" for clause, name in marked if clause not in known):
        raise pytest.UsageError("clause ids that tests/clauses.txt does not have:\n" + "\n".join(unknown))

    no_browser = os.environ.get("NO_BROWSER") or (
        f"{' and '.join(browser.missing())} missing" if browser.missing() else ""
    )
    for item in items:
        if item.get_closest_marker("browser") and no_browser and not IN_CI:
            item.add_marker(pytest.mark.skip(reason=no_browser))
        if item.get_closest_marker("needs_shared") and not SHARED.is_dir():
            item.add_marker(
                pytest.mark.skip(
                    reason="the folder shared/ with the real documents is not beside the project"
                )
            )
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Notes each test that was not run under its reason."""
    if report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        not_run[reason.removeprefix("Skipped: ")].append(report.nodeid)


def pytest_sessionfinish() -> None:
    """Hands the list to tools/check.py, which prints it after everything else."""
    if path := os.environ.get("TEST_REPORT"):
        Path(path).write_text(json.dumps({"not_run": not_run}, ensure_ascii=False))


@pytest.fixture
def shared() -> Path:
    """The folder with the real documents; only for tests marked `needs_shared`."""
    return SHARED


@pytest.fixture
def cast(db):
    """The fixed cast of tests/actors.py: `cast.clerk`, `cast.outsider`, `cast.office` …"""
    from tests.actors import make_cast

    return make_cast()


@pytest.fixture(autouse=True)
def fresh_definitions():
    """A rolled-back test gives its version ids back, so what was parsed under them must be forgotten."""
    from registry.models.register import parsed

    parsed.cache_clear()
