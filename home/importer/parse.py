"""Puts a document together: head, sections of clauses, tables, tail, then dates and contacts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from home.importer.clauses import Builder
from home.importer.contacts import find_contacts
from home.importer.dates import find_dates, lone_date
from home.importer.forms import is_form, read_form
from home.importer.head import ORGANISATION_END, Head, read_head
from home.importer.markers import read_marker
from home.importer.reading import Block, Line, Table, text_blocks
from home.importer.tail import Tail, heading_of_attachment, split_tail
from home.importer.tree import NoticeTree, TreeClause, TreeTable
from home.importer.typography import squeezed, width


@dataclass
class Section:
    """A stretch of the document with its own numbering: the body ("") or an attachment (附件N)."""

    name: str
    title: str = ""
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def parse_text(text: str) -> NoticeTree:
    """The document that plain `text` writes."""
    return parse_blocks(text_blocks(text))


def parse_blocks(blocks: list[Block]) -> NoticeTree:
    """The document that lines and tables, in reading order, write. Never raises: doubts go to `problems`."""
    head = read_head(blocks)
    rest, tail = split_tail(blocks[head.end :], head.issuer)
    tree = NoticeTree(
        title=head.title,
        number=head.number,
        number_as_written=head.number_as_written,
        issuer=head.issuer or tail.signature or _issuer_in_title(head),
        date=tail.date or lone_date(head.labels.get("date", "")),
        addressees=head.addressees,
        disclosure=tail.disclosure or head.labels.get("disclosure"),
        annotation=tail.annotation,
        attachments=tail.attachments,
        copies=tail.copies,
    )
    builder = Builder()
    lead: list[str] = []
    for section in _sections(rest, tail):
        _read_section(section, tree, builder, lead)
    tree.preamble = "\n".join(lead)
    _doubts(tree, head, tail)
    tree.problems += builder.problems
    _dates_and_contacts(tree)
    return tree


def _sections(blocks: list[Block], tail: Tail) -> list[Section]:
    """The body and the attachments. Text after the signing without a heading of its own is the body
    of what the letter sends (印发), or the attachment that the letter names."""
    sections = [Section("")]
    for place, block in enumerate(blocks):
        if isinstance(block, Table):
            sections[-1].tables.append(block)
            continue
        heading = heading_of_attachment(block.text)
        if heading and not (heading[1] and _is_sentence(blocks, place)):
            sections.append(Section(heading[0], heading[1]))
            continue
        sections[-1].lines.append(block)
    body = sections[0]
    start = _sent_text(body, tail)
    if start is not None:
        named = tail.attachments and len(sections) == 1 and _alike(body.lines[start].text, tail.attachments)
        has_clauses = any(read_marker(line.text) for line in body.lines[:start])
        if named or has_clauses:
            sections.insert(1, Section("附件1", body.lines[start].text, body.lines[start + 1 :]))
            body.lines = body.lines[:start]
    return sections


def _is_sentence(blocks: list[Block], place: int) -> bool:
    following = blocks[place + 1] if place + 1 < len(blocks) else None
    return isinstance(following, Line) and bool(re.match(r"^[，。；、）]", following.text))


def _sent_text(body: Section, tail: Tail) -> int | None:
    """The index of the title line of the text a covering letter sends, or None."""
    for place, line in enumerate(body.lines[:-1]):
        text = line.text
        if not place or read_marker(text) or re.search(r"[。；：，！]$", text) or width(text) > 45:
            continue
        if not re.search(
            r"(?:办法|方案|细则|规定|意见|规程|制度|计划|要点|标准|章程)(?:[（(][^（()）]{1,12}[）)])*$", text
        ):
            continue
        before = body.lines[place - 1].text
        ahead = [read_marker(later.text) for later in body.lines[place + 1 : place + 8]]
        opened = next((marker for marker in ahead if marker), None)
        if opened is None or opened.number != 1:
            continue
        structured = opened.kind in ("part", "chapter", "article", "han") or tail.date is not None
        if _alike(text, tail.attachments) or (structured and re.search(r"[。！：”》]$|^附件", before)):
            return place
    return None


def _alike(title: str, names: list[str]) -> bool:
    plain = squeezed(title)
    return any(plain and (plain in squeezed(name) or squeezed(name) in plain) for name in names)


def _read_section(section: Section, tree: NoticeTree, builder: Builder, lead: list[str]) -> None:
    lines = section.lines
    if section.name:
        if not section.title and lines and not read_marker(lines[0].text):
            section.title = lines[0].text
            lines = lines[1:]
        number = int(re.sub(r"\D", "", section.name))
        if number > len(tree.attachments) and section.title and len(tree.attachments) == number - 1:
            tree.attachments.append(section.title)
        if is_form(section.title) or (
            number <= len(tree.attachments) and is_form(tree.attachments[number - 1])
        ):
            stop = next((n for n, line in enumerate(lines) if _form_ends(line.text)), len(lines))
            tables, left = read_form(lines[:stop], section.name)
            for table in tables:
                table.caption = table.caption or section.title
            tree.tables += tables
            lines = left + lines[stop:]
    tree.tables += [TreeTable(table.rows, section.name, section.title) for table in section.tables]
    before, clauses = builder.section(lines, section.name)
    if not section.name:
        while before and clauses and _is_source_title(before[-1] + tree.source_title):
            tree.source_title = before.pop() + tree.source_title  # a long title is broken over lines
        lead += before
    tree.clauses += clauses


def _is_source_title(text: str) -> bool:
    return width(text) <= 45 and not re.search(r"[。；：，！]", text)


def _form_ends(text: str) -> bool:
    return bool(re.match(r"^(?:填表|填报|填写)?(?:说明|须知)[：:]?$|^注[：:]", text) or read_marker(text))


def _issuer_in_title(head: Head) -> str:
    before = head.title.partition("关于")[0]
    return before if ORGANISATION_END.search(before) else ""


def _doubts(tree: NoticeTree, head: Head, tail: Tail) -> None:
    """What could not be found or does not agree, in words."""
    say = tree.problems.append
    if not tree.title:
        say("未能认出标题，请补录。")
    if not tree.number:
        say("文中未见发文字号，已留空，请核对原件，不要自拟。")
    elif squeezed(tree.number_as_written or "") != tree.number:
        say(f"发文字号原文写作“{tree.number_as_written}”，已规范为“{tree.number}”，请核对。")
    if not tree.issuer:
        say("未能认出发文机关，请补录。")
    elif tail.signature and head.issuer and squeezed(tail.signature) != squeezed(head.issuer):
        say(f"版头的发文机关为“{head.issuer}”，落款为“{tail.signature}”，两处不一致，已取版头，请核对。")
    if tree.date is None and tail.printed_on:
        tree.date = tail.printed_on
        say(f"文中未见成文日期，暂取印发日期 {tail.printed_on.isoformat()}，请核对。")
    elif tree.date is None:
        say("文中未见成文日期，已留空，请核对原件。")
    if not tree.addressees:
        say("未能认出主送机关，请核对。")
    if not tree.clauses:
        say("文中未见编号的条款，请核对正文。")


def document_year(tree: NoticeTree) -> int | None:
    """The year that dates without one take: of the signing, the 文号, the title, else the commonest named."""
    if tree.date:
        return tree.date.year
    for text in (tree.number or "", tree.title):
        if found := re.search(r"(?:19|20)\d{2}", text):
            return int(found.group())
    years = Counter(
        found for clause in tree.clauses for found in re.findall(r"((?:19|20)\d{2})\s*年", clause.text)
    )
    return int(years.most_common(1)[0][0]) if years else None


def _dates_and_contacts(tree: NoticeTree) -> None:
    year = document_year(tree)
    texts: list[tuple[str, str]] = [(tree.preamble, "")] if tree.preamble else []
    texts += [(_with_heading(clause), clause.anchor) for clause in tree.clauses]
    known: set[tuple[str, str]] = set()
    for text, anchor in texts:
        tree.dates += find_dates(text, year, anchor)
        for contact in find_contacts(text, anchor):
            if (contact.kind, contact.value) not in known:
                known.add((contact.kind, contact.value))
                tree.contacts.append(contact)
    for table in tree.tables:
        for row in table.rows:
            for contact in find_contacts("\n".join(row), ""):
                if (contact.kind, contact.value) not in known:
                    known.add((contact.kind, contact.value))
                    tree.contacts.append(contact)


def _with_heading(clause: TreeClause) -> str:
    return clause.text
