"""Conflict: why somebody on a panel must keep out of a case."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey


class Conflict(models.Model):
    """回避: declared, of an institution (all its filings) or of one filing.

    That a member keeps out of the own institution's cases needs no row: it follows from Membership.
    """

    panel = ParentalKey(
        "expertpool.Panel", on_delete=models.CASCADE, related_name="conflicts", verbose_name="评审组"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="须回避人"
    )
    institution = models.ForeignKey(
        "registry.Record",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="须回避的单位",
    )
    record = models.ForeignKey(
        "registry.Record",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="须回避的推荐",
    )
    ground = models.CharField("事由", max_length=200)
    declared_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "回避"
        verbose_name_plural = "回避"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(institution__isnull=False, record__isnull=True)
                | Q(institution__isnull=True, record__isnull=False),
                name="conflict_names_one",
                violation_error_message="请填写须回避的单位或推荐，二者填且只填一项。",
            ),
            models.UniqueConstraint(
                fields=["panel", "user", "institution"],
                condition=Q(institution__isnull=False),
                name="conflict_once_per_institution",
            ),
            models.UniqueConstraint(
                fields=["panel", "user", "record"],
                condition=Q(record__isnull=False),
                name="conflict_once_per_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} 回避 {(self.institution or self.record).title}"
