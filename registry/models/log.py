"""LogEntry: the sealed log, one chain per site."""

from django.conf import settings
from django.db import models


class LogEntry(models.Model):
    """日志: who did what, when, why. `canonical` is the stored text that `hash` was taken over.

    `hash` = SHA-256 of previous hash + canonical, in hex. Append-only: a database trigger refuses changes.
    """

    sequence = models.PositiveBigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="操作人",
    )
    verb = models.CharField("动作", max_length=40, db_index=True)
    target_type = models.CharField("对象类型", max_length=40)
    target_id = models.CharField("对象", max_length=60)
    record = models.ForeignKey("registry.Record", models.PROTECT, null=True, blank=True, related_name="log")
    changes = models.JSONField("变更", default=dict)
    reason = models.TextField("理由", blank=True)
    canonical = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "日志"
        verbose_name_plural = "日志"
        ordering = ["-sequence"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="log_target")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.target_type} {self.target_id}"


class ChainHead(models.Model):
    """链头: the one row that every act locks last, so that the chain has no forks."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.sequence}"
