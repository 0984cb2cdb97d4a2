"""Job: the progress of work that takes longer than a request."""

from django.conf import settings
from django.db import models


class Job(models.Model):
    """任务进度: `done` of `total` steps; `message` is a Chinese sentence for the person who waits."""

    class State(models.TextChoices):
        WAITING = "waiting", "等待"
        RUNNING = "running", "进行中"
        DONE = "done", "完成"
        FAILED = "failed", "失败"

    verb = models.CharField("动作", max_length=40)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    message = models.TextField("说明", blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "任务进度"
        verbose_name_plural = "任务进度"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.done}/{self.total}"
