"""Panels in Wagtail's admin: the office seats a committee and notes conflicts in the browser."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from expertpool.models import Capacity, Panel
from registry.log import record_act
from registry.models import Kind, Record, Round, Stage
from registry.permissions import viewer


class NamedRecord(forms.TextInput):
    """Names a record by its name or number: there are thousands, too many for a list to choose from."""

    scope: dict[str, Any] = {}

    def format_value(self, value: Any) -> str:
        if value in (None, ""):
            return ""
        record = Record.objects.filter(pk=value).first() if str(value).isdigit() else None
        return f"{record.number} {record.title}" if record else str(value)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """The record's id; what names none or several is handed on as it is, and refused by the form."""
        written = (data.get(name) or "").strip()
        if not written:
            return ""
        records = Record.objects.filter(**self.scope)
        number, _, title = written.partition(" ")
        found = records.filter(number=number, title=title) or records.filter(number=written)
        found = list((found or records.filter(title=written)).values_list("pk", flat=True)[:2])
        return str(found[0]) if len(found) == 1 else f"?{written}"


class NamedInstitution(NamedRecord):
    scope = {"register__key": "institutions", "stage": Stage.APPROVED}


class NamedNomination(NamedRecord):
    scope = {"register__kind": Kind.FILING}


class PanelForm(WagtailAdminModelForm):
    """A panel with its people. Reviews and decisions are made at the desk, never here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Round.objects.filter(register__kind=Kind.FILING, panel__isnull=True)
        self.fields["round"].queryset = free | Round.objects.filter(panel=self.instance.pk or 0)
        if self.instance.pk:
            self.fields["round"].disabled = True
        for people in (self.formsets["members"], self.formsets["conflicts"]):
            for form in [*people.forms, people.empty_form]:
                users = form.fields["user"].queryset
                form.fields["user"].queryset = users.filter(is_active=True).order_by("username")
                form.fields["user"].label_from_instance = label

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if not valid:
            return False
        seats = [form.cleaned_data for form in self.formsets["members"].forms if form.cleaned_data]
        seats = [seat for seat in seats if not seat.get("DELETE")]
        for problem in problems(seats):
            self.add_error(None, ValidationError(problem))
        return not self.errors


def label(user: Any) -> str:
    """People may share a display name; the user name tells them apart."""
    return f"{user}（{user.username}）"


def problems(seats: list[dict[str, Any]]) -> list[str]:
    """What is wrong with the seats, in words."""
    held = [seat.get("capacity") for seat in seats]
    found = []
    if held.count(Capacity.CHAIR) != 1:
        found.append(f"评审组须有且只有一名组长，现有{held.count(Capacity.CHAIR)}名。")
    if held.count(Capacity.DEPUTY) > 1:
        found.append(f"副组长至多一名，现有{held.count(Capacity.DEPUTY)}名。")
    people = [seat["user"] for seat in seats if seat.get("user")]
    if len(people) != len(set(people)):
        found.append("同一人只能占一个席位。")
    return found


class OfficePolicy(ModelPermissionPolicy):
    """The office seats panels; nobody deletes one, since decisions hang on it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("add", "change", "view") and viewer(user).is_office


class Logged:
    """Every saved panel leaves a line in the sealed log, in the same transaction."""

    act = ""

    def save_instance(self) -> Panel:
        panel = super().save_instance()
        panel = Panel.objects.get(pk=panel.pk)
        changes = {
            "round": panel.round.key,
            "seats": [[seat.user_id, seat.capacity] for seat in panel.seats],
            "conflicts": [
                [each.user_id, (each.institution or each.record).number, each.ground]
                for each in panel.conflicts.select_related("institution", "record")
            ],
        }
        record_act(self.request.user, self.act, panel, changes)
        return panel


class PanelCreate(Logged, CreateView):
    act = "create_panel"


class PanelEdit(Logged, EditView):
    act = "edit_panel"


class PanelViewSet(SnippetViewSet):
    """评审组."""

    model = Panel
    icon = "group"
    menu_label = "评审组"
    menu_order = 215
    add_to_admin_menu = True
    url_prefix = "panels"
    admin_url_namespace = "expertpool_panels"
    base_url_path = "panels"
    list_display = ["name", "round", "closes_at"]
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = False
    add_view_class = PanelCreate
    edit_view_class = PanelEdit
    edit_handler = ObjectList(
        [
            FieldPanel("round"),
            FieldPanel("name"),
            FieldPanel("closes_at"),
            InlinePanel(
                "members",
                [FieldRowPanel([FieldPanel("user"), FieldPanel("capacity")])],
                heading="成员",
                label="席位",
                min_num=1,
                help_text="须有一名组长；组长须回避的推荐由副组长决定。成员所在单位的推荐自动回避，不用登记。",
            ),
            InlinePanel(
                "conflicts",
                [
                    FieldPanel("user"),
                    FieldPanel("institution", widget=NamedInstitution, help_text="学校名称或编号"),
                    FieldPanel("record", widget=NamedNomination, help_text="推荐的编号"),
                    FieldPanel("ground"),
                ],
                heading="另行登记的回避",
                label="回避",
            ),
        ],
        base_form_class=PanelForm,
    )
