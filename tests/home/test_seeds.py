"""The real documents import with every field right. They lie beside the project, not in it."""

from datetime import date

import pytest

from home.importer import NoticeTree


def paths(tree: NoticeTree) -> list[str]:
    return [clause.path for clause in tree.clauses]


def days(tree: NoticeTree, anchor: str) -> list[date]:
    return [found.date for found in tree.dates if found.anchor == anchor]


def values(tree: NoticeTree, kind: str) -> set[str]:
    return {contact.value for contact in tree.contacts if contact.kind == kind}


@pytest.mark.clause("HN20-43")
def test_hunan_2020_has_its_head_and_says_that_it_has_no_number(seeds):
    tree = seeds["HN20"]
    assert tree.title == "关于做好2020年湖南省第三批1+X证书制度试点申报工作的通知"
    assert (tree.number, tree.number_as_written) == (None, None)
    assert any("发文字号" in problem for problem in tree.problems)
    assert tree.issuer == "湖南省教育厅"
    assert tree.date == date(2020, 5, 21)
    assert tree.addressees == ["各市州教育（体）局", "各有关院校", "有关培训评价组织"]
    assert tree.disclosure is None
    assert tree.attachments == tree.copies == tree.tables == []


def test_hunan_2020_has_its_clauses_in_order(seeds):
    tree = seeds["HN20"]
    assert paths(tree) == [
        *("一", "二", "二1", "二2", "二3", "二4"),
        *("三", "三1", "三2", "三3", "三4", "四", "四1", "四2", "四3"),
    ]
    assert {clause.level for clause in tree.clauses} == {1, 2}
    assert "拟在湘试点的证书工作方案须加盖培训评价组织公章" in tree.clauses[7].text
    assert "汇总审核后提交我厅审核备案" in tree.clauses[9].text


def test_hunan_2020_dates_take_the_year_of_the_document(seeds):
    tree = seeds["HN20"]
    assert days(tree, "c3-1") == [date(2020, 5, 29), date(2020, 6, 5)]
    assert days(tree, "c3-3") == [date(2020, 6, 12), date(2020, 6, 19)]
    assert len(tree.dates) == 4


@pytest.mark.clause("HN20-42")
def test_hunan_2020_contacts_are_private(seeds):
    tree = seeds["HN20"]
    assert {c.kind for c in tree.contacts} == {"person", "phone", "email", "qq", "address"}
    assert all(contact.private for contact in tree.contacts)
    assert len(values(tree, "phone")) == 2 and len(values(tree, "person")) == 1


@pytest.mark.clause("HN22-01")
def test_hunan_2022_has_its_head(seeds):
    tree = seeds["HN22"]
    assert tree.title == "关于做好2022年湖南省1+X证书制度试点工作的通知"
    assert tree.number == "湘教通〔2022〕80号"
    assert tree.issuer == "湖南省教育厅"
    assert tree.date == date(2022, 4, 15)
    assert tree.disclosure == "主动公开"
    assert tree.attachments == ["院校试点信息统计表", "2022年职业技能等级证书试点方案（格式）"]
    assert tree.problems == []


def test_hunan_2022_has_the_clauses_of_body_and_attachments(seeds):
    tree = seeds["HN22"]
    assert paths(tree) == [
        *("一", "二", "三", "四", "四（一）", "四（二）", "四（三）", "四（四）", "四（五）"),
        *("五", "五（一）", "五（二）", "五（三）", "五（四）", "五（五）", "六"),
        *(f"附件1/{n}" for n in range(1, 7)),
        *("附件2/一", "附件2/一1", "附件2/一2", "附件2/一3", "附件2/一4"),
        *("附件2/二", "附件2/二1", "附件2/二2", "附件2/三", "附件2/三1", "附件2/三2"),
        *("附件2/四", "附件2/四1", "附件2/四2", "附件2/四3", "附件2/五", "附件2/五1", "附件2/五2"),
        *("附件2/六", "附件2/六1", "附件2/六2", "附件2/六3", "附件2/七"),
    ]
    by_anchor = {clause.anchor: clause.text for clause in tree.clauses}
    assert "所在市州教育（体）局审核、省教育厅备案" in by_anchor["c4-4"]
    assert "mailto" not in "".join(by_anchor.values())
    assert "8:00-12:00" in by_anchor["f2-c2-2"]


def test_hunan_2022_dates_have_both_ends_of_the_window(seeds):
    found = [(d.date.month, d.date.day) for d in seeds["HN22"].dates]
    assert found == [(4, 14), (4, 28), (4, 28), (5, 28)]
    assert {d.date.year for d in seeds["HN22"].dates} == {2022}
    assert {d.anchor for d in seeds["HN22"].dates} == {"c4-2"}


