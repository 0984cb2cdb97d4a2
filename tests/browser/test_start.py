"""`make run`: what the first start leaves, and that a second one changes nothing."""

import stat

import pytest

from tools.running_site import ANNOUNCED

pytestmark = pytest.mark.browser  # shares the served site with the browser tests
ROLES = {"clerk", "office", "editor", "member", "chair", "auditor", "administrator"}


def test_the_first_start_makes_keys_and_accounts_that_only_the_owner_may_read(first_start):
    secret = [*(first_start.var / "keys").iterdir(), first_start.var / "demo-accounts.txt"]
    assert len(secret) >= 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in secret} == {0o600}
    assert set(first_start.accounts) >= ROLES
    assert len(set(first_start.accounts.values())) == len(first_start.accounts), (
        "two accounts share a password"
    )


def test_the_first_start_prints_the_accounts(first_start):
    assert all(f"{name} " in first_start.printed for name in ROLES)
    assert all(password in first_start.printed for password in first_start.accounts.values())


def test_a_second_start_is_quick_and_changes_no_data(first_start, second_start):
    before_serving = second_start.printed.split(ANNOUNCED)[0]
    assert "…" not in before_serving, "a step of the preparation ran again"
    assert second_start.digest == first_start.digest
    assert second_start.seconds < 15  # about 3 s on a quiet machine; tests share theirs
