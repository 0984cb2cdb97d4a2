"""The best passage of a text, with the words found marked."""

import re
import unicodedata

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search import segment
from search.language import Query

LENGTH = 110
"""Characters of a passage."""

LEAD = 24
"""Characters shown before the first word found, when its sentence began further off."""

READ = 200_000
"""Characters of a body that are looked through."""

_SENTENCE_END = re.compile(r"[。！？；\n]\s*")
_SPACES = re.compile(r"\s+")


class Highlighter:
    """Marks the wanted terms of one query in as many texts as asked."""

    def __init__(self, query: Query) -> None:
        """Longer terms come first, so that a term inside another one does not break its mark."""
        patterns = sorted({segment.pattern(term.text) for term in query.wanted}, key=len, reverse=True)
        self._found = re.compile("|".join(f"({p})" for p in patterns if p) or r"(?!)")

    def whole(self, text: str) -> SafeString:
        """All of `text`, escaped, words marked."""
        text = _SPACES.sub(" ", text).strip()
        return _marked(text, self._spans(text), 0, len(text))

    def passage(self, text: str) -> SafeString:
        """Up to LENGTH characters of `text` where most of the terms stand, from the beginning of a sentence."""
        text = text[:READ]
        spans = self._spans(text)
        if not spans:
            end = min(len(text), LENGTH)
            return _marked(text, [], 0, end)
        start = _opening(text, _densest(spans))
        end = min(len(text), start + LENGTH)
        start = max(0, min(start, end - LENGTH)) if end == len(text) else start
        return _marked(text, spans, start, end)

    def _spans(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, which term) of every word found, in order."""
        folded, at = _folded(text)
        return [
            (at[m.start()], at[m.end() - 1] + 1, m.lastindex or 0)
            for m in self._found.finditer(folded)
            if m.end() > m.start()
        ]


def _folded(text: str) -> tuple[str, range | list[int]]:
    """`segment.fold(text)` and, for each of its characters, the place in `text` that it comes from."""
    folded = segment.fold(text)
    if len(folded) == len(text) and unicodedata.is_normalized("NFC", text):
        return folded, range(len(text))
    pieces = [segment.fold(character) for character in text]
    return "".join(pieces), [i for i, piece in enumerate(pieces) for _ in piece]


def _densest(spans: list[tuple[int, int, int]]) -> int:
    """Where the LENGTH characters begin that hold the most different terms, then the most words; the first such."""
    best, best_start, right = (0, 0), spans[0][0], 0
    for left, (start, _, _) in enumerate(spans):
        right = max(right, left)
        while right < len(spans) and spans[right][1] <= start + LENGTH - LEAD:
            right += 1
        inside = spans[left:right] or [spans[left]]
        value = (len({which for _, _, which in inside}), len(inside))
        if value > best:
            best, best_start = value, start
    return best_start


def _opening(text: str, found: int) -> int:
    """Where to begin showing: at the sentence of the word found, or LEAD characters before it."""
    earliest = max(0, found - LEAD)
    if earliest == 0:
        return 0
    return max((end.end() for end in _SENTENCE_END.finditer(text, earliest, found)), default=earliest)


def _marked(text: str, spans: list[tuple[int, int, int]], start: int, end: int) -> SafeString:
    """text[start:end] as HTML, with an ellipsis where it is cut."""
    pieces = ["…"] if start else []
    at = start
    for left, right, _ in spans:
        if right <= at or left >= end:
            continue
        left, right = max(left, at), min(right, end)
        pieces += [_plain(text[at:left]), "<mark>", _plain(text[left:right]), "</mark>"]
        at = right
    pieces.append(_plain(text[at:end]))
    if end < len(text):
        pieces.append("…")
    return mark_safe("".join(pieces))  # every piece of the text went through escape()


def _plain(text: str) -> str:
    return escape(_SPACES.sub(" ", text))
