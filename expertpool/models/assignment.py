"""Assignment: which filings a member shall read."""

from django.conf import settings
from django.db import models


class Assignment(models.Model):
    """分派: a panel without any lets every member see every case; with some, a member sees the own ones."""

    panel = models.ForeignKey(
        "expertpool.Panel", models.CASCADE, related_name="assignments", verbose_name="评审组"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="委员")
    record = models.ForeignKey(
        "registry.Record", models.PROTECT, related_name="assignments", verbose_name="推荐"
    )

    class Meta:
        verbose_name = "分派"
        verbose_name_plural = "分派"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "record"], name="assignment_once")]
        indexes = [models.Index(fields=["panel", "user"], name="assignment_of_member")]

    def __str__(self) -> str:
        return f"{self.user} · {self.record_id}"
