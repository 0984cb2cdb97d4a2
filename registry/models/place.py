"""Region: where things are and who reviews them."""

from django.db import models


class Region(models.Model):
    """行政区划: a tree by review unit.

    `code` is GB/T 2260, null where the standard has none (西咸新区); 杨凌, 韩城, 神木 and 府谷 are units of
    their own because notices address them as such (SX20-01).
    """

    code = models.CharField("区划代码", max_length=6, unique=True, null=True, blank=True)
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=20, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    review_unit = models.BooleanField("独立审核单位", default=True)
    note = models.TextField("说明", blank=True)
    source = models.TextField("来源", blank=True)

    class Meta:
        verbose_name = "行政区划"
        verbose_name_plural = "行政区划"
        ordering = ["code", "id"]
        constraints = [models.UniqueConstraint("parent", "name", name="region_name_in_parent")]

    def __str__(self) -> str:
        return self.name
