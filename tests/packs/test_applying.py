"""What applying a pack does to a site: whole or not at all, and only where something changed."""

import io

import pytest
from django.core.management import CommandError, call_command

from registry.errors import Refused
from registry.models import Edition, LogEntry, Pack, Record, Register, RegisterVersion, Round
from registry.packs import applying, canonical, comparing
from tests import factories


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("pack", *args, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def state() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (Register, RegisterVersion, Round, Record, Edition, LogEntry, Pack)
    )


@pytest.fixture
def own(tmp_path, db):
    """A small pack of its own; the fixture writes it again with what a test changes."""
    path = tmp_path / "small.yaml"

    def write(**changes) -> str:
        pack = {
            "pack": "small",
            "title": "示例方案",
            "scope": {"level": "province", "region": "530000"},
            "registers": [
                {
                    "key": "small-things",
                    "name": "示例册",
                    "title": {"field": "name"},
                    "fields": [
                        {
                            "key": "name",
                            "type": "text",
                            "label": "名称",
                            "required": True,
                            "unique": "register",
                        },
                        {"key": "amount", "type": "integer", "label": "数量"},
                    ],
                }
            ],
            "records": [{"register": "small-things", "file": "things.csv"}],
            **changes,
        }
        path.write_text(canonical.write(pack), encoding="utf-8")
        return str(path)

    (tmp_path / "things.csv").write_text("name,amount\n甲,1\n乙,2\n", encoding="utf-8")
    write.folder = tmp_path
    write.fields = [
        {"key": "name", "type": "text", "label": "名称", "required": True, "unique": "register"},
        {"key": "amount", "type": "integer", "label": "数量"},
    ]
    return write


def test_a_new_version_is_published_only_where_a_definition_changed(own):
    applying.apply(own())
    assert RegisterVersion.objects.count() == 1
    fields = [*own.fields, {"key": "colour", "type": "text", "label": "颜色"}]
    path = own(
        registers=[{"key": "small-things", "name": "示例册", "title": {"field": "name"}, "fields": fields}]
    )
    told = comparing.diff(path)
    assert told == ["登记册“示例册”（small-things）：将发布第2版，更改新增字段colour"]
    assert RegisterVersion.objects.count() == 1
    applying.apply(path)
    assert RegisterVersion.objects.count() == 2 and comparing.diff(path) == []


def test_one_bad_row_and_nothing_of_the_pack_is_stored(own):
    (own.folder / "things.csv").write_text("name,amount\n甲,1\n乙,许多\n", encoding="utf-8")
    before = state()
    with pytest.raises(Refused, match="第3行 amount“许多”：数量“许多”不符合要求：须为数字"):
        applying.apply(own())
    assert state() == before


def test_an_editors_value_survives_where_the_source_is_silent(own):
    applying.apply(own())
    (own.folder / "things.csv").write_text("name,amount\n甲,\n乙,2\n", encoding="utf-8")
    assert applying.apply(own()) == []
    assert Record.objects.get(title="甲").data["amount"] == 1


def test_a_fold_fills_matched_records_and_creates_the_others(own):
    (own.folder / "more.csv").write_text("what,kind,grade\n甲,学校,A\n丙,专业群,B\n", encoding="utf-8")
    fields = [*own.fields, {"key": "grade", "type": "text", "label": "等次"}]
    applying.apply(
        own(
            registers=[
                {"key": "small-things", "name": "示例册", "title": {"field": "name"}, "fields": fields}
            ],
            records=[
                {"register": "small-things", "file": "things.csv"},
                {
                    "register": "small-things",
                    "file": "more.csv",
                    "columns": {"name": "what"},
                    "compose": {"grade": {"from": ["kind", "grade"], "replace": {"学校": "双高学校"}}},
                    "create": {"amount": 7},
                    "update": ["grade"],
                },
            ],
        )
    )
    data = {record.title: record.data for record in Record.objects.all()}
    assert data["甲"] == {"name": "甲", "amount": 1, "grade": "双高学校A"}
    assert data["丙"] == {"name": "丙", "amount": 7, "grade": "专业群B"}


def test_a_round_that_nobody_answered_follows_its_register_and_one_with_records_stays(own):
    opened = {
        "key": "small-2023",
        "register": "small-filings",
        "name": "示例批次",
        "opens": "2023-03-08T00:00:00",
        "closes": "2023-03-22T23:59:59",
        "reference_date": "2023-03-22",
    }

    def path(*more):
        fields = [{"key": "name", "type": "text", "label": "名称"}, *more]
        register = {"key": "small-filings", "name": "示例申报", "kind": "filing", "fields": fields}
        return own(registers=[register], rounds=[opened], records=[])

    applying.apply(path())
    applying.apply(path({"key": "a", "type": "text", "label": "甲"}))
    found = Round.objects.get(key="small-2023")
    assert found.version.number == 2 and found.closes_at.isoformat() == "2023-03-22T15:59:59+00:00"
    factories.record(found.register, {"name": "示例"}, round=found)
    applying.apply(path({"key": "b", "type": "text", "label": "乙"}))
    found.refresh_from_db()
    assert found.version.number == 2 and found.register.current.number == 3


def test_diff_of_a_fresh_site_says_what_there_is_to_load(db):
    told = comparing.diff("common")
    assert any("登记册“院校”（institutions）：新建" in line for line in told)
    assert any("common/institutions.csv → institutions：待载入438行" in line for line in told)
    assert not Register.objects.exists()


def test_an_unknown_pack_is_refused_with_the_names_there_are(db):
    with pytest.raises(CommandError, match=r"没有名为“nowhere”的方案；现有：.*common.*yunnan-2023"):
        run("apply", "nowhere")
    with pytest.raises(CommandError, match="尚未应用"):
        run("export", "yunnan-2023")


def test_a_pack_cannot_read_outside_its_folder(own):
    with pytest.raises(Refused, match="不存在"):
        applying.apply(own(records=[{"register": "small-things", "file": "../../etc/passwd"}]))
