"""Submit: a draft is handed in, with a receipt."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from registry import judging, values
from registry.errors import NotAllowed, Refused
from registry.models import Edition, Record, Stage, Submission
from registry.permissions import can_submit, viewer
from registry.saving import RecordDraft, save_records


def submit(
    record: Record, *, actor: Any, key: str = "", as_it_is: bool = False, reason: str = ""
) -> Submission:
    """Hands the record in and returns the receipt. The same `key` again returns the same receipt.

    Held back (Refused, with verdicts) while a required field is empty, a hard rule fails, or an exceeded soft
    rule has no reason. `as_it_is` lets the office enter a paper filing all the same; the committee sees the
    verdicts. Raises NotAllowed.
    """
    with transaction.atomic():
        key = key or secrets.token_hex(16)
        if earlier := Submission.objects.filter(key=key).first():
            if earlier.record_id != record.pk:
                raise Refused("该提交凭据属于另一条记录，请刷新页面后重试。")
            return earlier
        record = (
            Record.objects.select_for_update(of=("self",))
            .select_related("register", "version", "round", "owner")
            .get(pk=record.pk)
        )
        allowed, why = can_submit(actor, record)
        if not allowed:
            raise NotAllowed(why)
        if as_it_is and not viewer(actor).is_office:
            raise NotAllowed("只有省级办公室可以按纸质材料原样录入。")
        if not as_it_is:
            check(record)
        data = values.decode(record, sensitive=True)
        record.stage, record.submitted_at = Stage.SUBMITTED, timezone.now()
        entry = save_records([RecordDraft(record, data)], actor=actor, verb="submit", reason=reason)
        edition = Edition.objects.get(act=entry, record=record)
        receipt = f"{timezone.localdate():%Y%m%d}-{record.number}-{record.lock_version}"
        return Submission.objects.create(key=key, receipt=receipt, record=record, edition=edition)


def check(record: Record) -> None:
    """Raises Refused with every sentence that holds the submission back."""
    definition = record.version.parsed
    data = values.decode(record, definition, sensitive=True)
    problems = judging.missing(data, definition)
    verdicts = judging.judge_record(record, moments=["save", "submit"])
    rules = {rule.key: rule for rule in definition.rules}
    for verdict in verdicts:
        if verdict.outcome == "fail" or verdict.outcome == "needs_reason":
            told = rules[verdict.rule].fields
            problems.setdefault(told[0] if told else "", []).append(verdict.message)
    if problems:
        count = sum(len(sentences) for sentences in problems.values())
        raise Refused(f"还有{count}处不符合要求，暂不能提交。", problems, verdicts)
