"""Keeps search in step with publishing."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.signals import post_delete
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from home.models import NoticePage, OfficialPage, PolicyPage
from search import index
from search.models import SearchEntry

KINDS = {NoticePage: "notice", PolicyPage: "policy"}


def connect() -> None:
    """Listens to pages being published, withdrawn, moved and deleted."""
    page_published.connect(_published, dispatch_uid="home.searching")
    page_unpublished.connect(_withdrawn, dispatch_uid="home.searching")
    page_slug_changed.connect(_published, dispatch_uid="home.searching")
    post_page_move.connect(_published, dispatch_uid="home.searching")
    for model in KINDS:
        post_delete.connect(_withdrawn, sender=model, dispatch_uid="home.searching")


def _held(kind: str, pk: int) -> set[str]:
    """Keys of the document's entries that search holds now."""
    own = Q(key=f"{kind}:{pk}") | Q(key__startswith=f"{kind}:{pk}:")
    return set(SearchEntry.objects.filter(own).values_list("key", flat=True))


def _published(sender, instance, **kwargs) -> None:
    """Writes the document's entries and drops those of clauses that are gone."""
    page = instance.specific if not isinstance(instance, OfficialPage) else instance
    kind = KINDS.get(type(page))
    if kind is None:
        return
    now = {f"{kind}:{page.pk}", *(f"{kind}:{page.pk}:{clause.anchor}" for clause in page.clauses.all())}
    index.update_on_commit(sorted(_held(kind, page.pk) | now))


def _withdrawn(sender, instance, **kwargs) -> None:
    kind = KINDS.get(type(instance if isinstance(instance, OfficialPage) else instance.specific))
    if kind:
        index.remove_on_commit(sorted(_held(kind, instance.pk)))
