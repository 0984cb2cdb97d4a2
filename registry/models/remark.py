"""Remark: what a reviewer says beside a field."""

from django.conf import settings
from django.db import models


class Remark(models.Model):
    """意见: stands beside `field`, or beside the whole record where `field` is empty; `step` names the route's step."""

    record = models.ForeignKey(
        "registry.Record", models.PROTECT, related_name="remarks", verbose_name="登记项"
    )
    field = models.CharField("字段", max_length=60, blank=True)
    step = models.CharField("步骤", max_length=60, blank=True)
    text = models.TextField("意见")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="意见人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    settled_at = models.DateTimeField("办结时间", null=True, blank=True)

    class Meta:
        verbose_name = "意见"
        verbose_name_plural = "意见"
        ordering = ["record_id", "at"]

    def __str__(self) -> str:
        return self.text[:40]
