"""The kinds of page an editor makes: home, lists of notices and policies, notices, policies."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from home.models.official import OfficialPage, tabs


class HomePage(Page):
    """首页: latest notices, open deadlines, entrances to the registers, search."""

    introduction = models.TextField("导语", blank=True, max_length=300)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.NoticeIndexPage", "home.PolicyIndexPage"]
    max_count = 1

    class Meta:
        verbose_name = "首页"
        verbose_name_plural = "首页"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """Adds `notices`, `deadlines`, `registers`."""
        from home import overview

        context = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        context.update(
            notices=overview.latest_notices(),
            deadlines=overview.open_deadlines(today),
            registers=overview.register_entrances(),
            today=today,
        )
        return context


class NoticeIndexPage(RoutablePageMixin, Page):
    """公文目录, with filters and a feed."""

    introduction = models.TextField("导语", blank=True, max_length=300)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NoticePage"]
    max_count = 1

    class Meta:
        verbose_name = "公文目录"
        verbose_name_plural = "公文目录"

    @path("")
    def listing(self, request: HttpRequest) -> HttpResponse:
        """The list as the query parameters year, issuer, kind, validity and page ask for."""
        from home.listing import notice_list

        return self.render(request, context_overrides=notice_list(self, request))

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        """The latest notices as RSS 2.0."""
        from home.feed import NoticeFeed

        return NoticeFeed(self)(request)


class PolicyIndexPage(Page):
    """政策目录."""

    introduction = models.TextField("导语", blank=True, max_length=300)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.PolicyPage"]
    max_count = 1

    class Meta:
        verbose_name = "政策目录"
        verbose_name_plural = "政策目录"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """Adds `policies` and the breadcrumb."""
        from home.listing import policy_list

        return {**super().get_context(request, *args, **kwargs), **policy_list(self, request)}


class Shown(OfficialPage):
    """What a reader gets of an official document. Abstract."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """Adds everything the template shows, private contacts masked already."""
        from home.reading import shown

        return {**super().get_context(request, *args, **kwargs), **shown(self)}


class NoticePage(Shown):
    """公文: a notice, letter or plan as it was issued."""

    parent_page_types = ["home.NoticeIndexPage"]
    subpage_types: list[str] = []
    is_creatable = True
    edit_handler = tabs(Page.settings_panels, Page.promote_panels)

    class Meta:
        verbose_name = "公文（通知、函、方案）"
        verbose_name_plural = "公文"


class PolicyPage(Shown):
    """政策文件: measures and rules in chapters and articles (章/条)."""

    effective_on = models.DateField("施行日期", null=True, blank=True)
    interpreter = models.CharField("解释机构", max_length=200, blank=True)

    parent_page_types = ["home.PolicyIndexPage"]
    subpage_types: list[str] = []
    is_creatable = True
    edit_handler = tabs(
        Page.settings_panels, Page.promote_panels, FieldPanel("effective_on"), FieldPanel("interpreter")
    )

    class Meta:
        verbose_name = "政策文件（办法、规定）"
        verbose_name_plural = "政策文件"
