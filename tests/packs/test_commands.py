"""manage.py pack: apply, diff, export and test, as somebody at a terminal sees them."""

import io

import pytest
from django.core.management import call_command

from registry.models import Edition, LogEntry, Pack, Record, Register, RegisterVersion, Round
from registry.packs import canonical, files


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("pack", *args, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def state() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (Register, RegisterVersion, Round, Record, Edition, LogEntry, Pack)
    )


def test_export_after_apply_is_the_file_byte_for_byte(packs):
    for name in ("common", "yunnan-2023"):
        assert run("export", name).encode() == files.path_of(name).read_bytes()


def test_export_writes_files(packs, tmp_path):
    run("export", "yunnan-2023", "--output", str(tmp_path))
    assert (tmp_path / "yunnan-2023.yaml").read_bytes() == files.path_of("yunnan-2023").read_bytes()


def test_applying_again_changes_nothing_at_all(packs):
    before = state()
    assert "没有变化" in run("apply", "common", "yunnan-2023")
    assert state() == before
    assert "没有变化" in run("diff", "yunnan-2023")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("yunnan-2023", marks=pytest.mark.clause("YN23-21", "YN23-22", "YN23-23")),
        pytest.param(
            "hunan-2020", marks=pytest.mark.clause("HN20-05", "HN20-08", "HN20-09", "HN20-21", "HN20-22")
        ),
        pytest.param("hunan-2022", marks=pytest.mark.clause("HN22-04", "HN22-23", "HN22-24")),
        pytest.param("shaanxi-2020", marks=pytest.mark.clause("SX20-04")),
        pytest.param("college-2022", marks=pytest.mark.clause("HB22-17", "HB22-29")),
    ],
)
def test_the_packs_own_examples_hold(name):
    cases = files.load(name)["tests"]
    assert len(cases) >= 3 and f"{len(cases)}例，通过{len(cases)}例" in run("test", name)


def test_every_pack_applies_beside_the_others_and_comes_out_as_it_went_in(packs):
    others = [name for name in files.names() if name not in ("common", "yunnan-2023")]
    run("apply", *others)
    for name in others:
        assert run("export", name).encode() == files.path_of(name).read_bytes()
    assert run("diff", *files.names()).count("没有变化") == len(files.names())


@pytest.mark.clause("HN20-14")
def test_a_filing_of_a_certificate_has_six_parts_and_none_may_be_left_out():
    register = next(
        item for item in files.load("hunan-2020")["registers"] if item["key"] == "certificate-filings"
    )
    parts = [
        field["key"]
        for field in register["fields"]
        if field.get("clause", {}).get("id") == "HN20-14" and field.get("required")
    ]
    assert parts == [
        "certificate", "school_levels", "major_scope", "site_rules", "teaching_requirements", "exam_rules", "fee_basis",
    ]  # fmt: skip


@pytest.mark.clause("HN20-16", "HN20-28", "HN20-30")
def test_the_rounds_of_hunan_2020_end_when_the_notice_says():
    ends = {
        item["key"]: (item["closes"][:10], item.get("review_closes", "")[:10])
        for item in files.load("hunan-2020")["rounds"]
    }
    assert ends == {
        "hunan-2020-filing-1": ("2020-05-29", ""),
        "hunan-2020-filing-2": ("2020-06-05", ""),
        "hunan-2020-pilot-1": ("2020-06-12", "2020-06-19"),
        "hunan-2020-pilot-2": ("2020-06-19", "2020-06-29"),
    }


def test_an_example_that_does_not_hold_is_told_with_what_was_found(tmp_path):
    pack = files.load("yunnan-2023")
    pack["tests"] = [{**pack["tests"][3], "expect": {"age": "pass"}}]
    path = tmp_path / "wrong.yaml"
    path.write_text(canonical.write(pack), encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("pack", "test", str(path), stdout=out, stderr=io.StringIO())
    assert ended.value.code == 1 and "应为pass，实为needs_reason（现值：66岁）" in out.getvalue()
