"""Pack: which packs stand on this site."""

from django.db import models


class Pack(models.Model):
    """方案: what was applied last, apart from what registers and rounds hold themselves.

    `frame` is the pack without the contents of its registers and rounds (they are named by key, in order):
    title, scope, documents, notes, records and tests. `pack export` puts the two together again.
    """

    key = models.SlugField("标识", max_length=60, unique=True)
    title = models.CharField("名称", max_length=200)
    frame = models.JSONField("内容", default=dict)
    digest = models.CharField("摘要", max_length=64)
    applied_at = models.DateTimeField("应用时间", auto_now=True)

    class Meta:
        verbose_name = "方案"
        verbose_name_plural = "方案"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title
