"""Where apps say what can be found. Each registers its sources in its AppConfig.ready()."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from search.entries import Entry


class Source(Protocol):
    """Gives the entries of one kind of thing. Keys begin with the name it is registered under and a colon."""

    def all(self) -> Iterable[Entry]:
        """Every entry there is now."""

    def entries(self, keys: Sequence[str]) -> Iterable[Entry]:
        """The entries of `keys`; a key that is gone, or is no longer to be found, is left out."""


_sources: dict[str, Source] = {}


def register_source(name: str, source: Source) -> None:
    """Makes `source` known; a second one of the same name takes its place."""
    _sources[name] = source


def unregister_source(name: str) -> None:
    """Forgets the source; nothing happens if it is not known."""
    _sources.pop(name, None)


def sources() -> dict[str, Source]:
    """The registered sources by name."""
    return dict(_sources)


def entries_for(keys: Sequence[str]) -> Iterator[Entry]:
    """The entries of `keys` from the sources they belong to; a key of no registered name is put to all of them."""
    by_source: dict[str, list[str]] = {}
    for key in keys:
        prefix = key.partition(":")[0]
        for name in [prefix] if prefix in _sources else _sources:
            by_source.setdefault(name, []).append(key)
    for name, wanted in by_source.items():
        yield from _sources[name].entries(wanted)
