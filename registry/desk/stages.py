"""What a filing's stage means to the person who looks at it."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from registry.models import LogEntry, Record, Role, Round, Stage
from registry.permissions import Viewer

TONES = {
    Stage.DRAFT: "muted",
    Stage.SUBMITTED: "info",
    Stage.IN_REVIEW: "info",
    Stage.RETURNED: "warn",
    Stage.APPROVED: "ok",
    Stage.REFUSED: "bad",
    Stage.WITHDRAWN: "muted",
}
NEXT = {
    Stage.DRAFT: "填写完成后核对并提交。",
    Stage.SUBMITTED: "等待审核，审核开始前可以撤回。",
    Stage.IN_REVIEW: "正在审核，结果公布后在此查看。",
    Stage.RETURNED: "请按退回意见修改后重新提交。",
    Stage.APPROVED: "已通过。",
    Stage.REFUSED: "未通过，理由见办理经过。",
    Stage.WITHDRAWN: "已撤回，不再办理；需要时可另行填报。",
}
VERBS = {
    "create": "新建草稿",
    "import": "由表格导入",
    "edit": "保存修改",
    "submit": "提交",
    "withdraw": "撤回",
    "return_for_correction": "退回补正",
    "approve": "通过",
    "refuse": "不予通过",
    "withhold": "暂不公开",
    "release": "恢复公开",
    "reveal": "查看敏感信息",
    "end_record": "终止",
}
DECISIONS = ("approve", "refuse")
INNER = ("reveal", "withhold", "release")


def results_hidden(round: Round | None, who: Viewer, now: datetime | None = None) -> bool:
    """Whether decisions are still kept from this person: results appear at the round's time."""
    if (
        round is None
        or round.results_at is None
        or who.has(Role.OFFICE, Role.ADMINISTRATOR, Role.AUDITOR, Role.CHAIR)
    ):
        return False
    return round.results_at > (now or timezone.now())


def shown_stage(record: Record, who: Viewer) -> Stage:
    """The stage this person may know: before results appear a decided filing still counts as in review."""
    stage = Stage(record.stage)
    if stage in (Stage.APPROVED, Stage.REFUSED) and results_hidden(record.round, who):
        return Stage.IN_REVIEW
    return stage


def stage_tag(record: Record, who: Viewer) -> dict[str, str]:
    """{text, tone, next} for tags and lists."""
    stage = shown_stage(record, who)
    following = NEXT[stage]
    if stage == Stage.SUBMITTED and record.round and not record.round.is_open():
        following = "等待审核；申报时间已过，如需撤回请联系省级办公室。"
    return {"text": stage.label, "tone": TONES[stage], "next": following}


def history(record: Record, who: Viewer) -> list[dict]:
    """The filing's way so far, newest first, as items of timeline.html. The office's own acts are for the office."""
    hidden = set()
    if not who.has(Role.OFFICE, Role.ADMINISTRATOR, Role.AUDITOR):
        hidden |= set(INNER)
    if results_hidden(record.round, who):
        hidden |= set(DECISIONS)
    entries = (
        LogEntry.objects.filter(Q(record=record) | Q(editions__record=record))
        .exclude(verb__in=hidden)
        .select_related("actor")
        .order_by("-sequence")
        .distinct()
    )
    return [
        {
            "at": timezone.localtime(entry.at),
            "title": f"{VERBS.get(entry.verb, entry.verb)}（{entry.actor or '系统'}）",
            "text": entry.reason,
        }
        for entry in entries[:50]
    ]


def return_reasons(record_ids: list[int]) -> dict[int, str]:
    """Record id → what the office wrote when it sent the filing back, the last time."""
    if not record_ids:
        return {}
    acts = LogEntry.objects.filter(record__in=record_ids, verb="return_for_correction").order_by("sequence")
    return dict(acts.values_list("record", "reason"))
