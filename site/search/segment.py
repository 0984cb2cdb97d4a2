"""The one Chinese segmenter, used when indexing and when asking, by every engine.

Text becomes a stream of tokens in which **every Chinese character starts exactly one token**: the pair it makes
with the next character of its run, or itself when it ends the run. `推荐专家3名` gives
`推荐 荐专 专家 家 3 名`. Asking for consecutive tokens is then asking for a substring, on any engine that knows
positions, and also with a plain LIKE over the joined stream:

- a word of two or more characters is its pairs in a row (`专家` → `专家`),
- a single character, or a run of one at the end of a phrase, is the beginning of a token (`专*`), so single
  characters are found without indexing each of them a second time.

Runs of other letters and digits are kept whole, with a plus sign inside or behind (`1+x`, `c++`). All other signs
only separate: that is what makes `〔2022〕`, `[2022]`, `（2022）` and `2022` the same.
"""

import re
import unicodedata
from collections.abc import Iterator

TOKEN_LENGTH = 64
"""Longest token in characters; a longer run of letters is cut, alike in index and query."""

PREFIX = "*"
"""Ends a query token that may be the beginning of an indexed one; never part of an indexed token."""

CJK = (
    "\u3005-\u3007"  # 々〆〇
    "\u3040-\u30ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uac00-\ud7a3"  # hangul
    "\U00020000-\U0003ffff"
)
"""Characters written without spaces between words, as the inside of a character class."""

_OTHER = rf"(?:(?![{CJK}])[^\W_])"
_RUN = re.compile(rf"([{CJK}]+)|{_OTHER}+(?:\+{_OTHER}+)*\+*")
_PLUS = re.compile(rf"(?<={_OTHER})\s*\+\s*(?={_OTHER})")
_GAP = re.compile(rf"(?<=[{CJK}])\s+(?=[{CJK}])")
_BRACKETED_YEAR = re.compile(r"\s*[(\[〔【{<〈](\s*(?:19|20)\d\d\s*)[)\]〕】}>〉]\s*(?:第\s*)?(\d+)\s*(?=号)")
_NUMBER = re.compile(r"〔\d{4}〕\d+号")
_SIGNS = str.maketrans({"\u25cb": "〇", "\u25ef": "〇", "\u2010": "-", "\u2011": "-", "\u2212": "-"})
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_INVISIBLE = dict.fromkeys([0xAD, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)])


def fold(text: str) -> str:
    """`text` in one width and one case, control characters and lone surrogates as spaces.

    What has no width (soft hyphens, marks of direction, zero-width spaces) is left out. Never raises."""
    text = _CONTROLS.sub(" ", text).translate(_INVISIBLE)
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).casefold()
    return unicodedata.normalize("NFKC", text)


def normalise(text: str) -> str:
    """`fold(text)` with document numbers and plus signs written one way.

    `云教函 [2022] 第15 号` → `云教函〔2022〕15号`, `1 ＋ Ｘ` → `1+x`, so that neither breaks at a space.
    """
    text = _BRACKETED_YEAR.sub(lambda m: f"〔{m[1].strip()}〕{m[2]}", fold(text))
    return _PLUS.sub("+", text).strip()


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The runs of `normalise(text)` in order, each with whether it is a Chinese one.

    Spaces and line breaks between Chinese characters carry no meaning and do not end a run.
    """
    for match in _RUN.finditer(_GAP.sub("", normalise(text))):
        yield match[0], match[1] is not None


def index_tokens(text: str) -> list[str]:
    """The tokens to index for `text`, in reading order."""
    tokens: list[str] = []
    for run, chinese in runs(text):
        if chinese:
            tokens.extend(map(str.__add__, run, run[1:]))
            tokens.append(run[-1])
        else:
            tokens.append(run[:TOKEN_LENGTH])
    return tokens


def query_tokens(text: str) -> list[str]:
    """The tokens to look for in a row to find `text`; the last one may end in `PREFIX`. Empty for signs only."""
    pieces = list(runs(text))
    if not pieces:
        return []
    tokens = index_tokens(text)
    last, chinese = pieces[-1]
    if chinese and len(last) > 1:
        tokens.pop()  # the pair before it says the same and does not demand that the run end here
    elif chinese:
        tokens[-1] += PREFIX
    return tokens


def stream(text: str) -> str:
    """`index_tokens(text)` joined by spaces with one at each end, for engines that store text."""
    tokens = index_tokens(text)
    return f" {' '.join(tokens)} " if tokens else ""


def pattern(text: str) -> str:
    """A regular expression that finds, in folded text, what `query_tokens(text)` finds in its tokens."""
    pieces = []
    for run, chinese in runs(text):
        if chinese:
            pieces.append(r"\s*".join(run))
        else:
            word = r"\s*\+\s*".join(map(re.escape, run.split("+")))
            word = word if run.endswith("+") else rf"{word}(?!{_OTHER}|\+{_OTHER})"
            pieces.append(rf"(?<!{_OTHER})(?<!{_OTHER}\+){word}")
    between = r"[\W_]*(?:第\s*)?" if _NUMBER.search(normalise(text)) else r"[\W_]*"
    return between.join(pieces)
