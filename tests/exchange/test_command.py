"""manage.py import_records over the real data files and a school's sheet."""

import io
import json
import shutil

import pytest
from django.core.management import call_command

from registry.models import Record
from registry.packs.files import FOLDER
from tests.exchange.sheets import expert, xlsx


def run(*args: str, ends: int = 0) -> dict:
    out = io.StringIO()
    try:
        call_command("import_records", *args, "--json", stdout=out, stderr=io.StringIO())
        code = 0
    except SystemExit as ended:
        code = ended.code
    assert code == ends, out.getvalue()[-500:]
    return json.loads(out.getvalue())


FILES = {
    "major-categories": "major_categories",
    "major-classes": "major_classes",
    "titles": "titles",
    "institutions": "institutions",
    "certificates": "certificates",
    "certificate-batches": "certificate_batches",
}


@pytest.mark.parametrize("register", FILES)
def test_our_facts_go_in_by_the_command_too_and_are_there_already(packs, register):
    told = run(register, str(FOLDER / "common" / f"{FILES[register]}.csv"))
    assert told["unchanged"] == len(told["rows"]) > 0 and told["refused"] == 0


@pytest.mark.needs_shared
@pytest.mark.parametrize("register", FILES)
def test_the_real_files_load(packs, shared, register):
    told = run(register, str(shared / "domain" / "data" / f"{FILES[register]}.csv"))
    assert told["refused"] == 0 and len(told["rows"]) >= 4


def test_a_bad_row_among_the_institutions_is_told_and_nothing_is_stored(packs, tmp_path):
    path = tmp_path / "institutions.csv"
    shutil.copy(FOLDER / "common" / "institutions.csv", path)
    before = Record.objects.count()
    with path.open("a", encoding="utf-8") as file:
        file.write("云南省,41530106,示例新办职业学院,,高职高专,云南省,昆明市,公办,,示例\n")
    told = run("institutions", str(path), ends=1)
    bad = told["rows"][-1]
    # two names of the file are broken over lines; a sheet counts rows, not lines
    assert (bad["row"], bad["status"], bad["number"]) == (440, "refused", None)
    assert bad["errors"][0]["column"] == "school_code" and bad["errors"][0]["value"] == "41530106"
    assert "10位数字" in bad["errors"][0]["message"] and Record.objects.count() == before


def test_the_json_has_the_shape_that_others_build_on(packs, tmp_path):
    path = tmp_path / "推荐.xlsx"
    path.write_bytes(xlsx([expert()]))
    told = run("expert-nominations", str(path), "--round", "yunnan-2023-experts")
    assert set(told) == {"new", "changed", "unchanged", "refused", "rows"}
    row = told["rows"][0]
    assert set(row) == {"row", "number", "status", "errors", "rules"} and row["row"] == 2
    age = next(rule for rule in row["rules"] if rule["rule"] == "age")
    assert age == {
        "rule": "age",
        "verdict": "pass",
        "found": "53岁",
        "demanded": "不超过65岁",
        "clause": {"document": "yunnan-2023", "path": "四（二）5", "id": "YN23-23"},
    }


def test_in_words_for_a_person_at_a_terminal(packs, tmp_path, capsys):
    path = tmp_path / "推荐.xlsx"
    path.write_bytes(xlsx([expert(手机="12")]))
    with pytest.raises(SystemExit) as ended:
        call_command("import_records", "expert-nominations", str(path), "--round", "yunnan-2023-experts")
    told = capsys.readouterr().out
    assert ended.value.code == 1
    assert "第2行 手机“1**”：手机不符合要求" in told and "有行被拒绝，未保存任何内容。" in told


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["nothing", "x.csv"], "没有已发布的登记册“nothing”"),
        (["institutions", "nowhere.csv"], "不存在"),
        (["expert-nominations", __file__, "--round", "1999"], "没有批次“1999”；现有：yunnan-2023-experts"),
        (["institutions", __file__, "--as", "whoever"], "没有名为“whoever”的可用用户"),
        (["expert-nominations", __file__, "--owner", "没有这所学校"], "不在登记册“院校”中"),
    ],
)
def test_a_call_that_makes_no_sense_ends_with_one_sentence(packs, args, told):
    assert told in run(*args, ends=1)["error"]
