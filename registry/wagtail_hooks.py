"""What the registry adds to Wagtail's admin."""

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from registry.admin.places import PlacesGroup
from registry.admin.viewsets import LogViewSet, OfficeGroup, RegistersViewSet


@hooks.register("register_admin_viewset")
def registers() -> list:
    return [RegistersViewSet(), LogViewSet(), OfficeGroup()]


modeladmin_register(PlacesGroup)
