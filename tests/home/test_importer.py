"""Documents as offices send them: broken lines, half-width brackets, page numbers, Word files."""

from datetime import date
from io import BytesIO

import docx
import pytest

from home.importer import Unreadable, parse_blocks, parse_text, read_blocks, read_document
from home.importer.typography import normal_number
from tests.home.conftest import DOCUMENTS


def paths(tree) -> list[str]:
    return [clause.path for clause in tree.clauses]


@pytest.mark.clause("SX20-01")
def test_an_office_letter_keeps_recipients_copies_and_date(letter):
    assert letter.title == "关于印发《示例省1+X证书制度试点工作2020年任务清单》的函"
    assert letter.number == "项目办函〔2020〕3号"
    assert letter.issuer == "示例省“1+X”证书制度试点工作项目办公室"
    assert letter.date == date(2020, 5, 8)
    assert letter.addressees == [
        *("各设区市教育局", "杨凌示范区", "西咸新区教育局", "韩城市", "神木市", "府谷县教育局"),
        *("各试点院校", "各培训评价组织"),
    ]
    assert letter.copies == ["示例省教育厅", "示例省人力资源和社会保障厅", "各有关单位"]
    assert letter.attachments == ["示例省1+X证书制度试点工作2020年任务清单"]
    assert ["落款" in problem for problem in letter.problems] == [True]


def test_tasks_numbered_through_four_headings_stay_under_their_headings(letter):
    tasks = [c for c in letter.clauses if c.level == 2 and c.marker[0].isdigit()]
    assert [int(c.marker[:-1]) for c in tasks] == list(range(1, 23))
    assert [c.path for c in tasks][:6] == [
        *("附件1/一1", "附件1/一2", "附件1/一3", "附件1/一4", "附件1/二5", "附件1/二6"),
    ]
    assert tasks[-1].anchor == "f1-c4-22"
    assert paths(letter)[-2:] == ["附件1/四（一）", "附件1/四（二）"]
    assert [c.text for c in letter.clauses if c.level == 3] == ["组织实施人员;", "评价监测专家。"]
    assert "《关于成立工作组的通知》" in tasks[0].text
    assert tasks[13].text == "多方分担。"  # the page number after it is gone


def test_dates_of_the_letter_have_their_times(letter):
    assert [(d.date, d.time) for d in letter.dates] == [
        (date(2020, 6, 30), ""),
        (date(2020, 9, 15), "17:00"),
        (date(2020, 11, 3), "9:30"),
        (date(2020, 11, 5), "8:00-12:00"),
    ]


@pytest.mark.clause("HB22-01")
def test_measures_under_a_covering_letter_keep_chapters_and_articles(measures):
    assert measures.title == "关于印发《示例职业技术学院1+X证书制度试点工作管理办法》的通知"
    assert measures.number == "示职院发〔2022〕22号"
    assert measures.number_as_written == "示职院发〔2022〕 22号"
    assert measures.issuer == "示例职业技术学院"
    assert measures.date == date(2022, 11, 24)
    assert measures.addressees == ["各单位", "各部门"]
    assert measures.source_title == "示例职业技术学院1+X证书制度试点工作管理办法"
    assert paths(measures) == [
        *("第一章", "第一章第一条", "第一章第二条", "第二章", "第二章第三条", "第二章第四条"),
        *("第二章第五条", "第二章第五条（一）", "第二章第五条（二）", "第三章", "第三章第六条"),
        *("第三章第六条（一）", "第三章第六条（一）1", "第三章第六条（一）2", "第三章第六条（二）"),
        *("第三章第七条", "第三章第七条1", "第三章第七条2", "第三章第七条2（1）", "第三章第七条2（2）"),
        *("第四章", "第四章第八条", "第四章第九条"),
    ]
    assert measures.clauses[12].anchor == "c3-6-1-1"
    assert [problem for problem in measures.problems if "序号" in problem] == []


def test_an_article_cited_at_a_line_break_opens_no_clause(measures):
    first = measures.clauses[1]
    assert "第三条规定的办法" in first.text and "示职院发[2018]19号" in first.text


