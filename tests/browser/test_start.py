"""`make run`: what the first start leaves, and that a second one changes nothing."""

import hashlib
import sqlite3
import stat
import time

import pytest

from tools.running_site import running_site

pytestmark = pytest.mark.browser  # shares the served site with the browser tests
ROLES = {"clerk", "office", "editor", "member", "chair", "auditor", "administrator"}


def dump(path) -> str:
    """A digest of everything in the database but sessions and the counts of sign-in attempts."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        lines = (line for line in database.iterdump() if "django_session" not in line and "axes_" not in line)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_the_first_start_makes_keys_and_accounts_that_only_the_owner_may_read(site):
    secret = [*(site.var / "keys").iterdir(), site.var / "demo-accounts.txt"]
    assert len(secret) >= 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in secret} == {0o600}
    assert set(site.accounts) >= ROLES
    assert len(set(site.accounts.values())) == len(site.accounts), "two accounts share a password"


def test_the_first_start_prints_address_and_accounts(site):
    printed = site.log.read_text()
    assert site.url in printed
    assert all(password in printed for password in site.accounts.values())


def test_a_second_start_is_quick_and_changes_no_data(tmp_path_factory):
    var = tmp_path_factory.mktemp("twice") / "var"
    with running_site(var) as first:
        accounts = first.accounts
    before = dump(var / "site.sqlite3")
    began = time.monotonic()
    with running_site(var) as second:
        seconds = time.monotonic() - began
        assert second.accounts == accounts
        assert "…" not in second.log.read_text().split("网站已启动")[0], "a step of the preparation ran again"
    assert dump(var / "site.sqlite3") == before
    assert seconds < 15, f"{seconds:.1f} s"  # 5 s on a quiet machine; tests share theirs