def test_hunan_2022_form_keeps_head_fields_and_both_blocks(seeds):
    fields, earlier, new, signed = (table.rows for table in seeds["HN22"].tables)
    assert [row[0::2] for row in fields] == [["院校名称"], ["院校试点负责人", "联系电话"]]
    assert earlier[0] == ["已有试点信息"]
    assert earlier[1] == [
        *("试点批次", "试点证书", "等级", "试点规模（人）", "完成考核数（人）"),
        *("应支付考核费用（万元）", "已支付考核费用（万元）"),
    ]
    assert [row[0] for row in earlier[2:]] == ["（可加行）", "合计"]
    assert new[:2] == [["新申报试点信息"], ["申请试点证书", "申请试点等级", "申请试点规模（人）"]]
    assert [row[0] for row in signed] == ["院校意见", "签名", "盖章", "日期"]


@pytest.mark.clause("HN22-27")
def test_hunan_2022_contacts_are_private(seeds):
    tree = seeds["HN22"]
    assert len(values(tree, "qq")) == 2
    assert len(values(tree, "phone")) == 2
    assert len(values(tree, "person")) == 2
    assert len(values(tree, "email")) == 1
    assert all(contact.private for contact in tree.contacts)


@pytest.mark.clause("YN23-33")
def test_yunnan_2023_has_its_head_and_says_what_is_missing(seeds):
    tree = seeds["YN23"]
    assert tree.title == "云南省教育厅关于做好2023年“1+X”证书试点工作的通知"
    assert tree.number is None and tree.date is None
    assert any("发文字号" in p for p in tree.problems) and any("成文日期" in p for p in tree.problems)
    assert tree.issuer == "云南省教育厅"
    assert tree.addressees == ["各州、市教育体育局", "各高等学校", "省属中等职业学校"]
    assert tree.disclosure == "公开发布"
    assert [name[-3:] for name in tree.attachments] == ["申请表", "推荐表", "汇总表"]


def test_yunnan_2023_has_four_levels(seeds):
    tree = seeds["YN23"]
    assert paths(tree) == [
        *("一", "一（一）", "一（二）", "一（二）1", "一（二）2", "一（三）", "一（三）1", "一（三）1（1）"),
        *("一（三）1（2）", "一（三）2", "一（三）3", "一（三）4", "二", "三", "三（一）", "三（一）1"),
        *("三（一）2", "三（一）3", "三（二）", "四", "四（一）", "四（二）", "四（二）1", "四（二）2"),
        *("四（二）3", "四（二）4", "四（二）5", "四（三）", "四（三）1", "四（三）2", "四（三）3"),
        *("五", "五（一）", "五（二）", "五（三）"),
    ]
    by_path = {clause.path: clause for clause in tree.clauses}
    assert by_path["四（三）1"].anchor == "c4-3-1"
    assert by_path["一（三）1（2）"].level == 4
    assert "能完成培训考核的指标数" in by_path["一（二）1"].text


def test_yunnan_2023_dates(seeds):
    tree = seeds["YN23"]
    assert days(tree, "c1-2-1") == [date(2023, 12, 31)]
    assert days(tree, "c1-3-2") == [date(2023, 3, 8), date(2023, 3, 20)]
    for anchor in ("c1-3-3", "c2", "c3-2", "c4-3-2"):
        assert days(tree, anchor) == [date(2023, 3, 22)]
    assert len(tree.dates) == 7


def test_yunnan_2023_contacts_are_private(seeds):
    tree = seeds["YN23"]
    assert len(values(tree, "person")) == 4
    assert len(values(tree, "phone")) == 4
    assert len(values(tree, "email")) == 1
    assert all(contact.private for contact in tree.contacts)
    assert {contact["private"] for contact in tree.as_json()["contacts"]} == {True}


def test_the_demonstration_notices_copy_no_sentence_of_the_real_ones(seeds):
    from home import demo

    run = 24
    shared = real_texts()
    grams = {text[i : i + run] for text in shared for i in range(len(text) - run + 1)}
    for key in (*demo.NOTICES, *demo.POLICIES, demo.ROUND):
        text = "".join(demo.text_of(key, date(2026, 3, 2)).split())
        copied = [text[i : i + run] for i in range(len(text) - run + 1) if text[i : i + run] in grams]
        assert copied == [], key


def real_texts() -> list[str]:
    """The real texts without white space."""
    from pathlib import Path

    folder = Path(__file__).resolve().parents[3] / "shared" / "seeds"
    return ["".join(path.read_text(encoding="utf-8").split()) for path in folder.glob("*.txt")]


def test_the_demonstration_keeps_the_numbering_of_the_real_ones(seeds):
    from home import demo
    from home.importer import parse_text

    for key, name in (("HN20", "hunan-2020"), ("HN22", "hunan-2022"), ("YN23", "yunnan-2023")):
        assert paths(parse_text(demo.text_of(name))) == paths(seeds[key])