def test_a_yearly_date_is_no_key_date(measures):
    assert measures.dates == []


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("湖工职院发〔2022〕 22号", "湖工职院发〔2022〕22号"),
        ("湖工职院发[2018]19号", "湖工职院发〔2018〕19号"),
        ("鄂教职成办【2020】7 号", "鄂教职成办〔2020〕7号"),
        ("教职成厅函（2019）019号", "教职成厅函〔2019〕19号"),
        ("二〇二〇年第七号", None),
    ],
)
@pytest.mark.clause("HN22-01")
def test_document_numbers_are_made_regular(written, normal):
    assert normal_number(written) == normal


def test_levels_are_depths_in_this_document():
    tree = parse_text(
        "关于填报的通知\n各校：\n请办理：\n(一)先填\n1.姓名\n（二）后交\n示例大学\n2024年1月2日\n"
    )
    assert [(c.level, c.path, c.anchor) for c in tree.clauses] == [
        (1, "（一）", "c1"),
        (2, "（一）1", "c1-1"),
        (1, "（二）", "c2"),
    ]


def test_a_repeated_number_gets_an_anchor_of_its_own_and_a_remark():
    tree = parse_text("关于填报的通知\n各校：\n一、甲\n二、乙\n二、丙\n示例大学\n2024年1月2日\n")
    assert [c.anchor for c in tree.clauses] == ["c1", "c2", "c2-2"]
    assert any("不止一次" in problem for problem in tree.problems)


def test_a_range_over_new_year_ends_in_the_next_year():
    tree = parse_text("关于填报的通知\n各校：\n一、时间为2022年12月20日至1月5日。\n示例大学\n2022年12月1日\n")
    assert [d.date for d in tree.dates] == [date(2022, 12, 20), date(2023, 1, 5)]


def test_chinese_numerals_make_a_date():
    tree = parse_text("关于填报的通知\n各校：\n一、甲。\n示例大学\n二〇二〇年五月八日\n")
    assert tree.date == date(2020, 5, 8)


def test_rubbish_is_no_error():
    for text in ("", "\n\n\n", "一、", "：：：", "（", "附件", "第条", "2022年13月45日", "a" * 5000):
        assert parse_text(text).problems


def make_docx(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=2)
    for cell, word in zip(
        [c for row in table.rows for c in row.cells], ["学校", "人数", "甲校", "30"], strict=True
    ):
        cell.text = word
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_file_gives_the_same_as_its_text(letter):
    content = make_docx((DOCUMENTS / "letter.txt").read_text(encoding="utf-8"))
    tree = parse_blocks(read_blocks(content, "letter.docx"))
    assert [(c.path, c.text) for c in tree.clauses] == [(c.path, c.text) for c in letter.clauses]
    assert tree.number == letter.number and tree.addressees == letter.addressees
    assert [table.rows for table in tree.tables] == [[["学校", "人数"], ["甲校", "30"]]]


def test_word_numbers_paragraphs_itself():
    document = docx.Document()
    document.add_paragraph("关于填报的通知")
    document.add_paragraph("各校：")
    for text in ("先填报。", "后审核。"):
        document.add_paragraph(text, style="List Number")
    stream = BytesIO()
    document.save(stream)
    tree = parse_blocks(read_blocks(stream.getvalue(), "numbered.docx"))
    assert [(c.marker, c.text) for c in tree.clauses] == [("1.", "先填报。"), ("2.", "后审核。")]


def test_text_in_gb18030_is_read(tmp_path):
    file = tmp_path / "旧.txt"
    file.write_bytes((DOCUMENTS / "measures.txt").read_text(encoding="utf-8").encode("gb18030"))
    assert read_document(file).number == "示职院发〔2022〕22号"


@pytest.mark.parametrize(("name", "content"), [("a.docx", b"PK\x03\x04 broken"), ("a.pdf", b"%PDF-1.7")])
def test_what_cannot_be_read_is_said_in_a_sentence(name, content):
    with pytest.raises(Unreadable, match="文件“"):
        read_blocks(content, name)
