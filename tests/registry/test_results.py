"""Results appear at their time (HN22-09): until then nobody outside sees what was decided."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from registry.actions.approve import approve
from registry.models import LogEntry, Record, Stage
from registry.permissions import visible_records
from registry.tasks import publish_results
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(cast):
    register = factories.register(
        "applications",
        {"key": "name", "type": "text", "label": "名称"},
        kind="filing",
        public=True,
        title={"field": "name"},
    )
    round = factories.open_round(register, results_at=timezone.now() + timedelta(days=3))
    record = factories.record(register, {"name": "甲"}, owner=cast.school, round=round, stage=Stage.SUBMITTED)
    return approve(record, actor=cast.office)


@pytest.mark.clause("HN22-09")
def test_an_approved_filing_is_hidden_until_the_results_time_and_then_published_by_an_act(filing):
    assert publish_results.call(filing.round_id) == 0
    assert not visible_records(None, filing.register).exists()

    filing.round.results_at = timezone.now() - timedelta(minutes=1)
    filing.round.save()
    assert not visible_records(None, filing.register).exists(), "time alone publishes nothing: an act does"
    call_command("publish_due")
    assert visible_records(None, filing.register).get() == filing
    assert LogEntry.objects.first().verb == "publish_results"
    assert publish_results.call(filing.round_id) == 0
    assert Record.objects.get(pk=filing.pk).editions.count() == 3
