"""The demonstration goes into an empty site once, and never among real data."""

import re
import stat

import pytest
from django.core.management import CommandError, call_command

from config.demo import accounts, filings
from config.demo.persons import id_number, phone
from registry.demo import is_demo, marker
from registry.models import Membership, Record, Register, Role, Round
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """The mark and the accounts' file belong to this test alone."""
    settings.VAR = tmp_path


@pytest.fixture
def demo():
    call_command("load_demo", verbosity=0)


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
    def broken(**kwargs):
        raise RuntimeError("电源中断")

    monkeypatch.setattr(filings, "load", broken)
    with pytest.raises(RuntimeError):
        call_command("load_demo")
    assert not marker().exists()
    assert not Register.objects.exists()


def test_every_role_has_an_account_and_only_the_owner_may_read_the_file(demo):
    roles = set(Membership.objects.values_list("role", flat=True))
    assert roles == set(Role.values) - {Role.ORGANISATION, Role.BUREAU}
    assert stat.S_IMODE(accounts.path().stat().st_mode) == 0o600
    assert {line.split()[0] for line in accounts.path().read_text().splitlines()} == set(
        Membership.objects.values_list("user__username", flat=True)
    )


def test_something_is_open_and_something_is_under_review(demo):
    assert Round.objects.get(key=filings.OPEN).is_open()
    reviewed = Round.objects.get(key=filings.REVIEWED)
    assert reviewed.state() == "closed"
    assert Record.objects.filter(round=reviewed, stage="submitted").count() == len(filings.UNDER_REVIEW)


def test_loading_again_changes_nothing(demo, capsys):
    before = Record.objects.count(), accounts.path().read_text()
    call_command("load_demo")
    assert "未作改动" in capsys.readouterr().out
    assert (Record.objects.count(), accounts.path().read_text()) == before


def test_the_demonstrations_persons_are_nobody():
    names = [n.name for n in (*filings.UNDER_REVIEW, filings.OPEN_DRAFT, filings.OPEN_SUBMITTED)]
    assert all(name.startswith("示例专家") for name in names)
    assert len(set(names)) == len(names)
    assert all(id_number(n.born)[14:17] == "000" for n in filings.UNDER_REVIEW)
    assert all(re.fullmatch(r"1[3-9]0{9}", phone(serial)) for serial in range(20))
