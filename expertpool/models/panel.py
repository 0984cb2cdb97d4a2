"""Panel: the committee that judges a round's filings."""

from functools import cached_property
from typing import Any

from django.db import models
from modelcluster.models import ClusterableModel

from expertpool.models.panelmember import Capacity, PanelMember


class Panel(ClusterableModel):
    """评审组: members, conflicts, assignments, reviews and decisions of one round (YN23-17)."""

    round = models.OneToOneField("registry.Round", models.PROTECT, related_name="panel", verbose_name="批次")
    name = models.CharField("名称", max_length=100)
    closes_at = models.DateTimeField(
        "评审截止时间", null=True, blank=True, help_text="此后委员不能再提交评审意见；空着则不限。"
    )

    class Meta:
        verbose_name = "评审组"
        verbose_name_plural = "评审组"
        ordering = ["-round__opens_at", "name"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def seats(self) -> list[PanelMember]:
        """Everybody on the panel: chair, deputy, then members."""
        order = [Capacity.CHAIR, Capacity.DEPUTY, Capacity.MEMBER]
        rows = PanelMember.objects.filter(panel=self.pk).select_related("user")
        return sorted(rows, key=lambda seat: (order.index(seat.capacity), seat.pk))

    def seat_of(self, user: Any) -> PanelMember | None:
        return next((seat for seat in self.seats if seat.user_id == getattr(user, "pk", None)), None)

    def holder(self, capacity: str) -> Any:
        """The chair or the deputy, None where the seat is empty."""
        return next((seat.user for seat in self.seats if seat.capacity == capacity), None)

    @property
    def chair(self) -> Any:
        return self.holder(Capacity.CHAIR)

    @property
    def deputy(self) -> Any:
        return self.holder(Capacity.DEPUTY)
