"""The demonstration's committee: it has begun to read, one case is decided, so the pool is not empty."""

from typing import Any

from django.contrib.auth import get_user_model

from config.demo.accounts import institution
from config.demo.filings import MECHANICAL, REVIEWED
from expertpool.actions.decide import decide
from expertpool.actions.declare_conflict import declare_conflict
from expertpool.actions.review import review
from expertpool.models import Capacity, Opinion, Outcome, Panel, PanelMember
from registry.models import Record, Round

SEATS = {"chair": Capacity.CHAIR, "member2": Capacity.DEPUTY, "member": Capacity.MEMBER}
# The chair belongs to the school of 甲, 乙, 丙; the member to that of 丁, 戊, 己; the deputy to that of 癸.
REVIEWS = [
    ("member", "示例专家癸", Opinion.RECOMMEND, "材料齐全，两项成果与证书标准开发直接相关。"),
    ("member", "示例专家甲", Opinion.RECOMMEND, "专业方向对应，课题成果扎实。"),
    ("member2", "示例专家戊", Opinion.ABSTAIN, "实绩突出，但职称未达一般要求，请组长定。"),
]
DECIDED = ("示例专家癸", "材料齐全，评审意见一致，同意聘任。")


def load(*, office: Any) -> None:
    """Seats the panel of the round under review, lets it read a little, and lets the chair decide one case."""
    user = get_user_model().objects.get_by_natural_key
    reviewed = Round.objects.get(key=REVIEWED)
    panel = Panel.objects.create(round=reviewed, name="云南省2023年专家遴选评审组（演示）")
    for username, capacity in SEATS.items():
        PanelMember.objects.create(panel=panel, user=user(username), capacity=capacity)
    panel = Panel.objects.get(pk=panel.pk)
    declare_conflict(
        panel,
        actor=office,
        user=user("member2"),
        institution=institution(MECHANICAL),
        ground="近三年内曾在该校任职",
    )

    def case(name: str) -> Record:
        return Record.objects.get(round=reviewed, title=name)

    for username, name, verdict, reasons in REVIEWS:
        review(panel, case(name), actor=user(username), verdict=verdict, reasons=reasons)
    name, reason = DECIDED
    decide(panel, case(name), actor=user("chair"), outcome=Outcome.ACCEPT, reason=reason)
