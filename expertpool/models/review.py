"""Review: what one member says of one filing."""

from django.conf import settings
from django.db import models


class Opinion(models.TextChoices):
    """评审意见."""

    RECOMMEND = "recommend", "推荐"
    DECLINE = "decline", "不推荐"
    ABSTAIN = "abstain", "弃权"


class Review(models.Model):
    """评审意见: pinned to the edition that was read; one per reviewer and filing, open to change until decided."""

    record = models.ForeignKey("registry.Record", models.PROTECT, related_name="reviews", verbose_name="推荐")
    edition = models.ForeignKey(
        "registry.Edition", models.PROTECT, related_name="+", verbose_name="所依据的版次"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="评审人"
    )
    verdict = models.CharField("意见", max_length=10, choices=Opinion)
    reasons = models.TextField("理由")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "评审意见"
        verbose_name_plural = "评审意见"
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["reviewer", "record"], name="review_once")]

    def __str__(self) -> str:
        return f"{self.reviewer}：{self.get_verdict_display()}"
