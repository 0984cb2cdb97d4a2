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


@pytest.mark.clause("YN23-21", "YN23-22", "YN23-23")
def test_the_packs_own_examples_hold():
    assert "10例，通过10例" in run("test", "yunnan-2023")


def test_an_example_that_does_not_hold_is_told_with_what_was_found(tmp_path):
    pack = files.load("yunnan-2023")
    pack["tests"] = [{**pack["tests"][3], "expect": {"age": "pass"}}]
    path = tmp_path / "wrong.yaml"
    path.write_text(canonical.write(pack), encoding="utf-8")
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("pack", "test", str(path), stdout=out, stderr=io.StringIO())
    assert ended.value.code == 1 and "应为pass，实为needs_reason（现值：66岁）" in out.getvalue()
