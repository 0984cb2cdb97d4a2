"""The registry's viewsets, registered with Wagtail in `registry.wagtail_hooks`."""

from django import forms
from django.urls import path
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from registry.admin.definition_views import DefinitionEdit, DefinitionPublish, RegisterList
from registry.admin.log_views import LogList
from registry.admin.record_views import RecordEdit, RecordHistory, RecordList
from registry.admin.register_views import RegisterCreate
from registry.models import Membership, Office, Round


class RegistersViewSet(ViewSet):
    """登记册: definitions and records."""

    name = "registers_admin"
    url_prefix = "registers"
    icon = "list-ul"
    menu_label = "登记册"
    menu_order = 210
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list:
        return [
            path("", RegisterList.as_view(), name="index"),
            path("new/", RegisterCreate.as_view(), name="new"),
            path("<slug:key>/", RecordList.as_view(), name="records"),
            path("<slug:key>/definition/", DefinitionEdit.as_view(), name="definition"),
            path("<slug:key>/publish/", DefinitionPublish.as_view(), name="publish"),
            path("<slug:key>/new/", RecordEdit.as_view(), name="record_new"),
            path("<slug:key>/<str:number>/", RecordEdit.as_view(), name="record"),
            path("<slug:key>/<str:number>/history/", RecordHistory.as_view(), name="record_history"),
        ]


class LogViewSet(ViewSet):
    """日志."""

    name = "log_admin"
    url_prefix = "log"
    icon = "history"
    menu_label = "日志"
    menu_order = 900
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list:
        return [path("", LogList.as_view(), name="index")]


class RoundViewSet(ModelViewSet):
    """批次: windows, reference date, parameters."""

    model = Round
    name = "rounds_admin"
    url_prefix = "rounds"
    icon = "calendar-alt"
    menu_label = "批次"
    list_display = ["name", "register", "opens_at", "closes_at", "reference_date"]
    form_fields = [
        "key",
        "name",
        "register",
        "version",
        "opens_at",
        "closes_at",
        "review_closes_at",
        "reference_date",
        "results_at",
        "parameters",
        "obligations",
        "caps",
        "route",
        "file_name",
        "notes",
    ]


class OfficeViewSet(ModelViewSet):
    """机关."""

    model = Office
    name = "offices_admin"
    url_prefix = "offices"
    icon = "site"
    menu_label = "机关"
    list_display = ["name", "region"]
    form_fields = ["key", "name", "region"]


class MembershipViewSet(ModelViewSet):
    """任职: who is what, for whom."""

    model = Membership
    name = "memberships_admin"
    url_prefix = "memberships"
    icon = "user"
    menu_label = "任职"
    list_display = ["user", "role", "organisation", "region", "office"]
    form_fields = ["user", "role", "organisation", "region", "office"]

    def formfield_for_dbfield(self, db_field, **kwargs):
        """An organisation is named by its record's id: there are thousands, too many for a list."""
        if db_field.name == "organisation":
            kwargs["widget"] = forms.NumberInput
        return super().formfield_for_dbfield(db_field, **kwargs)


class OfficeGroup(ModelViewSetGroup):
    """业务设置: rounds, offices, memberships."""

    menu_label = "业务设置"
    menu_icon = "cog"
    menu_order = 220
    items = (RoundViewSet, OfficeViewSet, MembershipViewSet)
