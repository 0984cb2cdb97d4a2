"""SpecialDay: days that differ from Monday to Friday."""

from django.db import models


class SpecialDay(models.Model):
    """调休日: a weekday off (休) or a weekend day worked (班), as the State Council's notices set it."""

    class Kind(models.TextChoices):
        OFF = "休", "休息日"
        WORKED = "班", "调休上班"

    date = models.DateField("日期", unique=True)
    kind = models.CharField("类别", max_length=1, choices=Kind)
    holiday = models.CharField("节日", max_length=60, blank=True)
    source = models.TextField("来源", blank=True)

    class Meta:
        verbose_name = "调休日"
        verbose_name_plural = "调休日"
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"
