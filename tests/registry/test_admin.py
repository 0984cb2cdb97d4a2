"""The registry in the admin: records with history, a definition edited in the browser and published."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from registry.models import Record, Register
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admit(cast, client):
    """Signs somebody of the cast in, with Wagtail's own gate open."""

    def enter(name: str):
        user = cast.everybody[name]
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def register():
    return factories.register(
        "things",
        {"key": "name", "type": "text", "label": "名称", "required": True},
        {"key": "phone", "type": "phone", "label": "手机", "sensitive": True},
        title={"field": "name"},
    )


def form_of(response) -> dict:
    """What a browser would send back of the definition editor."""
    forms = response.context["forms"]
    data = {}
    for form in (
        forms.basics,
        forms.fields.management_form,
        forms.rules.management_form,
        *forms.fields,
        *forms.rules,
    ):
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                data[bound.html_name] = "on" if value is True else value
    return data


def test_an_editor_adds_a_field_and_a_rule_and_publishes_without_touching_records(admit, register):
    record = factories.record(register, {"name": "甲"})
    client = admit("editor")
    page = reverse("registers_admin:definition", args=["things"])
    data = form_of(client.get(page))
    data |= {"fields-2-label": "成立年份", "fields-2-type": "year", "fields-2-filterable": "on"}
    data |= {
        "rules-0-label": "年份不早于1949",
        "rules-0-severity": "hard",
        "rules-0-moment": "save",
        "rules-0-condition": '{">=": [{"var": "cheng_li_nian_fen"}, 1949]}',
        "rules-0-concerned": "cheng_li_nian_fen",
    }
    response = client.post(page, data)
    assert response.status_code == 302, (
        response.context["forms"].basics.errors,
        response.context["forms"].fields.errors,
        response.context["forms"].rules.errors,
    )
    told = client.get(response.url).content.decode()
    assert "新增字段“成立年份”（年份）。" in told and "新增规则“年份不早于1949”。" in told
    client.post(response.url, {"note": "按新通知"})
    register.refresh_from_db()
    assert register.current.number == 2 and register.slots["cheng_li_nian_fen"] == "n1"
    assert Record.objects.get(pk=record.pk).version.number == 1

    new = reverse("registers_admin:record_new", args=["things"])
    refused = client.post(new, {"name": "乙", "cheng_li_nian_fen": "1948"})
    assert refused.status_code == 422 and "1948" in refused.content.decode()
    assert client.post(new, {"name": "乙", "cheng_li_nian_fen": "1950"}).status_code == 302


def test_a_removed_field_leaves_a_tombstone_and_its_data_and_can_come_back(admit, register):
    record = factories.record(register, {"name": "甲", "phone": "13800000000"})
    client = admit("editor")
    page, publish = (
        reverse(f"registers_admin:{view}", args=["things"]) for view in ("definition", "publish")
    )
    client.post(page, form_of(client.get(page)) | {"fields-1-remove": "on"})
    client.post(publish)
    register.refresh_from_db()
    assert (
        register.current.parsed.tombstones == ["phone"] and "phone" in Record.objects.get(pk=record.pk).data
    )
    client.post(publish, {"again": "1"})
    client.post(publish)
    register.refresh_from_db()
    assert register.current.number == 3 and "phone" in register.current.parsed.by_key


def test_a_condition_that_is_no_yaml_is_refused_with_its_place(admit, register):
    client = admit("editor")
    page = reverse("registers_admin:definition", args=["things"])
    data = form_of(client.get(page)) | {
        "rules-0-label": "规则",
        "rules-0-severity": "hard",
        "rules-0-moment": "save",
        "rules-0-condition": "{a: [1",
    }
    response = client.post(page, data)
    assert response.status_code == 422 and "第1行" in response.content.decode()


def test_a_record_is_edited_with_history_and_sensitive_values_stay_hidden(admit, register):
    record = factories.record(register, {"name": "甲", "phone": "13800000000"})
    client = admit("office")
    page = reverse("registers_admin:record", args=["things", record.number])
    assert "13800000000" not in client.get(page).content.decode()
    client.post(page, {"name": "乙", "lock_version": "1", "act_reason": "更名"})
    record.refresh_from_db()
    assert record.title == "乙" and "phone" in record.data
    history = client.get(
        reverse("registers_admin:record_history", args=["things", record.number])
    ).content.decode()
    assert "更名" in history and "甲" in history and "13800000000" not in history


def test_a_lost_update_shows_both_versions_and_keeps_what_was_typed(admit, register):
    record = factories.record(register, {"name": "甲"})
    client = admit("office")
    page = reverse("registers_admin:record", args=["things", record.number])
    client.post(page, {"name": "乙", "lock_version": "1"})
    response = client.post(page, {"name": "丙", "lock_version": "1"})
    text = response.content.decode()
    assert response.status_code == 422 and "他人已保存的版本" in text and "丙" in text
    record.refresh_from_db()
    assert record.title == "乙"


def test_who_may_open_which_panel(cast, client, register):
    gate = Permission.objects.get(codename="access_admin")
    allowed = {
        "registers_admin:index": {"editor", "office", "administrator", "auditor"},
        "registers_admin:new": {"editor", "office", "administrator"},
        "log_admin:index": {"office", "administrator", "auditor"},
    }
    for name, user in cast.everybody.items():
        user.user_permissions.add(gate)
        client.force_login(user)
        for view, roles in allowed.items():
            response = client.get(reverse(view))
            assert (response.status_code == 200) == (name in roles), (name, view, response.status_code)


def test_the_log_panel_verifies_the_chain(admit, register):
    factories.record(register, {"name": "甲"})
    assert "日志链完整" in admit("auditor").get(reverse("log_admin:index"), {"verify": 1}).content.decode()


def test_a_new_register_begins_with_a_draft(admit):
    client = admit("editor")
    response = client.post(
        reverse("registers_admin:new"),
        {"name": "考核站点", "key": "exam-sites", "kind": "reference", "public": "on"},
    )
    assert response.status_code == 302
    register = Register.objects.get(key="exam-sites")
    assert register.current is None
    client.post(reverse("registers_admin:publish", args=["exam-sites"]))
    register.refresh_from_db()
    assert register.current.number == 1 and register.public


def test_the_menu_offers_only_what_opens(admit):
    assert (
        reverse("log_admin:index") not in admit("editor").get(reverse("wagtailadmin_home")).content.decode()
    )
    assert reverse("log_admin:index") in admit("auditor").get(reverse("wagtailadmin_home")).content.decode()
