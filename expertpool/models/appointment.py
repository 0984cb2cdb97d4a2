"""Appointment: an expert's place in the pool."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Appointment(models.Model):
    """聘任: number, term (both days belong to it) and letter (聘书); an expert is renewed by a further one (YN23-26)."""

    expert = models.ForeignKey(
        "registry.Record", models.PROTECT, related_name="appointments", verbose_name="专家"
    )
    nomination = models.OneToOneField(
        "registry.Record", models.PROTECT, related_name="appointment", verbose_name="推荐"
    )
    number = models.CharField("聘任编号", max_length=60, unique=True)
    letter_number = models.CharField("聘书编号", max_length=60, unique=True)
    term_from = models.DateField("聘期开始")
    term_to = models.DateField("聘期结束")
    made_at = models.DateTimeField("聘任时间")
    ended_on = models.DateField("解聘日期", null=True, blank=True)
    ended_ground = models.TextField("解聘事由", blank=True)

    class Meta:
        verbose_name = "聘任"
        verbose_name_plural = "聘任"
        ordering = ["-term_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(term_to__gte=F("term_from")), name="appointment_term_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_ground=""), name="appointment_end_has_ground"
            ),
        ]

    def __str__(self) -> str:
        return self.letter_number

    def runs(self, day: date | None = None) -> bool:
        """Whether it is in force on `day` (default: today)."""
        day = day or timezone.localdate()
        return self.term_from <= day <= self.term_to and (self.ended_on is None or day < self.ended_on)

    def state(self, day: date | None = None) -> tuple[str, str]:
        """(word, tone of its tag)."""
        day = day or timezone.localdate()
        if self.ended_on is not None and self.ended_on <= day:
            return "已解聘", "bad"
        if day > self.term_to:
            return "聘期已满", "muted"
        return ("在聘", "ok") if day >= self.term_from else ("未到聘期", "info")
