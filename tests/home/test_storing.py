"""Import into pages: drafts, publishing, and anchors that stay."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from home.importer import parse_text
from home.models import Audience, Clause, NoticePage, OfficialPage, PolicyPage
from home.storing import store
from registry.models import LogEntry
from tests.home.conftest import DOCUMENTS

pytestmark = pytest.mark.django_db
LETTER = str(DOCUMENTS / "letter.txt")
HEAD = "关于填报的通知\n示教〔2024〕5号\n各校：\n"
FOOT = "\n示例大学\n2024年1月2日\n"


def run(*args: str) -> str:
    out = StringIO()
    call_command("import_notice", *args, stdout=out)
    return out.getvalue()


def test_json_alone_stores_nothing():
    lines = run(LETTER, str(DOCUMENTS / "measures.txt"), "--json").splitlines()
    assert [json.loads(line)["number"] for line in lines] == ["项目办函〔2020〕3号", "示职院发〔2022〕22号"]
    assert not OfficialPage.objects.exists()


def test_json_has_the_agreed_keys():
    found = json.loads(run(LETTER, "--json"))
    assert {
        *("title", "number", "number_as_written", "issuer", "date", "addressees", "disclosure", "clauses"),
        *("tables", "attachments", "dates", "contacts", "copies", "problems"),
    } <= set(found)
    assert {"level", "marker", "anchor", "text"} <= set(found["clauses"][0])
    assert {"date", "time", "text", "anchor"} == set(found["dates"][0])
    assert found["contacts"][1] == {"kind": "phone", "value": "029-88000000", "private": True}


def test_without_flags_a_draft_is_saved():
    run(LETTER)
    page = NoticePage.objects.get()
    assert not page.live and page.get_latest_revision() is not None
    assert page.number == "项目办函〔2020〕3号" and page.kind == "letter"
    assert page.clauses.count() == 30
    assert LogEntry.objects.filter(verb="import_notice").count() == 1


def test_publish_with_json_does_both(tree):
    assert json.loads(run(LETTER, "--json", "--publish"))["title"]
    assert NoticePage.objects.live().count() == 1


def test_measures_can_go_to_the_policies(tree):
    run(str(DOCUMENTS / "measures.txt"), "--publish", "--policy", "--key", "demo-measures")
    assert PolicyPage.objects.get().get_url() == "/policies/demo-measures/"


def test_one_unreadable_file_and_nothing_is_stored(tmp_path):
    with pytest.raises(CommandError, match="未保存任何文件"):
        run(LETTER, str(tmp_path / "没有.txt"))
    assert not OfficialPage.objects.exists()


def test_importing_again_keeps_page_anchors_and_ids(tree):
    store(
        parse_text(f"{HEAD}一、先填报各项内容，填好以后核对一遍。\n二、再由学校审核盖章，然后交上来。{FOOT}"),
        publish=True,
    )
    page = NoticePage.objects.get()
    before = {c.text: (c.pk, c.anchor) for c in page.clauses.all()}
    store(
        parse_text(
            f"{HEAD}一、先做动员，讲明要求和时间安排。\n二、先填报各项内容，填好以后核对一遍。\n"
            f"三、再由学校审核盖章，然后交上来。{FOOT}"
        ),
        publish=True,
    )
    again = NoticePage.objects.get()
    assert again.pk == page.pk
    after = {c.text: (c.pk, c.anchor) for c in again.clauses.all()}
    for text, kept in before.items():
        assert after[text] == kept
    anchors = [c.anchor for c in again.clauses.all()]
    assert anchors == ["c1-2", "c1", "c2"]
    assert [c.path for c in again.clauses.all()] == ["一", "二", "三"]


def test_a_reworded_clause_at_its_place_keeps_its_anchor(tree):
    store(parse_text(f"{HEAD}一、甲事于三月办理。\n二、乙事。{FOOT}"), publish=True)
    kept = list(Clause.objects.values_list("pk", "anchor"))
    store(parse_text(f"{HEAD}一、完全不同的另一句话。\n二、乙事。{FOOT}"), publish=True)
    assert list(Clause.objects.values_list("pk", "anchor")) == kept


def test_without_a_number_title_and_date_recognise_the_document(tree):
    text = f"关于填报的通知\n各校：\n一、甲。{FOOT}"
    assert store(parse_text(text)).pk == store(parse_text(text)).pk
    assert store(parse_text(text.replace("2024年1月2日", "2025年1月2日"))).pk != NoticePage.objects.first().pk


def test_a_contact_released_stays_released_at_the_next_import(tree):
    text = f"{HEAD}一、请致电13800000000。{FOOT}"
    page = store(parse_text(text), publish=True)
    contact = page.contacts.get()
    assert contact.private
    contact.private = False
    page.contacts = [contact]
    page.save_revision().publish()
    assert store(parse_text(text), publish=True).contacts.get().private is False


def test_importing_again_without_publish_leaves_the_public_text(tree):
    store(parse_text(f"{HEAD}一、旧的说法在这里写着。{FOOT}"), publish=True)
    store(parse_text(f"{HEAD}一、新的说法在这里写着。{FOOT}"))
    page = NoticePage.objects.get()
    assert page.has_unpublished_changes
    assert page.clauses.get().text.startswith("旧的")
    assert page.get_latest_revision_as_object().clauses.get().text.startswith("新的")


def test_key_dates_name_their_audience(tree):
    text = f"{HEAD}一、学校于3月1日前提交。各市州于3月9日前审核。评价组织于4月1日前报备。{FOOT}"
    page = store(parse_text(text), publish=True)
    assert [d.audience for d in page.key_dates.all()] == [
        Audience.SCHOOLS,
        Audience.BUREAUX,
        Audience.ORGANISATIONS,
    ]


def test_clauses_lists_what_is_stored(tree):
    store(parse_text(f"{HEAD}一、甲\n（一）乙。{FOOT}"), publish=True, key="demo-2024")
    out = StringIO()
    call_command("clauses", stdout=out)
    ids = list(Clause.objects.order_by("sort_order").values_list("pk", flat=True))
    assert out.getvalue().splitlines() == [
        f"demo-2024\t一\tc1\t{ids[0]}",
        f"demo-2024\t一（一）\tc1-1\t{ids[1]}",
    ]


def test_a_clause_added_by_an_editor_gets_path_and_anchor(tree):
    page = store(parse_text(f"{HEAD}一、甲\n（一）乙。{FOOT}"))
    page.clauses = [*page.clauses.all(), Clause(level=2, marker="（二）", text="丙。", sort_order=9)]
    page.save_revision().publish()
    assert list(Clause.objects.order_by("sort_order").values_list("path", "anchor"))[-1] == (
        "一（二）",
        "c1-2",
    )
