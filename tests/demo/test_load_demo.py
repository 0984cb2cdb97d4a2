"""The demonstration goes into an empty site once, and never among real data."""

import re
import stat

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from config.demo import accounts, filings
from config.demo.persons import id_number, phone
from config.management.commands import load_demo
from registry.demo import is_demo, marker
from registry.models import LogEntry, Membership, Record, Register, Role, Round
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """The mark and the accounts' file belong to this test alone."""
    settings.VAR = tmp_path


def test_a_site_with_a_user_refuses_the_demonstration():
    factories.user("somebody")
    with pytest.raises(CommandError, match="1个用户"):
        call_command("load_demo")
    assert not is_demo()
    assert not accounts.path().exists()


def test_a_start_over_real_data_loads_nothing_and_goes_on(capsys):
    factories.register("some-register", {"key": "name", "type": "text", "label": "名称"})
    call_command("load_demo", "--if-empty")
    assert "不是空站" in capsys.readouterr().out
    assert not is_demo()
    assert Register.objects.count() == 1


def test_a_load_that_breaks_leaves_an_empty_site_without_mark(monkeypatch):
    def broken():
        factories.user("half-made")
        raise RuntimeError("电源中断")

    monkeypatch.setattr(load_demo, "PACKS", [])
    monkeypatch.setattr(accounts, "create", broken)
    with pytest.raises(RuntimeError):
        call_command("load_demo")
    assert not marker().exists()
    assert not get_user_model().objects.exists()


def test_the_demonstration_is_whole_and_loading_again_changes_nothing(capsys):
    call_command("load_demo")
    assert is_demo()
    roles = set(Membership.objects.values_list("role", flat=True))
    assert roles == set(Role.values) - {Role.ORGANISATION, Role.BUREAU}
    assert stat.S_IMODE(accounts.path().stat().st_mode) == 0o600
    kept = accounts.path().read_text()
    assert {line.split()[0] for line in kept.splitlines()} == set(
        Membership.objects.values_list("user__username", flat=True)
    )

    assert Round.objects.get(key=filings.OPEN).is_open()
    reviewed = Round.objects.get(key=filings.REVIEWED)
    assert reviewed.state() == "closed"
    assert Record.objects.filter(round=reviewed, register=reviewed.register).count() == len(
        filings.UNDER_REVIEW
    )
    assert Record.objects.get(register__key="experts").public

    lines = LogEntry.objects.count()
    call_command("load_demo")
    assert "未作改动" in capsys.readouterr().out
    assert (LogEntry.objects.count(), accounts.path().read_text()) == (lines, kept)


def test_the_demonstrations_persons_are_nobody():
    names = [n.name for n in (*filings.UNDER_REVIEW, filings.OPEN_DRAFT, filings.OPEN_SUBMITTED)]
    assert all(name.startswith("示例专家") for name in names)
    assert len(set(names)) == len(names)
    assert all(id_number(n.born)[14:17] == "000" for n in filings.UNDER_REVIEW)
    assert all(re.fullmatch(r"1[3-9]0{9}", phone(serial)) for serial in range(20))
