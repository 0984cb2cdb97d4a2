"""DataKey: the wrapped key of a record's sensitive values."""

from django.db import models
from django.db.models import Q


class DataKey(models.Model):
    """数据密钥: outside the append-only triggers, so that destroying it erases what it sealed.

    `wrapped` is base64 of nonce + AES-256-GCM ciphertext under the site's wrapping key; empty once destroyed.
    """

    record = models.OneToOneField(
        "registry.Record", models.PROTECT, related_name="data_key", primary_key=True
    )
    wrapped = models.CharField(max_length=120, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "数据密钥"
        verbose_name_plural = "数据密钥"
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) | Q(wrapped=""), name="destroyed_key_is_gone"
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id}"
