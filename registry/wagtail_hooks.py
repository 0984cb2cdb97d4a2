"""What the registry adds to Wagtail's admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from registry.admin.places import PlacesGroup
from registry.admin.viewsets import LogViewSet, OfficeGroup, RegistersViewSet
from registry.demo import is_demo


@hooks.register("register_admin_viewset")
def registers() -> list:
    return [RegistersViewSet(), LogViewSet(), OfficeGroup()]


modeladmin_register(PlacesGroup)


@hooks.register("insert_global_admin_css")
def say_demonstration() -> str:
    """Every page of the demonstration says that it is one, the admin's too."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-demo.css")) if is_demo() else ""
