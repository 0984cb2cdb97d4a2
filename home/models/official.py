"""公文: what a notice and a policy document have in common (GB/T 9704-2012 and 政府信息公开 fields)."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.models import Page
from wagtail.search import index

from home.anchors import give_anchors
from home.masking import Mask


class Kind(models.TextChoices):
    """文种: the kinds of official document this site keeps."""

    NOTICE = "notice", "通知"
    LETTER = "letter", "函"
    PLAN = "plan", "方案"
    OPINION = "opinion", "意见"
    MEASURES = "measures", "办法"
    RULES = "rules", "规定"
    ANNOUNCEMENT = "announcement", "公告"
    PUBLICITY = "publicity", "公示"
    OTHER = "other", "其他"


class Validity(models.TextChoices):
    """有效性: whether the document still holds."""

    VALID = "valid", "有效"
    REPEALED = "repealed", "废止"
    REPLACED = "replaced", "被替代"


class OfficialPage(Page):
    """公文: a document with a 文号, an issuer and clauses that others cite by a stable address.

    Notices and policies share this table, so that one clause table serves both: a citation needs no
    knowledge of which of the two it points into.
    """

    document_key = models.SlugField(
        "文档代号",
        max_length=80,
        blank=True,
        db_index=True,
        help_text="供方案引用条款，如 yunnan-2023；同一份公文重新导入时据此认出。",
    )
    kind = models.CharField("文种", max_length=20, choices=Kind.choices, default=Kind.NOTICE, db_index=True)
    number = models.CharField(
        "发文字号", max_length=60, blank=True, db_index=True, help_text="如：湘教通〔2022〕80号"
    )
    number_as_written = models.CharField("发文字号（原文写法）", max_length=80, blank=True)
    issuer = models.CharField("发文机关", max_length=200, blank=True, db_index=True)
    issued_on = models.DateField("成文日期", null=True, blank=True, db_index=True)
    addressees = models.TextField("主送机关", blank=True, help_text="每行一个。")
    copies = models.TextField("抄送机关", blank=True, help_text="每行一个。")
    disclosure = models.CharField("公开属性", max_length=40, blank=True, help_text="如：主动公开")
    annotation = models.CharField("附注", max_length=200, blank=True)
    index_number = models.CharField("索引号", max_length=60, blank=True)
    validity = models.CharField(
        "有效性", max_length=20, choices=Validity.choices, default=Validity.VALID, db_index=True
    )
    replaced_by = models.ForeignKey(
        "home.OfficialPage",
        verbose_name="被何文替代",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaces",
    )
    summary = models.TextField("内容概述", max_length=500, blank=True)
    preamble = models.TextField("引言", blank=True, help_text="主送机关之后、第一个条款之前的文字。")
    source_title = models.CharField(
        "正文标题", max_length=255, blank=True, help_text="印发件正文自己的标题。"
    )

    is_creatable = False
    exclude_fields_in_copy = ["document_key"]

    search_fields = [
        *Page.search_fields,
        index.SearchField("number"),
        index.AutocompleteField("number"),
        index.SearchField("issuer"),
        index.SearchField("preamble"),
        index.RelatedFields("clauses", [index.SearchField("text")]),
        index.FilterField("kind"),
        index.FilterField("validity"),
        index.FilterField("issuer"),
        index.FilterField("issued_on"),
        index.FilterField("document_key"),
    ]

    head_panels = [
        FieldPanel("title", classname="title"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("number_as_written")]),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("issued_on")]),
                FieldPanel("issuer"),
                FieldPanel("addressees"),
                FieldPanel("copies"),
                FieldRowPanel([FieldPanel("disclosure"), FieldPanel("annotation")]),
                FieldRowPanel([FieldPanel("index_number"), FieldPanel("document_key")]),
                FieldPanel("summary"),
            ],
            heading="公文要素",
        ),
        MultiFieldPanel(
            [
                FieldPanel("validity"),
                PageChooserPanel("replaced_by", ["home.NoticePage", "home.PolicyPage"]),
            ],
            heading="有效性",
        ),
    ]
    body_panels = [
        FieldPanel("preamble"),
        FieldPanel("source_title"),
        InlinePanel("clauses", heading="条款", label="条款"),
        InlinePanel("tables", heading="表格", label="表格"),
    ]
    around_panels = [
        InlinePanel("key_dates", heading="关键日期", label="日期"),
        InlinePanel("contacts", heading="联系方式", label="联系方式"),
        InlinePanel("attachments", heading="附件", label="附件"),
    ]

    class Meta:
        verbose_name = "公文"
        verbose_name_plural = "公文"

    def __str__(self) -> str:
        return self.title

    @property
    def addressee_list(self) -> list[str]:
        """主送机关, one string each."""
        return [line.strip() for line in self.addressees.splitlines() if line.strip()]

    @property
    def copy_list(self) -> list[str]:
        """抄送机关, one string each."""
        return [line.strip() for line in self.copies.splitlines() if line.strip()]

    @property
    def replaces_live(self) -> models.QuerySet:
        """Published documents that this one replaces."""
        return OfficialPage.objects.live().filter(replaced_by_id=self.pk).order_by("-issued_on", "title")

    def mask(self) -> Mask:
        """Hides this document's private contacts in any text of it that leaves the site."""
        return Mask.of_contacts(self.contacts.all())

    def clean(self) -> None:
        """Refuses a document key already held, and a replacement by itself."""
        super().clean()
        problems = {}
        if self.document_key:
            twin = OfficialPage.objects.filter(document_key=self.document_key).exclude(pk=self.pk).first()
            if twin:
                problems["document_key"] = (
                    f"文档代号“{self.document_key}”已由《{twin.title}》使用，请另取一个。"
                )
        if self.replaced_by_id and self.replaced_by_id == self.pk:
            problems["replaced_by"] = "一份公文不能由它自己替代。"
        if self.validity == Validity.REPLACED and not self.replaced_by_id:
            problems["replaced_by"] = "有效性为“被替代”时，请选择替代它的公文。"
        if problems:
            raise ValidationError(problems)

    def full_clean(self, *args, **kwargs) -> None:
        """Fills paths and anchors of clauses an editor has added, then checks as usual."""
        if not self.slug and self.document_key:
            self.slug = self.document_key
        give_anchors(self.clauses.all())
        super().full_clean(*args, **kwargs)

    def save_revision(self, *args, **kwargs):
        """A clause added in the admin gets its anchor before the revision is stored."""
        give_anchors(self.clauses.all())
        return super().save_revision(*args, **kwargs)

    def short_number(self) -> str:
        """文号 without spaces, or an empty string."""
        return re.sub(r"\s+", "", self.number)


def tabs(settings_panels: list, promote_panels: list, *extra) -> TabbedInterface:
    """The editor's tabs: 公文要素, 正文, 附属信息, then Wagtail's own."""
    return TabbedInterface(
        [
            ObjectList(OfficialPage.head_panels + list(extra), heading="公文要素"),
            ObjectList(OfficialPage.body_panels, heading="正文"),
            ObjectList(OfficialPage.around_panels, heading="日期、联系方式、附件"),
            ObjectList(promote_panels, heading="推广"),
            ObjectList(settings_panels, heading="设置"),
        ]
    )
