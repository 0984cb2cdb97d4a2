"""Downloads hold what the list shows."""

import csv
from io import BytesIO, StringIO

from openpyxl import load_workbook

from tests import factories


def text(response) -> str:
    return (b"".join(response) if response.streaming else response.content).decode("utf-8-sig")


def test_json_has_count_next_and_results(client, stock):
    response = client.get("/registers/wares.json?batch=2&sort=fee")
    told = __import__("json").loads(text(response))
    assert set(told) == {"count", "next", "results"} and told["count"] == 2 and told["next"] is None
    assert [row["title"] for row in told["results"]] == ["乙证书", "丙证书"]
    first = told["results"][0]
    assert first["number"] == stock.second.number
    assert first["url"] == f"http://testserver/registers/wares/{stock.second.number}/"
    assert first["since"] == "2020-01-10" and first["fee"] == 80.5 and first["levels"] == ["高级"]
    assert first["maker"] == "示例甲公司" and first["code"] is None
    assert not {"secret", "phone"} & set(first)


def test_json_leads_on_to_the_next_page(client, registers):
    import json

    from registry.public import export

    for number in range(7):
        factories.record(registers.makers, {"name": f"示例{number}公司"})
    seen, address, size = [], "/registers/makers.json?q=示例", export.PER_JSON_PAGE
    export.PER_JSON_PAGE = 3
    try:
        while address:
            told = json.loads(text(client.get(address)))
            assert told["count"] == 7
            seen += [row["title"] for row in told["results"]]
            address = told["next"]
    finally:
        export.PER_JSON_PAGE = size
    assert sorted(seen) == [f"示例{number}公司" for number in range(7)]


def test_csv_and_xlsx_hold_the_same_rows_in_the_list_s_order(client, stock):
    rows = list(csv.reader(StringIO(text(client.get("/registers/wares.csv?sort=-fee")))))
    assert rows[0][:3] == ["编号", "证书名称", "代码"]
    assert [row[1] for row in rows[1:]] == ["丙证书", "甲证书", "乙证书", "丁证书"]
    assert rows[2][2] == "0001"
    sheet = load_workbook(BytesIO(client.get("/registers/wares.xlsx?sort=-fee").content)).active
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        "丙证书",
        "甲证书",
        "乙证书",
        "丁证书",
    ]


def test_a_filter_holds_for_the_download_too(client, stock):
    rows = list(csv.reader(StringIO(text(client.get("/registers/wares.csv?field=财税")))))
    assert {row[1] for row in rows[1:]} == {"乙证书", "丙证书"}


def test_downloads_come_under_their_register_s_name(client, stock):
    assert 'filename="wares.csv"' in client.get("/registers/wares.csv")["Content-Disposition"]
    assert client.get("/registers/wares.pdf").status_code == 404
