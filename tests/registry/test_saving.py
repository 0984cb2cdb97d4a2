"""The one save path: numbers, editions, links, unique keys, lost updates."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from registry import guards, log, sealing, values
from registry.actions.save_record import create_record, edit_record
from registry.actions.withdraw import withdraw
from registry.definition import FieldSpec
from registry.errors import Refused, Stale
from registry.models import ChainHead, Edition, Link, LogEntry, Record
from registry.models.columns import EMPTY_TEXT
from tests import factories

pytestmark = pytest.mark.django_db

NAME = {
    "key": "name",
    "type": "text",
    "label": "名称",
    "required": True,
    "unique": "register",
    "filterable": True,
    "sortable": True,
}
PLACES = {"key": "fee", "type": "money", "label": "费用", "filterable": True}
DAY = {"key": "day", "type": "date", "label": "日期", "sortable": True}
SECRET = {
    "key": "id_number",
    "type": "id_number",
    "label": "身份证号",
    "sensitive": True,
    "unique": "register",
}
TAGS = {"key": "tags", "type": "choices", "label": "标签", "options": {"choices": ["甲", "乙", "丙"]}}


@pytest.fixture
def register():
    return factories.register("things", NAME, PLACES, DAY, SECRET, TAGS, title={"field": "name"}, public=True)


def test_a_new_record_gets_the_next_number_of_its_series_and_keeps_it(register):
    first = create_record(register, {"name": "甲"}, actor=None)
    second = create_record(register, {"name": "乙"}, actor=None)
    assert [first.number, second.number] == ["THINGS-0001", "THINGS-0002"]
    edit_record(first, {"name": "甲改"}, actor=None, seen_lock=1)
    assert Record.objects.get(pk=first.pk).number == "THINGS-0001"


def test_each_save_leaves_a_whole_edition_and_one_line_in_the_log(register):
    record = create_record(register, {"name": "甲"}, actor=None)
    edit_record(record, {"name": "乙"}, actor=None, seen_lock=1, reason="更名")
    assert list(record.editions.values_list("sequence", "title")) == [(1, "甲"), (2, "乙")]
    line = LogEntry.objects.filter(record=record).first()
    assert (line.verb, line.reason, line.changes["fields"]["name"]) == ("edit", "更名", ["甲", "乙"])
    assert log.verify_chain() is None


def test_slots_hold_typed_values_and_empty_sorts_last(register):
    full = create_record(
        register, {"name": "ＡＢ", "fee": factories_decimal("12.50"), "day": date(2023, 3, 22)}, actor=None
    )
    bare = create_record(register, {"name": "乙"}, actor=None)
    slots = register.slots
    assert getattr(full, slots["name"]) == "ab" and getattr(full, slots["fee"]) == 1250
    assert full.data["fee"] == 1250 and full.data["day"] == "2023-03-22"
    assert getattr(bare, slots["fee"]) == 2**63 - 1 and getattr(bare, slots["day"]) == date(9999, 12, 31)
    assert getattr(full, slots["name"]) < EMPTY_TEXT
    assert [getattr(full, f"s{n}") for n in range(2, 11)] == [None] * 9


def factories_decimal(text: str):
    from decimal import Decimal

    return Decimal(text)


def test_a_unique_key_is_refused_in_a_sentence_that_names_no_holder(register):
    number = factories.id_number(date(1960, 5, 1))
    create_record(register, {"name": "甲", "id_number": number}, actor=None)
    with pytest.raises(Refused) as refusal:
        create_record(register, {"name": "丙", "id_number": number}, actor=None)
    assert (
        "身份证号" in refusal.value.message
        and "甲" not in refusal.value.message
        and number not in refusal.value.message
    )
    assert Record.objects.filter(register=register).count() == 1


def test_a_withdrawn_record_holds_no_unique_key(cast):
    filing = factories.register("filings", SECRET, NAME, kind="filing", title={"field": "name"})
    number = factories.id_number(date(1960, 5, 1))
    first = create_record(filing, {"name": "甲", "id_number": number}, actor=None)
    withdraw(first, actor=cast.office)
    assert create_record(filing, {"name": "甲", "id_number": number}, actor=None).pk


def test_a_lost_update_is_refused_and_shows_what_stands(register):
    record = create_record(register, {"name": "甲"}, actor=None)
    mine = Record.objects.get(pk=record.pk)
    edit_record(Record.objects.get(pk=record.pk), {"name": "乙"}, actor=None, seen_lock=1)
    with pytest.raises(Stale) as refusal:
        edit_record(mine, {"name": "丙"}, actor=None, seen_lock=1)
    assert refusal.value.theirs.title == "乙" and Record.objects.get(pk=record.pk).title == "乙"


def test_several_choices_are_links_that_follow_the_values(register):
    record = create_record(register, {"name": "甲", "tags": ["甲", "乙"]}, actor=None)
    edit_record(record, {"name": "甲", "tags": ["乙", "丙"]}, actor=None, seen_lock=1)
    assert sorted(Link.objects.filter(source=record).values_list("choice", flat=True)) == ["丙", "乙"]


def test_sensitive_values_are_ciphertext_wherever_they_are_stored(register):
    number = factories.id_number(date(1960, 5, 1))
    record = create_record(register, {"name": "甲", "id_number": number}, actor=None)
    edit_record(record, {"name": "乙", "id_number": number}, actor=None, seen_lock=1)
    with connection.cursor() as cursor:
        for table in ("registry_record", "registry_edition", "registry_logentry", "registry_link"):
            cursor.execute(f"SELECT * FROM {table}")
            assert number not in str(cursor.fetchall()), table
    assert values.decode(record)["id_number"] is None
    assert values.decode(Record.objects.get(pk=record.pk), sensitive=True)["id_number"] == number


def test_destroying_the_key_erases_the_value_and_the_chain_still_verifies(register):
    from django.utils import timezone

    record = create_record(
        register, {"name": "甲", "id_number": factories.id_number(date(1960, 5, 1))}, actor=None
    )
    record.data_key.wrapped, record.data_key.destroyed_at = "", timezone.now()
    record.data_key.save()
    again = Record.objects.get(pk=record.pk)
    assert sealing.is_sealed(again.data["id_number"])
    assert values.decode(again, sensitive=True)["id_number"] is None
    assert log.verify_chain() is None


@pytest.mark.parametrize("model", [Edition, LogEntry])
def test_append_only_tables_refuse_changes_in_the_database(register, model):
    create_record(register, {"name": "甲"}, actor=None)
    for act in (
        lambda: (
            model.objects.update(recorded_at=None) if model is Edition else model.objects.update(reason="x")
        ),
        lambda: model.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


def test_a_changed_line_breaks_the_chain(register):
    create_record(register, {"name": "甲"}, actor=None)
    guards.drop()
    try:
        LogEntry.objects.filter(sequence=1).update(reason="改过")
        assert "第 1 条" in log.verify_chain()
    finally:
        LogEntry.objects.filter(sequence=1).update(reason="测试")
        guards.ensure()
    ChainHead.objects.update(sequence=99)
    assert "链头" in log.verify_chain()


def test_a_bulk_save_draws_numbers_without_gaps_and_writes_one_line(register):
    from registry.models import Stage
    from registry.saving import RecordDraft, save_records

    lines = LogEntry.objects.count()
    drafts = [
        RecordDraft(
            Record(register=register, version=register.current, stage=Stage.APPROVED), {"name": f"第{n}项"}
        )
        for n in range(700)
    ]
    save_records(drafts, actor=None, verb="import_records", source="甲.csv")
    assert [draft.record.number for draft in drafts[:2]] == ["THINGS-0001", "THINGS-0002"]
    assert Edition.objects.filter(record__register=register).count() == 700
    line = LogEntry.objects.first()
    assert LogEntry.objects.count() == lines + 1
    assert (
        line.changes["count"] == 700
        and line.changes["source"] == "甲.csv"
        and len(line.changes["digest"]) == 64
    )


def test_nothing_is_half_written_when_one_of_many_is_refused(register):
    from registry.models import Stage
    from registry.saving import RecordDraft, save_records

    names = ["甲", "乙", "甲"]
    drafts = [
        RecordDraft(Record(register=register, version=register.current, stage=Stage.APPROVED), {"name": n})
        for n in names
    ]
    with pytest.raises(Refused):
        save_records(drafts, actor=None, verb="import_records")
    assert not Record.objects.filter(register=register).exists()


def test_the_field_spec_keeps_only_what_differs_from_its_defaults():
    from registry.definition import compact

    assert compact(FieldSpec("a", "text", "甲")) == {"key": "a", "type": "text", "label": "甲"}
