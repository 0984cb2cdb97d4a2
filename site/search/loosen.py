"""When a run of Chinese is nowhere in one piece: the pieces in which it does occur.

People write `院校专家推荐` without spaces. Where nothing holds that as it stands, it is read as `院校 专家 推荐`: from
the left, always the longest piece that the viewer can find, each of two characters or more. A run that cannot be
read so stays what it was, and so do phrases, document numbers and mixed runs: there nearly right is wrong.
"""

import dataclasses
from collections.abc import Callable

from search import segment
from search.language import Query, Term

LONGEST = 24
"""Characters of a run that is read again; also the bound on how often the engine is asked."""

PARTICLES = frozenset("的地得之与和及或在对于关")
"""Single characters that may stand between two pieces and need not be found."""


def loosened(query: Query, finds: Callable[[Query], bool]) -> Query | None:
    """`query` with long Chinese words in pieces; None when there is nothing to take apart.

    `finds(query)` tells whether the viewer finds anything; it is asked at most 2 × LONGEST times per query.
    """
    asked: dict[str, bool] = {}
    wanted: list[Term] = []

    def known(piece: str) -> bool:
        if piece not in asked and len(asked) < 2 * LONGEST:
            asked[piece] = finds(Query((_term(piece),)))
        return asked.get(piece, False)

    for term in query.wanted:
        pieces = _pieces(term.text, known) if _may_break(term) else None
        wanted += [_term(piece) for piece in pieces] if pieces else [term]
    if wanted == list(query.wanted):
        return None
    return dataclasses.replace(query, wanted=tuple(dict.fromkeys(wanted)))


def _may_break(term: Term) -> bool:
    if term.phrase:
        return False
    runs = list(segment.runs(term.text))
    return len(runs) == 1 and runs[0][1] and 4 <= len(runs[0][0]) <= LONGEST


def _pieces(text: str, known: Callable[[str], bool]) -> list[str] | None:
    """The text cut into known pieces from the left; None when that does not work out."""
    (run, _), *_ = segment.runs(text)
    pieces: list[str] = []
    at = 0
    while at < len(run):
        if run[at] in PARTICLES and (at + 1 == len(run) or _longest(run, at + 1, known)):
            at += 1
            continue
        end = _longest(run, at, known)
        if not end:
            return None
        pieces.append(run[at:end])
        at = end
    return pieces


def _longest(run: str, at: int, known: Callable[[str], bool]) -> int:
    """Where the longest known piece from `at` ends; 0 without one. A piece's beginnings are known if it is."""
    end = 0
    for stop in range(at + 2, len(run) + 1):
        if not known(run[at:stop]):
            break
        end = stop
    if end and end == len(run) - 1 and end - at > 2 and run[end] not in PARTICLES:
        end -= 1  # leave the last character company: 管理办|法 reads better as 管理|办法
    return end


def _term(piece: str) -> Term:
    return Term(piece, tuple(segment.query_tokens(piece)))
