"""A register's list as the public sees it: columns, filters, sort, pages, queries."""

import re

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.actions.end_record import end_record
from registry.actions.publish_register import publish_register
from registry.actions.withhold import withhold
from tests import factories


def titles(client: Client, query: str = "", key: str = "wares") -> list[str]:
    """The listed titles, in order, read from the page itself."""
    response = client.get(f"/registers/{key}/{query}")
    assert response.status_code == 200
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', response.content.decode())


def test_the_overview_names_each_public_register_with_its_count_and_purpose(client, stock):
    page = client.get("/registers/").content.decode()
    assert "示例证书登记册。" in page
    assert re.search(r'href="/registers/wares/">证书</a></h2>\s*<p class="entrance__count">4<small>项', page)


def test_the_overview_hides_registers_that_are_kept_inside(client, cast, stock):
    factories.register(
        "inside", {"key": "a", "type": "text", "label": "甲"}, name="内部登记册甲", kind="filing"
    )
    assert "内部登记册甲" not in client.get("/registers/").content.decode()
    client.force_login(cast.nobody)
    assert "内部登记册甲" not in client.get("/registers/").content.decode()
    client.force_login(cast.office)
    assert "内部登记册甲" in client.get("/registers/").content.decode()


def test_a_register_kept_inside_and_an_unknown_one_answer_alike(client, cast):
    factories.register("inside", {"key": "a", "type": "text", "label": "甲"}, kind="filing")
    for path in (
        "/registers/inside/",
        "/registers/inside.csv",
        "/registers/inside.json",
        "/registers/nothing/",
    ):
        assert client.get(path).status_code == 404, path
        client.force_login(cast.nobody)
        assert client.get(path).status_code == 404, path
        client.logout()


def test_columns_are_the_configured_ones_that_the_public_may_see(client, stock):
    page = client.get("/registers/wares/").content.decode()
    heads = re.findall(r"<th scope=\"col\"[^>]*>(?:<a[^>]*>)?([^<]+)", page)
    assert heads == ["证书名称", "代码", "批次", "评价组织", "等级", "公布日期", "费用", "所在地区"]
    assert "0001" in page and "2019年4月16日" in page and "示例市" in page and "初级、中级" in page


@pytest.mark.clause("SX20-13")
def test_private_and_sensitive_fields_are_nowhere_in_what_the_public_gets(client, stock):
    for path in (
        "/registers/wares/",
        "/registers/makers/",
        f"/registers/wares/{stock.first.number}/",
        f"/registers/makers/{stock.one.number}/",
        "/registers/wares.json",
        "/registers/wares.csv",
        "/registers/makers.json",
        "/registers/makers.csv",
    ):
        response = client.get(path)
        text = b"".join(response) if response.streaming else response.content
        for secret in ("不得外传", "内部意见", "13800000000", "联系电话", "内部甲", "内部备注"):
            assert secret not in text.decode(), (path, secret)


def test_the_public_can_neither_filter_nor_sort_by_a_private_field(client, stock):
    everything = titles(client)
    assert titles(client, "?secret=不得外传") == everything
    assert titles(client, "?sort=secret") == titles(client, "?sort=-secret") == everything


def test_an_office_sees_private_fields_but_no_sensitive_one(client, cast, stock):
    client.force_login(cast.office)
    assert "不得外传" in client.get("/registers/wares/").content.decode()
    makers = client.get(f"/registers/makers/{stock.one.number}/").content.decode()
    assert "内部甲" in makers and "13800000000" not in makers


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=甲", {"甲证书"}),
        ("?batch=2", {"乙证书", "丙证书"}),
        ("?field=财税", {"乙证书", "丙证书"}),
        ("?levels=初级", {"甲证书"}),
        ("?levels=初级&levels=高级", {"甲证书", "乙证书"}),
        ("?since_from=2020-01-10", {"乙证书", "丙证书"}),
        ("?since_to=2020-01-10", {"甲证书", "乙证书"}),
        ("?since_from=2020-01-01&since_to=2020-12-31", {"乙证书"}),
        ("?fee_from=80.5&fee_to=300", {"甲证书", "乙证书"}),
        ("?fee_from=301", {"丙证书"}),
        ("?batch=2&fee_from=100", {"丙证书"}),
    ],
)
def test_a_filter_leaves_what_it_names(client, stock, query, found):
    assert set(titles(client, query)) == found


