"""Writing the index. What an app calls after it has changed something that can be found."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from django.db import DatabaseError, router, transaction

from search import registry, segment
from search.engines import active_engine
from search.entries import Entry
from search.models import SearchAudience, SearchEntry, SearchFacet

BATCH = 500
"""Entries written in one transaction: short enough that others do not wait for the lock."""

log = logging.getLogger(__name__)


def update(what: Iterable[str | Entry]) -> int:
    """Brings entries up to date: given as they are, or as keys, which are asked of their sources.

    A key whose source no longer gives an entry is removed. Returns how many entries were written; unchanged ones
    are not. Call it when the change is committed (`update_on_commit`), or it may index what is rolled back.
    """
    written = 0
    for batch in _batches(what):
        given = {item.key: item for item in batch if isinstance(item, Entry)}
        keys = list(dict.fromkeys(item for item in batch if isinstance(item, str)))
        # Read inside the transaction that writes: of two updates of one thing, the later one stores the later state.
        with transaction.atomic(using=_alias()):
            given |= {entry.key: entry for entry in registry.entries_for(keys)} if keys else {}
            written += _write(list(given.values()))
            _erase([key for key in keys if key not in given])
    return written


def remove(keys: Iterable[str]) -> int:
    """Takes entries out of the index; unknown keys are no error. Returns how many there were."""
    removed = 0
    for batch in _batches(keys):
        with transaction.atomic(using=_alias()):
            removed += _erase(batch)
    return removed


def update_on_commit(what: Iterable[str | Entry]) -> None:
    """`update` when the present transaction is committed. A failure is logged: what was saved stays saved."""
    transaction.on_commit(partial(update, list(what)), using=_alias(), robust=True)


def remove_on_commit(keys: Iterable[str]) -> None:
    """`remove` when the present transaction is committed. A failure is logged."""
    transaction.on_commit(partial(remove, list(keys)), using=_alias(), robust=True)


def rebuild(
    report: Callable[[str, int, bool], None] = lambda source, done, finished: None,
) -> tuple[int, int]:
    """Writes every source's entries and then drops what no source gave; searching goes on meanwhile.

    `report(source name, entries done so far, whether that is all)` is called after every batch. Returns (entries, dropped).
    """
    seen: set[str] = set()
    for name, source in registry.sources().items():
        done = 0
        for batch in _batches(source.all()):
            with transaction.atomic(using=_alias()):
                _write(batch, force=True)
            seen.update(entry.key for entry in batch)
            done += len(batch)
            report(name, done, False)
        report(name, done, True)
    dropped = remove([key for key in SearchEntry.objects.values_list("key", flat=True) if key not in seen])
    return len(seen), dropped


def _write(entries: Sequence[Entry], force: bool = False) -> int:
    """Stores those of `entries` that differ from what is stored, or all; inside a transaction."""
    entries = list({entry.key: entry for entry in entries}.values())
    stored = dict(SearchEntry.objects.filter(key__in=[e.key for e in entries]).values_list("key", "digest"))
    changed = [e for e in entries if force or stored.get(e.key) != e.digest()]
    if not changed:
        return 0
    rows = SearchEntry.objects.bulk_create(
        [_row(entry) for entry in changed],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=[f.name for f in SearchEntry._meta.fields if f.name not in ("id", "key")],
    )
    ids = [row.pk for row in rows]
    SearchAudience.objects.filter(entry__in=ids)._raw_delete(_alias())
    SearchFacet.objects.filter(entry__in=ids)._raw_delete(_alias())
    SearchAudience.objects.bulk_create(
        SearchAudience(entry_id=pk, token=token)
        for pk, entry in zip(ids, changed, strict=True)
        for token in sorted(entry.audience)
    )
    SearchFacet.objects.bulk_create(
        SearchFacet(entry_id=pk, name=name, value=_clean(value))
        for pk, entry in zip(ids, changed, strict=True)
        for name, value in entry.facet_pairs()
    )
    _tell_engine(lambda engine: engine.write(rows))
    return len(changed)


def _erase(keys: Sequence[str]) -> int:
    """Deletes these keys' entries; inside a transaction."""
    ids = list(SearchEntry.objects.filter(key__in=list(keys)).values_list("pk", flat=True)) if keys else []
    if ids:
        SearchAudience.objects.filter(entry__in=ids)._raw_delete(_alias())
        SearchFacet.objects.filter(entry__in=ids)._raw_delete(_alias())
        SearchEntry.objects.filter(pk__in=ids)._raw_delete(_alias())
        _tell_engine(lambda engine: engine.erase(ids))
    return len(ids)


def _tell_engine(act: Callable) -> None:
    """The entries are the truth: where the engine's own index cannot be written, `migrate` or a rebuild mends it."""
    try:
        with transaction.atomic(using=_alias()):
            act(active_engine())
    except DatabaseError:
        log.exception("搜索引擎的索引未能写入；请运行 manage.py rebuild_search。")


def _row(entry: Entry) -> SearchEntry:
    return SearchEntry(
        key=entry.key,
        kind=entry.kind,
        title=_clean(entry.title),
        body=_clean(entry.body),
        url=entry.url,
        date=entry.date,
        record_id=entry.record_id,
        title_tokens=segment.stream(entry.title),
        body_tokens=segment.stream(entry.body),
        digest=entry.digest(),
    )


def _clean(text: str) -> str:
    """Without what no database stores: NUL and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def _batches(items: Iterable) -> Iterator[list]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _alias() -> str:
    return router.db_for_write(SearchEntry)
