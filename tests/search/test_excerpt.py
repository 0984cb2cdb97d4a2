"""Excerpts: safe, short, and where the words are."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.excerpt import LENGTH, Highlighter
from search.language import parse


def passage(q: str, text: str) -> str:
    return str(Highlighter(parse(q)).passage(text))


@pytest.mark.parametrize(
    "q, text, marked",
    [
        ("专家", "推荐专家三名", ["专家"]),
        ("1+X", "推进１ ＋ Ｘ试点", ["１ ＋ Ｘ"]),
        ("x", "1+X与X证书", ["X"]),
        ("示教函[2022]15号", "依据示教函〔2022〕第 15 号文", ["示教函〔2022〕第 15 号"]),
        ("〔2022〕15号", "依据示教函（2022）１５号文", ["2022）１５号"]),
        ("证书 专家", "专家与证书", ["专家", "证书"]),
        ("“试点院校”", "试点\n院校", ["试点 院校"]),
        ("2022", "⑴于2022年…2022", ["2022", "2022"]),
        ("Straße", "STRASSE", ["STRASSE"]),
        ("没有", "推荐专家", []),
        ("-专家", "推荐专家", []),
    ],
)
def test_the_words_found_are_marked_as_they_are_written(q: str, text: str, marked: list[str]) -> None:
    assert re.findall("<mark>(.*?)</mark>", passage(q, text)) == marked


def test_the_best_passage_has_most_of_the_words() -> None:
    text = "推荐一次。" + "无关的话。" * 60 + "专家推荐表由院校报送。" + "无关的话。" * 60
    html = passage("专家 推荐 院校", text)
    assert html.startswith("…<mark>专家</mark><mark>推荐</mark>表由<mark>院校</mark>")
    assert html.endswith("…")
    assert len(re.sub("<.*?>", "", html)) <= LENGTH + 2


def test_without_a_word_found_it_is_the_beginning() -> None:
    assert passage("专家", "无关的话。" * 60) == ("无关的话。" * 60)[:LENGTH] + "…"


def test_markup_in_the_text_stays_text() -> None:
    html = passage("专家 script", "<script>alert('专家')</script> & <mark>")
    assert "<script" not in html and "&lt;<mark>script</mark>&gt;" in html
    assert "<mark>专家</mark>" in html and "&amp; &lt;mark&gt;" in html


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=400))
def test_no_text_and_no_query_break_an_excerpt(q: str, text: str) -> None:
    html = passage(q, text)
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare and ">" not in bare
    assert html.count("<mark>") == html.count("</mark>")
