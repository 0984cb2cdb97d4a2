"""Edition: the complete state of a record at a time."""

from django.db import models

from registry.models.record import Stage, Standing


class Edition(models.Model):
    """版次: append-only (a database trigger refuses changes). "As of D" is the last recorded among those effective by D."""

    record = models.ForeignKey(
        "registry.Record", models.PROTECT, related_name="editions", verbose_name="登记项"
    )
    sequence = models.PositiveIntegerField("次序")
    version = models.ForeignKey("registry.RegisterVersion", models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    data = models.JSONField()
    reasons = models.JSONField(default=dict)
    stage = models.CharField(max_length=10, choices=Stage)
    standing = models.CharField(max_length=10, choices=Standing)
    standing_on = models.DateField(null=True)
    standing_ground = models.TextField(blank=True)
    public = models.BooleanField()
    withheld = models.BooleanField()
    owner = models.ForeignKey("registry.Record", models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey("registry.Region", models.PROTECT, null=True, related_name="+")
    round = models.ForeignKey("registry.Round", models.PROTECT, null=True, related_name="+")
    effective_from = models.DateTimeField("生效时间")
    recorded_at = models.DateTimeField("记录时间")
    act = models.ForeignKey("registry.LogEntry", models.PROTECT, related_name="editions", verbose_name="日志")

    class Meta:
        verbose_name = "版次"
        verbose_name_plural = "版次"
        ordering = ["record_id", "sequence"]
        constraints = [models.UniqueConstraint("record", "sequence", name="edition_sequence")]

    def __str__(self) -> str:
        return f"{self.title} 第{self.sequence}版次"
