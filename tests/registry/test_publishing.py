"""Publishing a register: immutable versions, slots, and what is refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.actions.publish_register import publish_register
from registry.actions.save_record import create_record
from registry.errors import NotAllowed, Refused
from registry.models import Record
from tests import factories

pytestmark = pytest.mark.django_db

NAME = {"key": "name", "type": "text", "label": "名称", "filterable": True}


def test_an_unchanged_draft_makes_no_version():
    register = factories.register("things", NAME)
    assert publish_register(register, None).number == 1
    assert register.versions.count() == 1


def test_a_new_version_backfills_its_new_slots_and_leaves_records_their_version():
    register = factories.register("things", NAME, {"key": "kind", "type": "text", "label": "类别"})
    record = create_record(register, {"name": "甲", "kind": "乙类"}, actor=None)
    register.draft["fields"][1]["filterable"] = True
    register.save()
    publish_register(register, None)
    record.refresh_from_db()
    register.refresh_from_db()
    assert register.current.number == 2 and record.version.number == 1
    assert getattr(record, register.slots["kind"]) == "乙类"


def test_publishing_runs_no_ddl():
    register = factories.register("things", NAME)
    register.draft["fields"].append({"key": "more", "type": "integer", "label": "数", "filterable": True})
    register.save()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        publish_register(register, None)
    assert not [q for q in queries if q["sql"].lstrip().upper().startswith(("CREATE", "ALTER", "DROP"))]


def test_slots_that_run_out_are_said():
    too_many = [{"key": f"f{n}", "type": "date", "label": f"日期{n}", "filterable": True} for n in range(5)]
    with pytest.raises(Refused, match="4个，已全部占用"):
        factories.register("things", *too_many)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ({"key": "Ä", "type": "text", "label": "甲"}, "小写字母"),
        ({"key": "number", "type": "text", "label": "甲"}, "保留"),
        ({"key": "a", "type": "spell", "label": "甲"}, "不存在"),
        ({"key": "a", "type": "phone", "label": "甲", "sensitive": True, "public": True}, "敏感"),
    ],
)
def test_a_wrong_draft_is_refused_with_the_place(field, said):
    with pytest.raises(Refused, match=said):
        factories.register("things", field)


def test_a_wrong_rule_is_refused():
    rule = {"key": "r", "label": "规则", "condition": {"<": [{"var": "nobody"}, 3]}}
    with pytest.raises(Refused, match="规则"):
        factories.register("things", NAME, rules=[rule])


def test_a_type_is_frozen_once_there_are_records():
    register = factories.register("things", NAME)
    create_record(register, {"name": "甲"}, actor=None)
    register.draft["fields"][0]["type"] = "integer"
    register.save()
    with pytest.raises(Refused, match="类型不能"):
        publish_register(register, None)
    assert Record.objects.get().data == {"name": "甲"}


def test_only_those_who_may_can_publish(cast):
    register = factories.register("things", NAME)
    for name, user in cast.everybody.items():
        if name in ("editor", "office", "administrator"):
            assert publish_register(register, user)
        else:
            with pytest.raises(NotAllowed):
                publish_register(register, user)
