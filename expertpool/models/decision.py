"""Decision: the chair's word on a filing."""

from django.conf import settings
from django.db import models


class Outcome(models.TextChoices):
    """遴选结果."""

    ACCEPT = "accept", "通过"
    REFUSE = "refuse", "不通过"


class Decision(models.Model):
    """遴选决定: one per filing, for good; `as_deputy` where the chair was in conflict (YN23-26)."""

    record = models.OneToOneField(
        "registry.Record", models.PROTECT, related_name="decision", verbose_name="推荐"
    )
    edition = models.ForeignKey(
        "registry.Edition", models.PROTECT, related_name="+", verbose_name="所依据的版次"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="决定人"
    )
    as_deputy = models.BooleanField("由副组长代行", default=False)
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    reason = models.TextField("理由")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "遴选决定"
        verbose_name_plural = "遴选决定"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.record_id}：{self.get_outcome_display()}"
