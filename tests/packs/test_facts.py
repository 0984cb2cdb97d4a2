"""The facts that come with the project, as they are once the packs are applied."""

import re

import pytest

from registry import values
from registry.models import Record, Region, Round, SpecialDay
from registry.packs.files import FOLDER


def rows(key):
    return Record.objects.filter(register__key=key)


def told(record):
    return values.decode(record)


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("major-categories", 19),
        ("major-classes", 97),
        ("titles", 215),
        ("institutions", 605),
        ("evaluation-organisations", 23),
        ("certificates", 55),
        ("certificate-batches", 4),
    ],
)
def test_everything_is_there_approved_valid_and_public(packs, key, count):
    found = rows(key)
    assert found.count() == count
    assert set(found.values_list("stage", "standing", "public")) == {("approved", "valid", True)}


@pytest.mark.clause("SX20-01")
def test_review_units_beside_the_prefectures_are_regions_of_their_own(packs):
    shaanxi = Region.objects.get(code="610000")
    units = {region.name: region.code for region in Region.objects.filter(parent=shaanxi)}
    assert units["西咸新区"] is None
    assert {"杨凌示范区", "韩城市", "神木市", "府谷县", "西安市"} <= set(units)
    assert Region.objects.get(code="110000").parent is None and Region.objects.count() == 374 + 27


def test_special_days_hold_the_make_up_day_of_june_2020(packs):
    assert SpecialDay.objects.get(date="2020-06-28").kind == "班"
    assert SpecialDay.objects.count() == 290


def test_a_line_break_in_a_name_vanishes(packs):
    assert rows("institutions").filter(title="武汉工程大学邮电与信息工程学院").exists()
    assert not any("\n" in name for name in rows("institutions").values_list("title", flat=True))
    assert told(rows("institutions").get(title="大理大学"))["city"] == "大理白族自治州"


def test_an_institution_is_numbered_by_its_code_or_by_the_series(packs):
    assert rows("institutions").get(title="云南大学").number == "4153010673"
    without = rows("institutions").filter(number__startswith="YX-")
    assert without.count() == 10  # nine of the four provinces, one of the national list
    assert {told(record)["school_code"] for record in without} == {None}


def test_double_high_schools_are_folded_in_by_code_then_name(packs):
    by_name = {record.title: told(record) for record in rows("institutions")}
    assert by_name["昆明冶金高等专科学校"]["shuanggao"] == "双高学校C档"
    assert by_name["北京电子科技职业学院"]["shuanggao"] == "双高学校A档"
    assert by_name["山西工程职业学院"]["shuanggao"] == "双高专业群A档"
    assert sum(record["shuanggao"] is not None for record in by_name.values()) == 197
    made = [
        record
        for record in by_name.values()
        if record["province"] not in ("云南省", "湖南省", "湖北省", "陕西省")
    ]
    assert len(made) == 167 and {record["kind"] for record in made} == {"高职高专"}


@pytest.mark.clause("YN23-24")
def test_shuangyou_is_a_yes_or_no_that_nobody_has_filled(packs):
    spec = rows("institutions").first().register.definition.by_key["shuangyou"]
    assert spec.type == "yes_no"
    assert {told(record)["shuangyou"] for record in rows("institutions")} == {None}


def test_a_region_is_found_for_every_school_whose_city_is_known(packs):
    assert rows("institutions").get(title="大理大学").region.name == "大理白族自治州"
    assert rows("institutions").get(title="云南工业信息职业学院").region.name == "云南省"


def test_a_title_means_something_only_with_its_series(packs):
    same = {told(record)["series"]: told(record) for record in rows("titles").filter(title="技师")}
    assert set(same) == {"卫生技术人员", "(技能等级, 不是职称)"}
    assert same["卫生技术人员"]["level"] == "初级(助理级)" and not same["卫生技术人员"]["fugaoji_and_above"]


@pytest.mark.clause("HN20-04")
def test_certificates_name_their_organisation_and_levels_where_the_source_does(packs):
    by_name = {record.title: record for record in rows("certificates")}
    tax = told(by_name["智能财税"])
    assert Record.objects.get(pk=tax["organisation"]).title == "中联集团教育科技有限公司"
    assert tax["levels_seen"] == ["初级", "中级", "高级"] and tax["batch"] == "2"
    assert sum(told(record)["organisation"] is None for record in by_name.values()) == 26
    assert sum(told(record)["levels_seen"] is None for record in by_name.values()) == 42


def test_the_round_is_judged_at_its_reference_date(packs):
    found = Round.objects.get(key="yunnan-2023-experts")
    assert found.reference_date.isoformat() == "2023-03-22" and found.parameters["max_age"] == 65
    assert found.state() == "closed" and found.file_name == "专家推荐+{owner}+{name}"


def test_each_row_of_the_facts_says_where_it_comes_from():
    import csv

    for path in sorted((FOLDER / "common").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row["source"], path.name
                assert not re.search(r"(^|[\s\"])/(home|work|tmp|root|Users)/", row["source"]), path.name
                assert None not in row, f"{path.name}: a row is longer than its header"
