"""Spaces, numerals and brackets of Chinese official text, made regular."""

from __future__ import annotations

import re

#: Characters beside which a space carries no meaning: Han, full-width punctuation, brackets, quotes.
WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2014\u2018\u2019\u201c\u201d\u2026\u00b7－"
DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "两": 2}

_BESIDE_WIDE = re.compile(rf"(?<=[{WIDE}])[ \t]+|[ \t]+(?=[{WIDE}])")
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\ufeff\u3000]+")
_NUMBER_PATTERN = (
    r"([\u4e00-\u9fff][\u4e00-\u9fffA-Za-z（）()\s]{0,24}?)\s*[〔\[［【(（﹝〈]\s*(\d{4})\s*[〕\]］】)）﹞〉]\s*第?\s*"
    r"(\d{1,5})\s*号"
)
NUMBER = re.compile(_NUMBER_PATTERN)


def tidy(text: str) -> str:
    """One line with regular spaces: none beside Chinese characters, one elsewhere; digits half-width."""
    text = _SPACES.sub(" ", text).strip().translate(DIGITS)
    return _BESIDE_WIDE.sub("", text)


def numeral(text: str) -> int | None:
    """The integer that `text` writes (12, 十二, 二十, 一百零三), or None."""
    text = text.strip().translate(DIGITS)
    if text.isdigit():
        return int(text)
    if not text or any(c not in NUMERALS and c not in "十百" for c in text):
        return None
    total, digit = 0, 0
    for char in text:
        if char == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = NUMERALS[char]
    return total + digit


def positional(text: str) -> int | None:
    """The integer that numerals written one by one make (二〇二〇 is 2020), or None."""
    if not text or any(c not in NUMERALS for c in text):
        return None
    return int("".join(str(NUMERALS[c]) for c in text))


def normal_number(text: str) -> str | None:
    """The 文号 in `text` as GB/T 9704 writes it (代字〔年〕序号, no leading zero), or None.

    >>> normal_number("湖工职院发[2018] 019号")
    '湖工职院发〔2018〕19号'
    """
    found = NUMBER.search(text.translate(DIGITS))
    if not found:
        return None
    word = re.sub(r"\s+", "", found.group(1))
    return f"{word}〔{found.group(2)}〕{int(found.group(3))}号"


def width(text: str) -> float:
    """Printed width in full-width characters (a half-width one counts a half)."""
    return sum(0.5 if ord(c) < 0x2E80 and c not in "“”‘’—…" else 1 for c in text)


def squeezed(text: str) -> str:
    """`text` without any white space, for comparing."""
    return _SPACES.sub("", text)
