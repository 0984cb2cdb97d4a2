"""What a person may type into the search box: words (all must occur), "phrases", -excluded words.

Anything else is a word or nothing; no string is an error.
"""

import re
from dataclasses import dataclass

from search import segment

QUERY_LENGTH = 400
"""Characters of a question that are read; a pasted page is cut, not refused."""

MAX_TERMS = 16
MAX_TOKENS = 96
"""Bounds on the work that one question can cause."""

_PIECE = re.compile(
    r"""(?P<minus>(?<!\S)-)?"""
    r"""(?:"(?P<straight>[^"]*)"|“(?P<curly>[^”]*)”|「(?P<corner>[^」]*)」|(?P<word>[^\s"“「,;、。/|]+))"""
)


@dataclass(frozen=True)
class Term:
    """One word or phrase: its normalised text and the tokens that must stand in a row."""

    text: str
    tokens: tuple[str, ...]
    phrase: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The tokens without the prefix sign."""
        return tuple(token.removesuffix(segment.PREFIX) for token in self.tokens)

    @property
    def prefix(self) -> bool:
        """Whether the last token may go on."""
        return self.tokens[-1].endswith(segment.PREFIX)


@dataclass(frozen=True)
class Query:
    """A question: every term of `wanted` must occur, none of `unwanted`. Without `wanted` nothing is found."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)


def parse(text: str) -> Query:
    """Reads what was typed. Never raises, whatever the string."""
    wanted: dict[tuple[str, ...], Term] = {}
    unwanted: dict[tuple[str, ...], Term] = {}
    budget = MAX_TOKENS
    for match in _PIECE.finditer(segment.normalise(text[: QUERY_LENGTH * 4])[:QUERY_LENGTH]):
        typed = match["word"]
        phrase = typed is None
        if phrase:
            typed = match["straight"] or match["curly"] or match["corner"] or ""
        tokens = tuple(segment.query_tokens(typed))[:budget]
        if not tokens:
            continue
        budget -= len(tokens)
        terms = unwanted if match["minus"] else wanted
        terms.setdefault(tokens, Term(typed.strip(), tokens, phrase))
        if budget <= 0 or len(wanted) + len(unwanted) >= MAX_TERMS:
            break
    return Query(tuple(wanted.values()), tuple(unwanted.values()))
