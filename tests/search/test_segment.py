"""The segmenter: the same answer for every way of writing, and tokens in a row are a substring."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import segment

WRITTEN = st.text(alphabet="推荐专家证书制度试点第号年1２3+＋xXａ 、。（)〔]-\n\"'", max_size=40)
ANYTHING = st.text(max_size=200)


def found(query: str, text: str) -> bool:
    """Whether the query's tokens stand in a row among the text's, the last one perhaps going on."""
    wanted, there = segment.query_tokens(query), segment.index_tokens(text)
    prefix = bool(wanted) and wanted[-1].endswith(segment.PREFIX)
    wanted = [token.removesuffix(segment.PREFIX) for token in wanted]

    def fits(row: list[str]) -> bool:
        last = row[-1].startswith(wanted[-1]) if prefix else row[-1] == wanted[-1]
        return row[:-1] == wanted[:-1] and last

    rows = (there[i : i + len(wanted)] for i in range(len(there) - len(wanted) + 1))
    return bool(wanted) and any(fits(row) for row in rows)


@pytest.mark.parametrize(
    "text, tokens",
    [
        ("推荐专家3名", ["推荐", "荐专", "专家", "家", "3", "名"]),
        ("1+X证书", ["1+x", "证书", "书"]),
        ("１ ＋ Ｘ", ["1+x"]),
        ("C++与ICT", ["c++", "与", "ict"]),
        ("二○二三年", ["二〇", "〇二", "二三", "三年", "年"]),
        ("！？——", []),
        ("", []),
    ],
)
def test_what_becomes_of_a_text(text: str, tokens: list[str]) -> None:
    assert segment.index_tokens(text) == tokens


@pytest.mark.parametrize(
    "number",
    [
        "示教函〔2022〕15号",
        "示教函[2022]15号",
        "示教函（2022）15号",
        "示教函(2022)15号",
        "示教函【2022】15号",
        "示教函［２０２２］１５号",
        "示教函﹝2022﹞ 15 号",
        "示教函 〔2022〕 第15号",
    ],
)
def test_a_document_number_is_the_same_in_any_brackets(number: str) -> None:
    assert segment.query_tokens(number) == segment.query_tokens("示教函〔2022〕15号")
    assert segment.normalise(number) == "示教函〔2022〕15号"


@pytest.mark.parametrize("word", ["专", "专家", "荐专家", "推荐专家3", "3名", "家3名", "名", "3"])
def test_every_part_of_a_run_is_found_in_it(word: str) -> None:
    assert found(word, "请推荐专家3名。")


@pytest.mark.parametrize("word", ["家专", "专名", "家名", "33", "x"])
def test_what_does_not_stand_there_is_not_found(word: str) -> None:
    assert not found(word, "请推荐专家3名，1+X证书。")


@settings(deadline=None)
@given(WRITTEN, st.data())
def test_a_substring_that_cuts_no_word_is_found(text: str, data: st.DataObject) -> None:
    text = segment.normalise(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    part = text[start:end]
    word = re.compile(r"[0-9a-z+]")
    cuts = any(
        0 < at < len(text) and word.match(text[at - 1]) and word.match(text[at]) for at in (start, end)
    )
    # A bracket or a plus sign at the edge of the part may have joined what no longer joins when it stands alone.
    joined = re.search(r"[〔\[(【{<〈)\]〕】}>〉]|\+", part)
    if not cuts and not joined and segment.query_tokens(part):
        assert found(part, text)


@settings(deadline=None)
@given(WRITTEN)
def test_the_pattern_finds_what_the_tokens_find(text: str) -> None:
    folded = segment.fold(text)
    for part in re.findall(r"[^\s+]+", folded):
        if segment.query_tokens(part) and found(part, folded):
            assert re.search(segment.pattern(part), folded)


@settings(deadline=None)
@given(ANYTHING)
def test_any_string_is_segmented(text: str) -> None:
    for token in segment.index_tokens(text):
        assert token and " " not in token and "*" not in token and '"' not in token and len(token) <= 64
    assert segment.index_tokens(segment.normalise(text)) == segment.index_tokens(text)


@settings(deadline=None)
@given(ANYTHING)
def test_width_and_case_make_no_difference(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert segment.index_tokens(wide) == segment.index_tokens(text)
    narrow = "".join(c for c in text if c.isascii())
    assert segment.index_tokens(narrow.upper()) == segment.index_tokens(narrow.lower())


def test_lone_surrogates_and_nul_only_separate() -> None:
    assert segment.index_tokens("专\ud800家\x00书") == ["专家", "家书", "书"]
    assert segment.index_tokens("a\ud800b\x00c") == ["a", "b", "c"]
    assert segment.index_tokens("1\u200b+\ufeffx") == ["1+x"]
