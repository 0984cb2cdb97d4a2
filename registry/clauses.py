"""Clause references are resolved by whoever keeps the documents: `home` registers a resolver here."""

from collections.abc import Callable
from dataclasses import dataclass

from registry.definition import ClauseRef


@dataclass(frozen=True)
class ResolvedClause:
    """Where a clause stands: its address, a line of its text, and its document's title."""

    url: str
    text: str
    title: str


_resolvers: list[Callable[[ClauseRef], ResolvedClause | None]] = []


def register_resolver(resolver: Callable[[ClauseRef], ResolvedClause | None]) -> None:
    if resolver not in _resolvers:
        _resolvers.append(resolver)


def resolve(ref: ClauseRef | dict | None) -> ResolvedClause | None:
    """The first answer of the resolvers, or None where no published document holds the clause."""
    if ref is None:
        return None
    ref = ClauseRef(**ref) if isinstance(ref, dict) else ref
    return next((found for resolver in _resolvers if (found := resolver(ref))), None)