def test_a_reference_is_filtered_by_its_number(client, stock):
    assert set(titles(client, f"?maker={stock.one.number}")) == {"甲证书", "乙证书"}


def test_a_region_is_filtered_by_its_id_and_offered_by_its_name(client, stock):
    page = client.get("/registers/wares/").content.decode()
    assert f'<option value="{stock.area.pk}">示例市</option>' in page
    assert titles(client, f"?area={stock.area.pk}") == ["甲证书"]


@pytest.mark.parametrize(
    "query",
    [
        "?batch=9",
        "?since_from=昨天",
        "?fee_from=1e999",
        "?fee_to=abc",
        "?maker=没有",
        "?area=x",
        "?levels=王",
        "?page=-3",
        "?page=x",
        "?sort=nothing",
        "?q=%00%27%22%25",
    ],
)
def test_rubbish_in_a_filter_is_said_and_never_an_error(client, stock, query):
    assert client.get(f"/registers/wares/{query}").status_code == 200


def test_sorting_puts_empty_values_last_both_ways(client, stock):
    assert titles(client, "?sort=fee") == ["乙证书", "甲证书", "丙证书", "丁证书"]
    assert titles(client, "?sort=-fee") == ["丙证书", "甲证书", "乙证书", "丁证书"]
    assert titles(client, "?sort=since") == ["甲证书", "乙证书", "丙证书", "丁证书"]
    assert titles(client, "?sort=-since") == ["丙证书", "乙证书", "甲证书", "丁证书"]


def test_the_own_order_of_names_is_by_pinyin(client, stock):
    assert titles(client) == ["丙证书", "丁证书", "甲证书", "乙证书"]  # bing, ding, jia, yi


def test_the_own_order_can_be_turned_round(client, stock):
    assert titles(client, "?sort=-name") == ["乙证书", "甲证书", "丁证书", "丙证书"]
    page = client.get("/registers/wares/?sort=-name").content.decode()
    assert re.search(r'<th scope="col" aria-sort="descending"><a href="\?sort=name">证书名称', page)


def test_records_of_a_version_without_the_sorted_field_come_last_and_are_not_lost(client, stock, registers):
    registers.wares.draft["fields"].append(
        {
            "key": "seats",
            "type": "integer",
            "label": "人数",
            "public": True,
            "sortable": True,
            "filterable": True,
        }
    )
    registers.wares.save()
    publish_register(registers.wares, actor=None, note="加人数")
    registers.wares.refresh_from_db()
    factories.record(registers.wares, {"name": "戊证书", "seats": 5})
    factories.record(registers.wares, {"name": "己证书", "seats": 3})
    for sort, head in (("seats", ["己证书", "戊证书"]), ("-seats", ["戊证书", "己证书"])):
        found = titles(client, f"?sort={sort}")
        assert found[:2] == head and len(found) == 6 and len(set(found)) == 6


def test_pages_of_fifty_hold_every_record_once(client, registers):
    for number in range(105):
        factories.record(
            registers.wares, {"name": f"证书{number:03d}", "fee": None, "batch": "12"[number % 2]}
        )
    for sort in ("", "name", "-name", "-fee"):
        pages = [titles(client, f"?sort={sort}&page={page}") for page in (1, 2, 3)]
        assert [len(page) for page in pages] == [50, 50, 5]
        assert len({title for page in pages for title in page}) == 105
    assert titles(client, "?page=99") == titles(client, "?page=3")
    assert titles(client, "?sort=-name") == titles(client, "?sort=-name&page=1")
    page = client.get("/registers/wares/?batch=1&sort=name&page=2").content.decode()
    assert "共 <strong>53</strong> 项" in page
    assert 'rel="prev" href="?batch=1&amp;sort=name&amp;page=1"' in page


