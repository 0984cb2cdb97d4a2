"""A migration that remakes tables must leave triggers, unique keys and search tables in place (DESIGN invariant 6)."""

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, connection, models, transaction

from registry import guards
from registry.models import Edition, LogEntry, Record
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def remake(*tables: type[models.Model]) -> None:
    """What a migration does that alters a column on SQLite: a new table, the rows copied, the old one dropped."""
    with connection.schema_editor() as editor:
        for model in tables:
            editor._remake_table(model) if connection.vendor == "sqlite" else None


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite remakes tables")
def test_a_table_remaking_migration_leaves_guards_keys_and_search_tables():
    register = factories.register(
        "things", {"key": "name", "type": "text", "label": "名称", "unique": "register"}, public=True
    )
    record = factories.record(register, {"name": "甲乙丙"})
    assert guards.present() == guards.demanded()

    connection.cursor().execute("PRAGMA foreign_keys = OFF")
    try:
        remake(LogEntry, Edition, Record)
    finally:
        connection.cursor().execute("PRAGMA foreign_keys = ON")
    assert guards.present() != guards.demanded(), "this SQLite keeps triggers: the test proves nothing"
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert guards.present() == guards.demanded()
    assert LogEntry.objects.exists() and Edition.objects.filter(record=record).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.create(
            register=register,
            version=register.current,
            number="X-1",
            title="同名",
            updated_at=record.updated_at,
            u1=record.u1,
        )
    names = connection.introspection.table_names()
    assert any("fts" in name for name in names)
