"""Who owes how many nominations: 每校 ≥ 1, 双高 and 双优 ≥ 3 (YN23 四（三）1), and the list of those who owe."""

import csv
import io

import pytest

from registry import obligations
from registry.actions.save_record import edit_record
from registry.models import Record
from registry.values import decode
from tests import actors

pytestmark = pytest.mark.django_db


def owed(desk) -> dict[str, tuple[int, int]]:
    """Title → (minimum, filed)."""
    return {item.title: (item.minimum, item.filed) for item in obligations.owed(desk.round)}


@pytest.mark.clause("YN23-24")
def test_every_school_of_the_province_owes_one_a_double_high_one_three(desk):
    assert owed(desk) == {actors.SCHOOL: (3, 0), actors.OTHER_SCHOOL: (1, 0), "示例职业学院": (1, 0)}


@pytest.mark.clause("YN23-24")
def test_a_school_that_an_editor_marks_shuangyou_owes_three(desk):
    school = Record.objects.get(title="示例职业学院")
    values = decode(school, sensitive=True)
    edit_record(school, {**values, "shuangyou": True}, actor=None, seen_lock=school.lock_version)
    assert owed(desk)["示例职业学院"] == (3, 0)


@pytest.mark.clause("YN23-24")
def test_what_was_handed_in_counts_by_its_owner_and_drafts_do_not(desk):
    desk.many(2, desk.cast.school)
    desk.many(1, desk.cast.school, hand_in=False)
    desk.many(1, desk.cast.other_school)
    assert owed(desk)[actors.SCHOOL] == (3, 2)
    short = {item.title: item.short for item in obligations.shortfall(desk.round)}
    assert short == {actors.SCHOOL: 1, "示例职业学院": 1}
    from registry.actions.return_for_correction import return_for_correction

    filed = Record.objects.filter(owner=desk.cast.other_school, stage="submitted").get()
    return_for_correction(filed, actor=desk.cast.office, reason="请补充")
    assert owed(desk)[actors.OTHER_SCHOOL] == (1, 0)


@pytest.mark.clause("YN23-24")
def test_the_shortfall_list_is_the_offices_and_goes_out_as_a_sheet(desk):
    desk.many(1, desk.cast.other_school)
    page = desk.client("office").get(desk.url("shortfall"))
    assert page.context["count"] == 2
    assert "缺报2所，共缺4份" in page.content.decode()
    sheet = desk.client("office").get(desk.url("shortfall-csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert [(row["单位"], row["缺报份数"]) for row in rows] == [(actors.SCHOOL, "3"), ("示例职业学院", "1")]
    for name in desk.cast.everybody:
        allowed = name in ("office", "administrator", "auditor")
        for room in ("shortfall", "shortfall-csv"):
            assert desk.client(name).get(desk.url(room)).status_code == (200 if allowed else 403), name


@pytest.mark.clause("YN23-15")
def test_only_double_high_schools_owe_an_application_to_lead(desk):
    from registry.models import Register
    from registry.packs import files
    from tests import factories

    packed = next(r for r in files.load("yunnan-2023")["rounds"] if r["key"] == "yunnan-2023-lead")
    register = Register.objects.get(key="lead-applications")
    round = factories.open_round(register, obligations=packed["obligations"])
    assert [(item.title, item.minimum) for item in obligations.owed(round)] == [(actors.SCHOOL, 1)]