def test_a_list_issues_the_same_queries_however_much_it_holds(
    client, stock, registers, django_assert_num_queries
):
    address = "/registers/wares/?batch=2&sort=-since"
    client.get(address)  # the version's definition is parsed once and kept
    with django_assert_num_queries(11):
        client.get(address)
    makers = [factories.record(registers.makers, {"name": f"示例{number}公司"}) for number in range(60)]
    for number in range(120):
        factories.record(
            registers.wares,
            {
                "name": f"证书{number}",
                "batch": "2",
                "maker": makers[number % 60].pk,
                "since": stock.first.created_at.date(),
            },
        )
    for page in ("", "&page=2"):
        with django_assert_num_queries(11):
            assert client.get(address + page).status_code == 200


def test_a_list_reads_no_field_that_it_does_not_show(client, stock, registers):
    from django.db import connection

    with CaptureQueriesContext(connection) as queries:
        client.get("/registers/wares/")
    reads = [query["sql"] for query in queries if "JSON_OBJECT" in query["sql"]]
    assert len(reads) == 1
    assert "secret" not in reads[0] and '"registry_record"."data",' not in reads[0]


def test_withheld_and_unapproved_records_are_not_listed_counted_or_offered(client, cast, stock, registers):
    withhold(stock.third, actor=cast.office, reason="核实中")
    factories.record(
        registers.wares,
        {"name": "草稿证书", "field": "未公开领域"},
        stage="draft",
        standing="none",
        public=False,
    )
    page = client.get("/registers/wares/").content.decode()
    assert "丙证书" not in page and "草稿证书" not in page and "未公开领域" not in page
    assert "共 <strong>3</strong> 项" in page
    assert client.get(f"/registers/wares/{stock.third.number}/").status_code == 404


def test_a_record_that_ended_stays_listed_and_says_so(client, cast, stock):
    end_record(stock.second, actor=cast.office, reason="评价组织注销")
    page = client.get("/registers/wares/").content.decode()
    assert re.search(r'>乙证书</a> <span class="tag tag--muted">终止</span>', page)


def test_a_referred_record_that_is_withheld_is_not_named(client, cast, stock):
    withhold(stock.two, actor=cast.office, reason="核实中")
    for path in (
        "/registers/wares/",
        f"/registers/wares/{stock.third.number}/",
        "/registers/wares.csv",
        "/registers/wares.json",
    ):
        response = client.get(path)
        text = (b"".join(response) if response.streaming else response.content).decode()
        assert "示例乙公司" not in text, path
    assert "（未公开）" in client.get(f"/registers/wares/{stock.third.number}/").content.decode()
    assert set(titles(client, f"?maker={stock.two.number}")) == set(titles(client))


def test_reading_writes_no_session(client, stock):
    for path in ("/registers/", "/registers/wares/", f"/registers/wares/{stock.first.number}/"):
        assert "sessionid" not in client.get(path).cookies


def test_only_reading_is_answered(client, stock):
    assert client.post("/registers/wares/").status_code == 405


def test_a_filing_s_list_shows_each_reader_the_own_part_and_its_stage(client, cast):
    filings = factories.register(
        "filings",
        {"key": "name", "type": "text", "label": "姓名", "listed": True},
        {"key": "unit", "type": "text", "label": "部门", "listed": True, "filterable": True},
        name="申报",
        kind="filing",
        title={"field": "name"},
    )
    factories.record(filings, {"name": "示例甲", "unit": "本校部门"}, owner=cast.school, stage="submitted")
    factories.record(filings, {"name": "示例乙", "unit": "他校部门"}, owner=cast.other_school, stage="draft")
    for reader, found in (
        (cast.clerk, ["示例甲"]),
        (cast.outsider, ["示例乙"]),
        (cast.office, ["示例甲", "示例乙"]),
        (cast.auditor, ["示例甲"]),
        (cast.bureau, []),
    ):
        client.force_login(reader)
        assert titles(client, key="filings") == found, reader
        page = client.get("/registers/filings/").content.decode()
        assert ("他校部门" in page) == ("示例乙" in found), reader
        told = client.get("/registers/filings.csv")
        assert ("示例甲" in b"".join(told).decode()) == ("示例甲" in found), reader
    client.force_login(cast.office)
    assert '<span class="tag tag--info">已提交</span>' in client.get("/registers/filings/").content.decode()
