"""Submission: the receipt of a submit, and what keeps it from happening twice."""

from django.db import models


class Submission(models.Model):
    """提交回执: `key` comes with the form, so that a second click or a resent request gives the same receipt."""

    key = models.CharField("幂等键", max_length=64, unique=True)
    receipt = models.CharField("回执号", max_length=40, unique=True)
    record = models.ForeignKey(
        "registry.Record", models.PROTECT, related_name="submissions", verbose_name="登记项"
    )
    edition = models.ForeignKey("registry.Edition", models.PROTECT, related_name="+", verbose_name="版次")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "提交回执"
        verbose_name_plural = "提交回执"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.receipt
