"""A record's page: fields, editions, links, clauses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registry import clauses
from registry.actions.end_record import end_record
from registry.actions.withhold import release, withhold
from registry.clauses import ResolvedClause
from registry.models import Record
from registry.saving import RecordDraft, save_records
from registry.values import decode


def change(record: Record, **values):
    """Saves these values over the record's own, as an editor would."""
    record = Record.objects.get(pk=record.pk)
    save_records(
        [RecordDraft(record, {**decode(record, sensitive=True), **values})],
        actor=None,
        verb="change",
        reason="更正",
    )
    return record


def page_of(client, record: Record, query: str = "") -> str:
    response = client.get(f"/registers/{record.register.key}/{record.number}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_page_shows_the_public_fields_and_links_the_reference(client, stock):
    page = page_of(client, stock.first)
    assert "<h1>甲证书</h1>" in page
    assert f'<a href="/registers/makers/{stock.one.number}/">示例甲公司</a>' in page
    assert "2019年4月16日" in page and "300.00" in page and "示例市" in page


def test_a_page_names_what_refers_to_it_and_leads_to_all_of_them(client, stock):
    page = page_of(client, stock.one)
    assert f'<a href="/registers/wares/{stock.first.number}/">甲证书</a>' in page
    assert f'<a href="/registers/wares/{stock.second.number}/">乙证书</a>' in page
    assert "共 2 项" in page


def test_a_withheld_record_is_no_back_reference(client, cast, stock):
    withhold(stock.second, actor=cast.office, reason="核实中")
    page = page_of(client, stock.one)
    assert "乙证书" not in page and "共 1 项" in page


def test_editions_tell_what_changed_and_show_the_state_as_it_was(client, stock):
    change(stock.first, name="甲证书（新版）", fee=None)
    page = page_of(client, stock.first)
    assert "变更：证书名称、费用" in page and "首次登记" in page
    older = page_of(client, stock.first, "?edition=1")
    assert "<h1>甲证书</h1>" in older and "300.00" in older and "历史版次" in older


def test_a_change_of_a_private_field_is_not_told_to_the_public(client, cast, stock):
    change(stock.first, secret="另有隐情")
    page = page_of(client, stock.first)
    assert "内部意见" not in page and "公开内容未变" in page
    client.force_login(cast.office)
    assert "变更：内部意见" in page_of(client, stock.first)


def test_the_public_sees_those_editions_alone_that_were_public(client, cast, stock):
    withhold(stock.first, actor=cast.office, reason="核实中")
    change(Record.objects.get(pk=stock.first.pk), field="核实中的领域")
    change(Record.objects.get(pk=stock.first.pk), field="核实后的领域")
    release(Record.objects.get(pk=stock.first.pk), actor=cast.office, reason="核实完毕")
    page = page_of(client, stock.first)
    assert "核实后的领域" in page
    hidden = [e.sequence for e in stock.first.editions.all() if not e.public]
    assert hidden
    for sequence in hidden:
        assert f"?edition={sequence}" not in page
        assert client.get(f"/registers/wares/{stock.first.number}/?edition={sequence}").status_code == 404


def test_an_edition_that_is_not_yet_in_force_is_not_shown(client, stock):
    record = Record.objects.get(pk=stock.first.pk)
    save_records(
        [RecordDraft(record, {**decode(record), "field": "明年的领域"})],
        actor=None,
        verb="change",
        effective_from=timezone.now() + timedelta(days=300),
    )
    sequence = record.editions.order_by("-sequence").first().sequence
    assert client.get(f"/registers/wares/{record.number}/?edition={sequence}").status_code == 404


@pytest.mark.parametrize("edition", ["0", "99", "x", "-1", "1'"])
def test_an_unknown_edition_is_not_found(client, stock, edition):
    assert client.get(f"/registers/wares/{stock.first.number}/", {"edition": edition}).status_code == 404


def test_an_ended_record_says_since_when_and_why(client, cast, stock):
    end_record(stock.second, actor=cast.office, reason="评价组织注销")
    page = page_of(client, stock.second)
    assert "该登记项终止" in page and "评价组织注销" in page and "效力由“有效”变为“终止”" in page


def test_a_field_cites_its_clause_with_a_link_where_a_page_holds_it(client, stock, monkeypatch):
    monkeypatch.setattr(clauses, "_resolvers", [])
    assert "依据：四（三）1" in page_of(client, stock.first)
    clauses.register_resolver(
        lambda ref: ResolvedClause(f"/notices/a/#{ref.path}", "每校推荐不少于一人。", "示例通知")
    )
    page = page_of(client, stock.first)
    assert '依据：<a href="/notices/a/#四（三）1" title="每校推荐不少于一人。">四（三）1</a>' in page
    assert "所引条款出自：示例通知。" in page


def test_a_record_page_issues_the_same_queries_however_much_refers_to_it(
    client, stock, registers, django_assert_num_queries
):
    from tests import factories

    path = f"/registers/makers/{stock.one.number}/"
    client.get(path)
    with django_assert_num_queries(8):
        client.get(path)
    for number in range(40):
        factories.record(registers.wares, {"name": f"证书{number}", "maker": stock.one.pk})
        change(stock.one, name=f"示例甲公司{number % 3}")
    with django_assert_num_queries(8):
        page = client.get(path).content.decode()
    assert f'href="/registers/wares/?maker={stock.one.number}">查看全部 42 项' in page


def test_a_record_of_another_register_is_not_found(client, stock):
    assert client.get(f"/registers/makers/{stock.first.number}-x/").status_code == 404
    assert client.get("/registers/wares/ZZZ/").status_code == 404
