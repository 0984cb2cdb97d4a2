"""PanelMember: a seat on a panel."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey


class Capacity(models.TextChoices):
    """身份: the deputy decides only cases in which the chair is in conflict, and is a member otherwise."""

    MEMBER = "member", "委员"
    CHAIR = "chair", "组长"
    DEPUTY = "deputy", "副组长"


class PanelMember(models.Model):
    """评审组成员: one seat per person; one chair and at most one deputy per panel."""

    panel = ParentalKey(
        "expertpool.Panel", on_delete=models.CASCADE, related_name="members", verbose_name="评审组"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="panel_seats", verbose_name="用户"
    )
    capacity = models.CharField("身份", max_length=10, choices=Capacity, default=Capacity.MEMBER)

    class Meta:
        verbose_name = "评审组成员"
        verbose_name_plural = "评审组成员"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("panel", "user", name="panelmember_once"),
            models.UniqueConstraint(
                fields=["panel"], condition=Q(capacity="chair"), name="panel_has_one_chair"
            ),
            models.UniqueConstraint(
                fields=["panel"], condition=Q(capacity="deputy"), name="panel_has_one_deputy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}（{self.get_capacity_display()}）"
