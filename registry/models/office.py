"""Office: an authority that receives, reviews and publishes."""

from django.db import models


class Office(models.Model):
    """机关: the province's office, a city bureau, or a college's own office."""

    key = models.SlugField("标识", unique=True)
    name = models.CharField("名称", max_length=100)
    region = models.ForeignKey("registry.Region", models.PROTECT, null=True, blank=True, verbose_name="辖区")

    class Meta:
        verbose_name = "机关"
        verbose_name_plural = "机关"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
