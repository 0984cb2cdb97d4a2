"""What the home app adds to Wagtail's admin."""

from __future__ import annotations

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.admin_views import import_notice
from home.models import NoticeIndexPage


@hooks.register("register_admin_urls")
def import_address() -> list:
    """/admin/import-notice/."""
    return [path("import-notice/", import_notice, name="home_import_notice")]


class ImportMenuItem(MenuItem):
    """Shown to who may add notices."""

    def is_shown(self, request) -> bool:
        index = NoticeIndexPage.objects.first()
        if index is None:
            return request.user.is_superuser
        return index.permissions_for_user(request.user).can_add_subpage()


@hooks.register("register_admin_menu_item")
def import_menu_item() -> ImportMenuItem:
    """导入公文, below 页面."""
    return ImportMenuItem("导入公文", reverse("home_import_notice"), icon_name="doc-full", order=110)
