"""What time changes is done by the worker: a round's results become public when their hour comes."""

from django.utils import timezone
from django_tasks import default_task_backend, task

from registry import values
from registry.models import Record, Round, Stage
from registry.saving import RecordDraft, save_records
from registry.visibility import is_public

BATCH = 200


@task()
def publish_results(round_id: int) -> int:
    """Makes the round's approved records public if its results time has passed; returns how many became so.

    Running it twice, or early, changes nothing more.
    """
    due = Record.objects.filter(round_id=round_id, stage=Stage.APPROVED, public=False, register__public=True)
    total = 0
    rows = [
        record
        for record in due.select_related("register", "version", "round", "owner").order_by("pk")
        if is_public(record)
    ]
    for start in range(0, len(rows), BATCH):
        drafts = []
        for record in rows[start : start + BATCH]:
            data = values.decode(record, sensitive=True)
            record.public = True
            drafts.append(RecordDraft(record, data))
        save_records(drafts, actor=None, verb="publish_results", reason="结果公布时间已到")
        total += len(drafts)
    return total


def publish_when_due(round: Round | None) -> None:
    """Asks the worker to publish a round's results at their time; a round without one, or past it, asks nothing."""
    if round is None or round.results_at is None or round.results_at <= timezone.now():
        return
    if default_task_backend.supports_defer:
        publish_results.using(run_after=round.results_at).enqueue(round.pk)
