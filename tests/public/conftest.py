"""Two small public registers for the public pages: makers and the wares they make."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests import factories

MAKERS = [
    {"key": "name", "type": "text", "label": "组织名称", "required": True, "public": True, "listed": True},
    {"key": "phone", "type": "phone", "label": "联系电话", "sensitive": True},
    {"key": "note", "type": "text", "label": "内部备注", "listed": True, "filterable": True},
]
WARES = [
    {"key": "name", "type": "text", "label": "证书名称", "public": True, "listed": True, "sortable": True},
    {"key": "code", "type": "text", "label": "代码", "public": True, "listed": True},
    {
        "key": "batch",
        "type": "choice",
        "label": "批次",
        "public": True,
        "filterable": True,
        "options": {"choices": [{"key": "1", "label": "第一批"}, {"key": "2", "label": "第二批"}]},
    },
    {
        "key": "maker",
        "type": "reference",
        "label": "评价组织",
        "public": True,
        "filterable": True,
        "options": {"register": "makers"},
        "clause": {"document": "yunnan-2023", "path": "四（三）1", "id": "YN23-24"},
    },
    {
        "key": "levels",
        "type": "choices",
        "label": "等级",
        "public": True,
        "filterable": True,
        "options": {"choices": ["初级", "中级", "高级"]},
    },
    {"key": "field", "type": "text", "label": "领域", "public": True, "filterable": True},
    {
        "key": "since",
        "type": "date",
        "label": "公布日期",
        "public": True,
        "filterable": True,
        "sortable": True,
    },
    {"key": "fee", "type": "money", "label": "费用", "public": True, "filterable": True, "sortable": True},
    {"key": "area", "type": "region", "label": "所在地区", "public": True, "filterable": True},
    {
        "key": "secret",
        "type": "text",
        "label": "内部意见",
        "filterable": True,
        "sortable": True,
        "listed": True,
    },
]


@pytest.fixture
def registers(db) -> SimpleNamespace:
    """`makers` and `wares`, both public, the second one referring to the first."""
    makers = factories.register("makers", *MAKERS, name="评价组织", public=True, title={"field": "name"})
    wares = factories.register(
        "wares",
        *WARES,
        name="证书",
        public=True,
        description="示例证书登记册。",
        title={"field": "name"},
        listing={"columns": ["name", "code", "batch", "maker", "levels", "since", "fee", "area", "secret"]},
    )
    return SimpleNamespace(makers=makers, wares=wares)


@pytest.fixture
def stock(registers) -> SimpleNamespace:
    """Two makers and four wares; 丁 has neither fee nor date."""
    area = factories.region("示例市", "990100")
    one = factories.record(registers.makers, {"name": "示例甲公司", "phone": "13800000000", "note": "内部甲"})
    two = factories.record(registers.makers, {"name": "示例乙公司"})

    def ware(name: str, **values):
        return factories.record(registers.wares, {"name": name, **values})

    return SimpleNamespace(
        one=one,
        two=two,
        area=area,
        first=ware(
            "甲证书",
            code="0001",
            batch="1",
            maker=one.pk,
            levels=["初级", "中级"],
            field="信息",
            since=date(2019, 4, 16),
            fee=_money("300"),
            area=str(area.pk),
            secret="不得外传",
        ),
        second=ware(
            "乙证书",
            batch="2",
            maker=one.pk,
            levels=["高级"],
            field="财税",
            since=date(2020, 1, 10),
            fee=_money("80.5"),
        ),
        third=ware(
            "丙证书", batch="2", maker=two.pk, field="财税", since=date(2021, 1, 10), fee=_money("1000")
        ),
        fourth=ware("丁证书"),
    )


def _money(text: str):
    from decimal import Decimal

    return Decimal(text).quantize(Decimal("0.01"))
