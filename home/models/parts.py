"""What an official document is made of: clauses, key dates, contacts, tables, attachments."""

from __future__ import annotations

import re

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable
from wagtail.search import index


class Clause(index.Indexed, Orderable):
    """条款: an anchored paragraph. `path` is the markers from the top (四（三）1, 附件2/一1), `anchor` the
    address (c4-3-1, f2-c1-1), given once and kept when the document is imported again."""

    page = ParentalKey("home.OfficialPage", on_delete=models.CASCADE, related_name="clauses")
    section = models.CharField("所在附件", max_length=20, blank=True, help_text="正文留空；附件内填“附件2”。")
    level = models.PositiveSmallIntegerField("层次", default=1, help_text="从 1 起，按本文件的层次。")
    marker = models.CharField("序号", max_length=20, help_text="如：一、（一）1.（1）第一章 第一条")
    path = models.CharField("条款路径", max_length=120, blank=True, help_text="留空由系统填写，如：四（三）1")
    anchor = models.CharField(
        "锚点", max_length=60, blank=True, help_text="留空由系统填写；一经给定不再改变。"
    )
    text = models.TextField("条文", blank=True)

    panels = [
        FieldRowPanel([FieldPanel("level"), FieldPanel("marker"), FieldPanel("section")]),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("path", read_only=True), FieldPanel("anchor", read_only=True)]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "条款"
        verbose_name_plural = "条款"
        indexes = [models.Index(fields=["path"], name="clause_path")]

    def __str__(self) -> str:
        return f"{self.path} {self.text[:20]}"


class Audience(models.TextChoices):
    """对象: whom a date concerns."""

    ALL = "all", "各方"
    SCHOOLS = "schools", "院校"
    BUREAUX = "bureaux", "市州教育部门"
    ORGANISATIONS = "organisations", "培训评价组织"
    PROVINCE = "province", "省级"


class KeyDate(Orderable):
    """关键日期: a date the text names; local time as written (8:00-12:00, 17:00) or empty."""

    page = ParentalKey("home.OfficialPage", on_delete=models.CASCADE, related_name="key_dates")
    date = models.DateField("日期", db_index=True)
    time = models.CharField("时刻", max_length=20, blank=True, help_text="如：17:00 或 8:00-12:00")
    text = models.TextField("事项")
    audience = models.CharField("对象", max_length=20, choices=Audience.choices, default=Audience.ALL)
    anchor = models.CharField("条款锚点", max_length=60, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("time"), FieldPanel("audience")]),
        FieldPanel("text"),
        FieldPanel("anchor"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "关键日期"
        verbose_name_plural = "关键日期"


class ContactKind(models.TextChoices):
    """联系方式的种类."""

    PERSON = "person", "联系人"
    PHONE = "phone", "电话"
    EMAIL = "email", "邮箱"
    QQ = "qq", "QQ 群"
    ADDRESS = "address", "地址"


class Contact(Orderable):
    """联系方式: private until an editor releases it; while private its value is masked wherever text is shown."""

    page = ParentalKey("home.OfficialPage", on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField("种类", max_length=10, choices=ContactKind.choices)
    value = models.CharField("内容", max_length=200)
    private = models.BooleanField("不公开", default=True, help_text="取消勾选即公开此项。")
    note = models.CharField("说明", max_length=100, blank=True)
    anchor = models.CharField("条款锚点", max_length=60, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("value"), FieldPanel("private")]),
        FieldRowPanel([FieldPanel("note"), FieldPanel("anchor")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "联系方式"
        verbose_name_plural = "联系方式"


class NoticeTable(Orderable):
    """表格: one row a line, cells parted by a vertical bar; the first row of more than one cell is the head."""

    page = ParentalKey("home.OfficialPage", on_delete=models.CASCADE, related_name="tables")
    caption = models.CharField("表题", max_length=200, blank=True)
    section = models.CharField("所在附件", max_length=20, blank=True)
    cells = models.TextField("内容", help_text="每行一行，单元格之间用竖线 | 分隔。")

    panels = [FieldRowPanel([FieldPanel("caption"), FieldPanel("section")]), FieldPanel("cells")]

    class Meta(Orderable.Meta):
        verbose_name = "表格"
        verbose_name_plural = "表格"

    @property
    def rows(self) -> list[list[str]]:
        """The cells, row by row."""
        return [
            [cell.strip() for cell in line.split("|")] for line in self.cells.splitlines() if line.strip()
        ]

    @staticmethod
    def pack(rows: list[list[str]]) -> str:
        """The stored form of `rows`; a bar inside a cell becomes a full-width one."""
        return "\n".join(
            " | ".join(re.sub(r"\s*\n\s*", "", cell).replace("|", "｜") for cell in row) for row in rows
        )


class NoticeAttachment(Orderable):
    """附件: a file, or only the name the document gives it."""

    page = ParentalKey("home.OfficialPage", on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField("名称", max_length=200)
    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name="文件",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [FieldPanel("name"), FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = "附件"
        verbose_name_plural = "附件"
