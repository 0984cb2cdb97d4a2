"""A document as its readers see it: private contacts masked, clauses with their addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date as Date
from itertools import groupby

from home.importer.markers import marker_of
from home.masking import masked
from home.models.official import OfficialPage


@dataclass
class ShownClause:
    """One clause: its paragraphs, and whether it is a chapter or a bare heading."""

    level: int
    marker: str
    path: str
    anchor: str
    paragraphs: list[str]
    chapter: bool
    heading: bool

    @property
    def label(self) -> str:
        """Its line in the table of contents."""
        return f"{self.marker}{self.paragraphs[0] if self.paragraphs else ''}"


@dataclass
class ShownSection:
    """The body (name "") or an attachment, with its clauses and tables."""

    name: str
    title: str
    clauses: list[ShownClause] = field(default_factory=list)
    tables: list = field(default_factory=list)


@dataclass
class ShownDate:
    """A key date with the audience it concerns."""

    date: Date
    time: str
    text: str
    audience: str
    url: str


@dataclass
class ShownTable:
    """A table with masked cells."""

    caption: str
    head: list[str]
    rows: list[list[str]]
    columns: int


def shown(page: OfficialPage) -> dict:
    """The template's context for `page` (see templates/home/notice_page.html)."""
    mask = page.mask()
    clauses = list(page.clauses.all())
    attachments = list(page.attachments.all())
    sections = _sections(clauses, attachments, mask)
    for table in page.tables.all():
        target = next((s for s in sections if s.name == table.section), None)
        if target is None:
            target = ShownSection(table.section, "")
            sections.append(target)
        target.tables.append(_table(table, mask))
    sections.sort(key=lambda s: int(re.sub(r"\D", "", s.name) or 0))
    parent = page.get_parent() if page.depth else None
    return {
        "summary": mask(page.summary),
        "annotation": mask(page.annotation or page.disclosure),
        "sections": sections,
        "contents": _contents(sections),
        "preamble": [mask(p) for p in page.preamble.splitlines() if p.strip()],
        "key_dates": [
            ShownDate(
                d.date, d.time, mask(d.text), d.get_audience_display(), f"#{d.anchor}" if d.anchor else ""
            )
            for d in sorted(page.key_dates.all(), key=lambda d: d.date)
        ],
        "contacts": [
            {
                "label": c.get_kind_display(),
                "value": masked(c.kind, c.value) if c.private else c.value,
                "note": mask(c.note) or ("未公开" if c.private else ""),
            }
            for c in page.contacts.all()
        ],
        "attachments": [{"name": mask(a.name), "document": a.document} for a in attachments],
        "meta": _meta(page, mask),
        "replacement": page.replaced_by if page.replaced_by_id and page.replaced_by.live else None,
        "replaced": list(page.replaces_live) if page.pk else [],
        "crumbs": [(parent.title, parent.get_url()), (page.title, "")] if parent else [],
    }


def _sections(clauses: list, attachments: list, mask) -> list[ShownSection]:
    sections = [ShownSection("", "")]
    for name, group in groupby(clauses, key=lambda c: c.section):
        if name:
            number = int(re.sub(r"\D", "", name) or 1)
            title = mask(attachments[number - 1].name) if number <= len(attachments) else ""
            sections.append(ShownSection(name, title))
        rows = [_clause(clause, mask) for clause in group]
        for row, below in zip(rows, [*rows[1:], None], strict=True):
            row.heading = row.heading and (
                len(row.paragraphs) > 1 or (below is not None and below.level > row.level)
            )
        sections[-1].clauses += rows
    return sections


def _contents(sections: list[ShownSection]) -> list[tuple[str, str]]:
    """(anchor, label) of the headings of the body and of each attachment; an attachment's own headings only
    where the body has none."""
    rows = [_headings(section) for section in sections]
    contents = rows[0] if rows else []
    bare = not contents
    for number, section in enumerate(sections[1:], start=1):
        contents = [*contents, (f"attachment-{number}", f"{section.name}　{section.title}")]
        if bare:
            contents += rows[number]
    return contents


def _headings(section: ShownSection) -> list[tuple[str, str]]:
    return [
        (c.anchor, f"{c.marker}{' ' if c.chapter else ''}{c.paragraphs[0]}")
        for c in section.clauses
        if c.paragraphs and (c.chapter or (c.level == 1 and c.heading))
    ]


def _clause(clause, mask) -> ShownClause:
    marker = marker_of(clause.marker)
    paragraphs = [mask(line) for line in clause.text.splitlines() if line.strip()]
    return ShownClause(
        level=clause.level,
        marker=clause.marker,
        path=clause.path,
        anchor=clause.anchor,
        paragraphs=paragraphs,
        chapter=bool(marker and marker.kind in ("part", "chapter", "clause_section")),
        heading=bool(paragraphs) and not re.search(r"[。；：，]", paragraphs[0]),
    )


def _table(table, mask) -> ShownTable:
    rows = [[mask(cell) for cell in row] for row in table.rows]
    caption = mask(table.caption)
    if rows and len(rows[0]) == 1 and len(rows) > 1:
        caption, rows = rows[0][0] or caption, rows[1:]
    labelled = bool(rows) and all(len(row) % 2 == 0 and not any(row[1::2]) for row in rows)
    head = [] if labelled or not rows or len(rows) == 1 else rows[0]
    body = rows[1:] if head else rows
    columns = max((len(row) for row in rows), default=1)
    return ShownTable(caption, head, [row + [""] * (columns - len(row)) for row in body], columns)


def _meta(page: OfficialPage, mask) -> list[dict]:
    """索引号, 发文字号 … as the table above the document; empty ones are left out."""
    issued = page.issued_on
    rows = [
        ("索引号", page.index_number),
        ("发文字号", page.number),
        ("发文机关", page.issuer),
        ("成文日期", f"{issued.year}年{issued.month}月{issued.day}日" if issued else ""),
        ("文种", page.get_kind_display()),
        ("公开属性", page.disclosure),
    ]
    for name, label in (("effective_on", "施行日期"), ("interpreter", "解释机构")):
        value = getattr(page, name, "")
        rows.append(
            (label, f"{value.year}年{value.month}月{value.day}日" if isinstance(value, Date) else value)
        )
    return [{"label": label, "value": mask(value)} for label, value in rows if value]
