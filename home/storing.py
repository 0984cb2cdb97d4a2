"""Turns an imported document into a page: a new draft, or a new revision of the page it belongs to."""

from __future__ import annotations

import re
import uuid

from django.db import transaction
from django.utils import timezone

from home.anchors import keep_anchors
from home.importer import NoticeTree, TreeClause
from home.models import (
    Audience,
    Clause,
    Contact,
    KeyDate,
    Kind,
    NoticeAttachment,
    NoticePage,
    NoticeTable,
    OfficialPage,
    PolicyPage,
)
from home.tree import notice_index, policy_index
from registry.log import record_act

_KINDS = (
    (r"通知$", Kind.NOTICE),
    (r"函$", Kind.LETTER),
    (r"方案$", Kind.PLAN),
    (r"意见$", Kind.OPINION),
    (r"办法$", Kind.MEASURES),
    (r"(?:规定|细则|规程|规则|制度)$", Kind.RULES),
    (r"(?:公告|通告)$", Kind.ANNOUNCEMENT),
    (r"公示$", Kind.PUBLICITY),
)
_AUDIENCES = (
    (r"市州|州市|各市|教育行政部门|教育（体）局", Audience.BUREAUX),
    (r"评价组织", Audience.ORGANISATIONS),
    (r"省推进办|省教育厅|省厅|我厅|项目办", Audience.PROVINCE),
    (r"院校|学校|牵头|推荐|申报", Audience.SCHOOLS),
)


def kind_of(title: str) -> Kind:
    """文种 by the last word of the title, a note in brackets left out."""
    plain = re.sub(r"[（(][^（()）]*[）)]$", "", title)
    return next((kind for pattern, kind in _KINDS if re.search(pattern, plain)), Kind.OTHER)


def audience_of(text: str) -> Audience:
    """Whom a dated sentence concerns: who is named before the date, else anywhere in it."""
    before = re.split(r"\d{1,2}月", text)[0]
    for part in (before, text):
        for pattern, audience in _AUDIENCES:
            if re.search(pattern, part):
                return audience
    return Audience.ALL


def matching_page(tree: NoticeTree, key: str = "") -> OfficialPage | None:
    """The page this document was imported to before: by document key, else 文号, else title and date."""
    pages = OfficialPage.objects.all()
    if key and (found := pages.filter(document_key=key).first()):
        return found.specific
    if tree.number:
        found = pages.filter(number=tree.number).first()
    else:
        found = pages.filter(title=tree.title, issued_on=tree.date, number="").first() if tree.title else None
    if found and not (key and found.document_key and found.document_key != key):
        return found.specific
    return None


@transaction.atomic
def store(
    tree: NoticeTree,
    *,
    user=None,
    publish: bool = False,
    key: str = "",
    policy: bool = False,
    source: str = "",
) -> OfficialPage:
    """Saves `tree` as a draft (or publishes it) and returns its page.

    Anchors and clause ids of an earlier import stay; contacts an editor released stay released; annotations an
    editor made on fields the document does not print (index number, validity, summary) stay.
    """
    page = matching_page(tree, key)
    fresh = page is None
    if page is None:
        page = (PolicyPage if policy else NoticePage)(slug=_slug(key, tree), live=False)
    elif page.has_unpublished_changes:
        page = page.get_latest_revision_as_object()
    _write_head(page, tree, key)
    _write_parts(page, tree)
    if fresh:
        page.draft_title = page.title
        parent = policy_index() if policy else notice_index()
        page = parent.add_child(instance=page)
    revision = page.save_revision(user=user, log_action=True)
    if publish:
        revision.publish(user=user)
        page = type(page).objects.get(pk=page.pk)
    record_act(
        user,
        "import_notice",
        page,
        {"title": tree.title, "number": tree.number, "clauses": len(tree.clauses), "published": publish},
        f"导入{source}" if source else "导入公文",
    )
    return page


def _slug(key: str, tree: NoticeTree) -> str:
    base = key or (f"{tree.date.isoformat()}-" if tree.date else "") + uuid.uuid4().hex[:8]
    slug, repeat = base, 1
    while OfficialPage.objects.filter(slug=slug).exists():
        repeat += 1
        slug = f"{base}-{repeat}"
    return slug


def _write_head(page: OfficialPage, tree: NoticeTree, key: str) -> None:
    page.title = tree.title[:255] or f"未命名公文（{timezone.localdate().isoformat()} 导入）"
    page.number = tree.number or ""
    page.number_as_written = tree.number_as_written or ""
    page.issuer = tree.issuer[:200]
    page.issued_on = tree.date
    page.addressees = "\n".join(tree.addressees)
    page.copies = "\n".join(tree.copies)
    page.disclosure = tree.disclosure or ""
    page.annotation = tree.annotation[:200]
    page.preamble = tree.preamble
    page.source_title = tree.source_title[:255]
    page.kind = kind_of(tree.title)
    page.document_key = key or page.document_key


def _write_parts(page: OfficialPage, tree: NoticeTree) -> None:
    page.clauses = _clauses(list(page.clauses.all()), tree.clauses)
    page.key_dates = [
        KeyDate(
            date=found.date,
            time=found.time,
            text=found.text,
            audience=audience_of(found.text),
            anchor=_anchor_now(page, tree, found.anchor),
            sort_order=place,
        )
        for place, found in enumerate(tree.dates)
    ]
    released = {(c.kind, c.value) for c in page.contacts.all() if not c.private}
    page.contacts = [
        Contact(
            kind=found.kind,
            value=found.value[:200],
            private=(found.kind, found.value) not in released,
            anchor=_anchor_now(page, tree, found.anchor),
            sort_order=place,
        )
        for place, found in enumerate(tree.contacts)
    ]
    page.tables = [
        NoticeTable(
            caption=t.caption[:200], section=t.section, cells=NoticeTable.pack(t.rows), sort_order=place
        )
        for place, t in enumerate(tree.tables)
    ]
    files = {a.name: a.document for a in page.attachments.all()}
    page.attachments = [
        NoticeAttachment(name=name[:200], document=files.get(name[:200]), sort_order=place)
        for place, name in enumerate(tree.attachments)
    ]


def _clauses(old: list[Clause], new: list[TreeClause]) -> list[Clause]:
    kept = keep_anchors(old, new)
    taken = {clause.anchor for clause in old}
    given: set[str] = set()
    clauses = []
    for place, found in enumerate(new):
        before = kept.get(place)
        anchor = before.anchor if before else found.anchor
        if before is None:
            repeat = 1
            while anchor in taken or anchor in given:
                repeat += 1
                anchor = f"{found.anchor}-{repeat}"
        given.add(anchor)
        clauses.append(
            Clause(
                pk=before.pk if before else None,
                section=found.section,
                level=found.level,
                marker=found.marker,
                path=found.path,
                anchor=anchor,
                text=found.text,
                sort_order=place,
            )
        )
    return clauses


def _anchor_now(page: OfficialPage, tree: NoticeTree, anchor: str) -> str:
    """The stored anchor of the clause that the document's own anchor names."""
    place = next((n for n, clause in enumerate(tree.clauses) if clause.anchor == anchor), None)
    return "" if place is None else page.clauses.get_object_list()[place].anchor
