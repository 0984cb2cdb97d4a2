"""A small library of entries, written through the indexer, and the engines that must all treat it alike."""

from datetime import date

import pytest

from search import index
from search.entries import Entry
from search.scope import Scope

ORG = frozenset({"org:7"})


def library() -> list[Entry]:
    """Entries in our own words: public ones, one of an organisation, one with a record that can be denied."""
    return [
        Entry(
            "notice",
            "notice:1",
            "示例省教育厅关于推荐1+X证书制度试点专家的通知",
            "示教函〔2022〕15号\n各院校请于本月底前报送推荐表。专家须熟悉职业技能等级标准。",
            "/notices/1/",
            date(2022, 4, 6),
            {"issuer": "示例省教育厅", "validity": "有效"},
        ),
        Entry(
            "notice",
            "notice:2",
            "示例省教育厅办公室关于开展培训的通知",
            "示教办函[2023]15 号 培训面向试点院校教师，重点是Ｘ证书考核；ICT类证书另行安排。",
            "/notices/2/",
            date(2023, 5, 8),
            {"issuer": "示例省教育厅办公室", "validity": "废止"},
        ),
        Entry(
            "policy",
            "policy:1",
            "示例学院证书管理办法",
            "第一章 总则\n第一条 学院设立评价中心。第二条 １＋Ｘ证书的考核由评价中心组织。",
            "/policies/1/",
            date(2022, 9, 1),
            {"issuer": "示例学院"},
        ),
        Entry(
            "record",
            "record:1",
            "示例甲评价组织",
            "建筑信息模型（BIM）职业技能等级证书",
            "/registers/evaluation-organisations/PJ-0001/",
            None,
            {"register": "培训评价组织", "region": "示例市"},
            record_id=101,
        ),
        Entry(
            "record",
            "record:2",
            "示例专家甲的推荐草稿",
            "机密推荐材料",
            "/desk/2/",
            date(2021, 1, 2),
            {"register": "专家推荐", "region": "示例县"},
            audience=ORG,
            record_id=102,
        ),
    ]


@pytest.fixture(params=["sqlite-fts5", "orm"])
def engine(request: pytest.FixtureRequest, settings) -> str:
    """Each test that takes it runs once per engine."""
    settings.SEARCH_ENGINE = request.param
    return request.param


@pytest.fixture
def entries(db) -> list[Entry]:
    """The library, indexed."""
    given = library()
    index.update(given)
    return given


@pytest.fixture
def public() -> Scope:
    """What anybody may see."""
    return Scope.public()
