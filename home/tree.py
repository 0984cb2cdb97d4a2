"""The pages every site has: home, /notices/, /policies/."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from home.models import HomePage, NoticeIndexPage, PolicyIndexPage


@transaction.atomic
def plant() -> HomePage:
    """Makes the home page and both lists where they are missing, and points the site at the home page.

    Wagtail's own welcome page goes. Nothing that exists is changed.
    """
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        welcome = root.get_children().filter(slug="home").exclude(content_type__model="homepage").first()
        if welcome and not welcome.get_children().exists():
            Site.objects.filter(root_page=welcome).delete()
            welcome.delete()
            root = Page.objects.get(pk=root.pk)
        home = root.add_child(
            instance=HomePage(
                title=settings.WAGTAIL_SITE_NAME,
                slug="home",
                introduction="试点公文、证书与评价组织、院校与专家名册的公开查询和申报。",
                show_in_menus=False,
            )
        )
    if not Site.objects.filter(is_default_site=True).exists():
        Site.objects.create(
            hostname="localhost",
            port=80,
            site_name=settings.WAGTAIL_SITE_NAME,
            root_page=home,
            is_default_site=True,
        )
    notice_index(home)
    policy_index(home)
    return home


def notice_index(home: HomePage | None = None) -> NoticeIndexPage:
    """The list of notices, made if missing."""
    found = NoticeIndexPage.objects.first()
    if found is None:
        home = HomePage.objects.get(pk=(home or plant()).pk)
        found = NoticeIndexPage.objects.first() or home.add_child(
            instance=NoticeIndexPage(
                title="公文",
                slug="notices",
                introduction="通知、函与方案，可按年份、机关、文种和有效性筛选。",
            )
        )
    return found


def policy_index(home: HomePage | None = None) -> PolicyIndexPage:
    """The list of policies, made if missing."""
    found = PolicyIndexPage.objects.first()
    if found is None:
        home = HomePage.objects.get(pk=(home or plant()).pk)
        found = PolicyIndexPage.objects.first() or home.add_child(
            instance=PolicyIndexPage(
                title="政策", slug="policies", introduction="办法、规定等按章、条编写的文件。"
            )
        )
    return found
