"""Link: one row per reference to a record and per choice of a several-choice field."""

from django.db import models
from django.db.models import Q


class Link(models.Model):
    """关联: `source` names `target` (or `choice`) in `field`, at `row` of a rows field (−1 outside rows).

    Rows protect their target from deletion and let lists filter by several-choice fields.
    """

    source = models.ForeignKey("registry.Record", models.CASCADE, related_name="links", verbose_name="来源")
    field = models.CharField("字段", max_length=60)
    row = models.SmallIntegerField("行", default=-1)
    target = models.ForeignKey(
        "registry.Record",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="backlinks",
        verbose_name="目标",
    )
    choice = models.CharField("选项", max_length=100, blank=True)

    class Meta:
        verbose_name = "关联"
        verbose_name_plural = "关联"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "field", "row", "target"],
                condition=Q(target__isnull=False),
                name="link_target_once",
            ),
            models.UniqueConstraint(
                fields=["source", "field", "row", "choice"],
                condition=Q(target__isnull=True),
                name="link_choice_once",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=False, choice="") | Q(target__isnull=True) & ~Q(choice=""),
                name="link_names_one",
            ),
        ]
        indexes = [models.Index(fields=["field", "choice", "source"], name="link_choice")]

    def __str__(self) -> str:
        return f"{self.source_id}.{self.field} → {self.target_id or self.choice}"
