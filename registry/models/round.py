"""Round: a time in which one version of a register is open."""

from datetime import datetime

from django.db import models
from django.utils import timezone


class Round(models.Model):
    """批次: opens one RegisterVersion for a time, with values for its named parameters.

    `parameters` name → number or text (`{"max_age": 65}`); `obligations`, `caps` and `route` are lists as
    in the pack; `reference_date` is the day ages and periods are judged at.
    """

    key = models.SlugField("标识", max_length=80, unique=True)
    register = models.ForeignKey(
        "registry.Register", models.PROTECT, related_name="rounds", verbose_name="登记册"
    )
    version = models.ForeignKey(
        "registry.RegisterVersion", models.PROTECT, related_name="+", verbose_name="版本"
    )
    name = models.CharField("名称", max_length=100)
    opens_at = models.DateTimeField("开始时间")
    closes_at = models.DateTimeField("截止时间")
    review_closes_at = models.DateTimeField("审核截止时间", null=True, blank=True)
    reference_date = models.DateField("基准日")
    results_at = models.DateTimeField("结果公布时间", null=True, blank=True)
    parameters = models.JSONField("参数", default=dict, blank=True)
    obligations = models.JSONField("应报", default=list, blank=True)
    caps = models.JSONField("上限", default=list, blank=True)
    route = models.JSONField("审核路线", default=list, blank=True)
    file_name = models.CharField("文件命名规则", max_length=120, blank=True)
    notes = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = "批次"
        verbose_name_plural = "批次"
        ordering = ["-opens_at", "key"]

    def __str__(self) -> str:
        return self.name

    def is_open(self, now: datetime | None = None) -> bool:
        """Whether schools may submit at `now` (default: this moment); both ends belong to the window."""
        return self.opens_at <= (now or timezone.now()) <= self.closes_at

    def state(self, now: datetime | None = None) -> str:
        """ "pending", "open" or "closed"."""
        now = now or timezone.now()
        return "pending" if now < self.opens_at else "open" if now <= self.closes_at else "closed"
