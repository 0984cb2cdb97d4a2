"""Finds the published clause that a reference {document, path, id} means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from home.importer.markers import numbers_of
from home.masking import Mask
from home.models import Clause, Contact, OfficialPage
from registry.clauses import ResolvedClause

if TYPE_CHECKING:
    from registry.definition import ClauseRef

#: Kinds that a citation may leave out above an article: 第七条 is 第二章第七条.
GROUPING = ("part", "chapter", "clause_section")
LONGEST = 200  # characters of a clause's text shown with a citation


def resolve(ref: ClauseRef) -> ResolvedClause | None:
    """The clause's address, text (private contacts masked) and document title; None if not published here.

    Without a path the whole document is meant. Brackets, spaces and what an article's chapter adds may differ.
    """
    if not ref.document:
        return None
    page = OfficialPage.objects.live().public().filter(document_key=ref.document).first()
    if page is None:
        return None
    url = page.get_url()
    if not ref.path:
        return ResolvedClause(url=url or "", text=page.title, title=page.title)
    clause = find_clause(page, ref.path)
    if clause is None or url is None:
        return None
    mask = Mask.of_contacts(Contact.objects.filter(page=page))
    text = mask(clause.text)
    if len(text) > LONGEST:
        text = text[:LONGEST] + "……"
    return ResolvedClause(url=f"{url}#{clause.anchor}", text=text, title=page.title)


def find_clause(page: OfficialPage, path: str) -> Clause | None:
    """The clause of `page` that `path` means: written the same; else the same numbers; else the only one that
    has the same numbers without chapters, or the same first and last marker."""
    exact = Clause.objects.filter(page=page, path=path).order_by("sort_order").first()
    if exact:
        return exact
    section, wanted = numbers_of(path)
    if not wanted:
        return None
    clauses = [(clause, *numbers_of(clause.path)) for clause in Clause.objects.filter(page=page)]
    numbers = [number for _, number in wanted]
    tests = (
        lambda s, parts: s == section and parts == wanted,
        lambda s, parts: s == section and _plain(parts) == _plain(wanted),
        lambda s, parts: s == section and [n for _, n in _plain(parts)] == numbers,
        lambda s, parts: not section and [n for _, n in _plain(parts)] == numbers,
        lambda s, parts: (
            s == section
            and len(parts) > 1
            and len(wanted) > 1
            and (parts[0], parts[-1]) == (wanted[0], wanted[-1])
        ),
    )
    for test in tests:
        found = [clause for clause, s, parts in clauses if test(s, parts)]
        if len(found) == 1:
            return found[0]
    return None


def _plain(parts: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Without the chapters above an article."""
    if any(kind == "article" for kind, _ in parts):
        return tuple(part for part in parts if part[0] not in GROUPING)
    return parts
