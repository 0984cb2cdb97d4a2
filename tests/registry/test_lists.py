"""The farthest list of a register: 100,000 records, 50 a page, one filter, one sort, among 100 other registers."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from registry import slots
from registry.definition import Definition
from registry.models import Record, Register, Stage, Standing
from registry.permissions import visible_records
from tests import factories

pytestmark = pytest.mark.django_db
TOTAL = 100_000
KINDS = ["甲类", "乙类", "丙类", "丁类"]
FIELDS = [
    {"key": "name", "type": "text", "label": "名称", "public": True, "listed": True, "sortable": True},
    {
        "key": "kind",
        "type": "choice",
        "label": "类别",
        "public": True,
        "listed": True,
        "filterable": True,
        "options": {"choices": KINDS},
    },
    {
        "key": "size",
        "type": "integer",
        "label": "人数",
        "public": True,
        "listed": True,
        "sortable": True,
        "filterable": True,
    },
]


def fill(register: Register, total: int, first: int = 0) -> None:
    """Records as the save path leaves them, without editions and links: this is about reading."""
    definition: Definition = register.definition
    now = timezone.now()
    rows = []
    for n in range(first, first + total):
        data = {"name": f"名称{n % 997:04d}", "kind": KINDS[n % 4], "size": n % 5000}
        row = Record(
            register=register,
            version=register.current,
            number=f"N-{n:06d}",
            title=data["name"],
            data=data,
            stage=Stage.APPROVED,
            standing=Standing.VALID,
            public=n % 10 != 0,
            updated_at=now,
        )
        slots.fill(row, data, definition, register.slots, register.uniques)
        rows.append(row)
    Record.objects.bulk_create(rows, batch_size=400)


def multiply(register: Register, times: int) -> None:
    """The register's records again and again under other numbers: what 100,000 looks like to the database."""
    fresh = "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    columns = [connection.ops.quote_name(f.column) for f in Record._meta.concrete_fields if f.column != "id"]
    told = {'"uid"': fresh, '"number"': "number || '-' || copies.n"}
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < %s) "
            "INSERT INTO registry_record (" + ", ".join(columns) + ") "
            "SELECT "
            + ", ".join(told.get(c, c) for c in columns)
            + " FROM registry_record, copies WHERE register_id = %s",
            [times - 1, register.pk],
        )


@pytest.fixture(scope="module")
def crowd(django_db_setup, django_db_blocker):
    """The big register and 100 small ones, made once for this file and taken away by rolling back."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atom = transaction.atomic()
        atom.__enter__()
        big = factories.register("big", *FIELDS, public=True, title={"field": "name"}, name="大册")
        fill(big, TOTAL // 50)
        multiply(big, 50)
        for n in range(100):
            fill(factories.register(f"small-{n}", *FIELDS, public=True, title={"field": "name"}), 10)
        connection.cursor().execute("ANALYZE")
        try:
            yield big
        finally:
            transaction.set_rollback(True)
            atom.__exit__(None, None, None)


def plan(sql: str) -> str:
    """The plan of a query that was run, as SQLite or PostgreSQL tells it."""
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + sql)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def lists(queries) -> list[str]:
    return [q["sql"] for q in queries if re.match(r'SELECT .*FROM "registry_record"', q["sql"], re.S)]


@pytest.mark.parametrize("page", [1, 400])
@pytest.mark.parametrize("sort", ["size", "-size", ""])
def test_the_public_list_issues_a_constant_number_of_queries_and_uses_its_indexes(crowd, client, page, sort):
    address = reverse("register", args=["big"])
    asked = {"kind": "甲类", "sort": sort, "page": page}
    client.get(address, asked)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, asked)
    assert response.status_code == 200 and response.content.decode().count("名称") >= 50
    assert len(queries) == PUBLIC_QUERIES[sort], "\n".join(q["sql"][:150] for q in queries)
    for sql in lists(queries):
        told = plan(sql)
        assert (
            re.search(r"USING .*(INDEX|PRIMARY KEY)", told, re.I)  # ids from an index, then rows by their id
            and not re.search(r"SCAN registry_record(?! USING)", told)
        ), told


# The register, the counts (all, filtered, and of empty values where a descending list ends with them), ids, rows.
PUBLIC_QUERIES = {"": 4, "size": 5, "-size": 6}


@pytest.mark.parametrize("page", [1, 400])
def test_an_office_reads_the_same_list_with_a_constant_number_of_queries(crowd, client, page):
    office = factories.user("office-reader", is_superuser=True)
    client.force_login(office)
    address = reverse("register", args=["big"])
    asked = {"kind": "甲类", "sort": "size", "page": page}
    client.get(address, asked)  # the version's definition is parsed once and kept
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address, asked)
    assert response.status_code == 200
    assert len(queries) == OFFICE_QUERIES, "\n".join(q["sql"][:150] for q in queries)
    for sql in lists(queries):
        assert not re.search(r"SCAN registry_record(?! USING)", plan(sql)), plan(sql)


OFFICE_QUERIES = 8


def test_a_filter_in_the_default_order_needs_no_sorting(crowd):
    slot = crowd.slots["kind"]
    page = (
        visible_records(None, crowd)
        .filter(**{slot: "甲类"})
        .order_by("order", "id")
        .values_list("id")[20_000:20_050]
    )
    told = plan(str(page.query).replace("甲类", "'甲类'"))
    assert f"record_public_{slot}" in told and "TEMP B-TREE" not in told, told


def test_empty_values_sort_last_from_the_index(crowd):
    slot = crowd.slots["size"]
    page = (
        visible_records(None, crowd)
        .filter(**{f"{slot}__isnull": False})
        .order_by(slot, "order", "id")
        .values_list("id")[:50]
    )
    told = plan(str(page.query))
    assert f"record_public_{slot}" in told and "TEMP B-TREE" not in told, told
