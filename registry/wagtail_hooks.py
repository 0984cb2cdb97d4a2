"""What the registry adds to Wagtail's admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from registry.admin.access import READERS
from registry.admin.log_views import LogList
from registry.admin.places import PlacesGroup
from registry.admin.viewsets import LogViewSet, OfficeGroup, RegistersViewSet
from registry.demo import is_demo
from registry.permissions import viewer


@hooks.register("register_admin_viewset")
def registers() -> list:
    return [RegistersViewSet(), LogViewSet(), OfficeGroup()]


modeladmin_register(PlacesGroup)


@hooks.register("insert_global_admin_css")
def say_demonstration() -> str:
    """Every page of the demonstration says that it is one, the admin's too."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-demo.css")) if is_demo() else ""


@hooks.register("construct_main_menu")
def offer_only_what_opens(request, items: list) -> None:
    """Leaves out of the menu what this person's roles would be refused."""
    who = viewer(request.user)
    closed = {
        viewset.menu_label
        for viewset, roles in ((RegistersViewSet, READERS), (LogViewSet, LogList.roles))
        if not who.has(*roles)
    }
    items[:] = [item for item in items if item.label not in closed]
