"""Two people decide, or one decides twice, at the same moment."""

import threading

import pytest
from django.db import connection

from expertpool.actions.decide import decide
from expertpool.models import Appointment, Decision
from registry.errors import Refused
from registry.log import verify_chain
from registry.models import Record


@pytest.mark.clause("YN23-26")
@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_holds_and_one_expert_comes_of_it(case):
    nomination = case.nominate("示例专家甲", case.cast.school)
    start = threading.Barrier(4)
    answers: list[str] = []

    def act(outcome: str) -> None:
        try:
            start.wait()
            decide(
                case.panel,
                Record.objects.get(pk=nomination.pk),
                actor=case.cast.chair,
                outcome=outcome,
                reason="同时",
            )
            answers.append(f"done {outcome}")
        except Refused as problem:
            answers.append(problem.message)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=act, args=[outcome]) for outcome in ("accept", "refuse", "accept", "refuse")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(answers) == 4 and sum(answer.startswith("done") for answer in answers) == 1, answers
    assert all("已有遴选决定" in answer for answer in answers if not answer.startswith("done"))
    outcome = Decision.objects.get().outcome
    nomination.refresh_from_db()
    assert nomination.stage == {"accept": "approved", "refuse": "refused"}[outcome]
    expected = int(outcome == "accept")
    assert Appointment.objects.count() == case.experts.records.count() == expected
    assert verify_chain() is None
