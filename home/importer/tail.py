"""附件说明、落款、附注、版记: what stands below the text of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date as Date
from difflib import SequenceMatcher

from home.importer.dates import han_to_digits, lone_date
from home.importer.head import ORGANISATION_END, split_names
from home.importer.markers import read_marker
from home.importer.reading import Block, Line
from home.importer.typography import numeral, squeezed, width

_LIST = re.compile(r"^[-•·*\s]*附\s*件\s*[：:]\s*(?P<rest>.+)?$")
_ITEM = re.compile(r"^(\d{1,2})\s*[.．、]\s*(?P<name>.+)$")
_HEADING = re.compile(r"^附\s*件\s*[：:]?\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[：:]?$")
_HEADING_TITLED = re.compile(
    r"^附\s*件\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[：:]?\s*(?P<title>\S.{3,60})$"
)
_DISCLOSURE = re.compile(
    r"^[（(]?\s*(?:此件|本件|本文)?\s*(主动公开|依申请公开|不予公开|公开发布|不公开|公开)\s*[）)]?[。]?$"
)
_NOTE = re.compile(r"^[（(](.{2,60})[）)]$")
_COPIES = re.compile(r"^(?:抄\s*报|抄\s*送|分\s*送)\s*[：:]\s*(?P<names>.*)$")
_PRINTED = re.compile(r"^(?P<office>.*?)\s*(?P<date>\d{4}年\d{1,2}月\d{1,2}日)\s*印发[。]?$")
_SEAL = re.compile(r"[（(](?:盖章|公章|代章|印章)[）)]$")


@dataclass
class Tail:
    """What stands below the text."""

    attachments: list[str] = field(default_factory=list)
    signature: str = ""
    date: Date | None = None
    printed_on: Date | None = None
    disclosure: str | None = None
    annotation: str = ""
    copies: list[str] = field(default_factory=list)


def heading_of_attachment(line: str) -> tuple[str, str] | None:
    """(附件N, title or "") if `line` opens the text of an attachment."""
    found = _HEADING.match(line)
    if found:
        number = numeral(found.group("number") or "1") or 1
        return f"附件{number}", ""
    found = _HEADING_TITLED.match(line)
    if found and not re.search(r"[，。；、]", found.group("title")):
        return f"附件{numeral(found.group('number')) or 1}", found.group("title")
    return None


def split_tail(blocks: list[Block], issuer: str) -> tuple[list[Block], Tail]:
    """Takes what belongs to the tail out of `blocks` (the blocks after the head); returns the rest."""
    tail = Tail()
    rest = _without_record(blocks, tail)
    rest = _without_signature(rest, tail, issuer)
    rest = _without_list(rest, tail)
    return rest, tail


def _without_record(blocks: list[Block], tail: Tail) -> list[Block]:
    """Without 附注 and 版记 (抄送, 印发), wherever they stand."""
    rest: list[Block] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        place += 1
        if not isinstance(block, Line):
            rest.append(block)
            continue
        text = block.text
        if (found := _DISCLOSURE.match(text)) and (text[0] in "（(" or "此件" in text or len(text) <= 6):
            tail.disclosure = tail.disclosure or found.group(1)
            tail.annotation = tail.annotation or text.strip("（）()")
        elif found := _COPIES.match(text):
            names = found.group("names")
            while place < len(blocks) and not re.search(r"[。.]$", names) and _goes_on(blocks[place]):
                names += blocks[place].text
                place += 1
            tail.copies += [name for name in split_names(names) if name not in tail.copies]
        elif found := _PRINTED.match(han_to_digits(text)):
            tail.printed_on = lone_date(found.group("date"))
            if not found.group("office") and rest and _is_office(rest[-1]):
                rest.pop()  # the printing office on a line of its own
        else:
            rest.append(block)
    return rest


def _goes_on(block: Block) -> bool:
    return isinstance(block, Line) and not (
        _COPIES.match(block.text)
        or _PRINTED.match(han_to_digits(block.text))
        or heading_of_attachment(block.text)
    )


def _is_office(block: Block) -> bool:
    return isinstance(block, Line) and width(block.text) < 30 and bool(ORGANISATION_END.search(block.text))


def _without_signature(blocks: list[Block], tail: Tail, issuer: str) -> list[Block]:
    """Without the signing office and its date: the last date on a line of its own before the attachments,
    or, in a covering letter, the first one."""
    end = next(
        (n for n, b in enumerate(blocks) if isinstance(b, Line) and heading_of_attachment(b.text)),
        len(blocks),
    )
    places = []
    for n, block in enumerate(blocks[:end]):
        if not isinstance(block, Line):
            continue
        day, before = lone_date(block.text), ""
        if (
            day is None
            and (found := re.match(r"^(.{4,30}?)(\d{4}年\d{1,2}月\d{1,2}日)$", han_to_digits(block.text)))
            and ORGANISATION_END.search(_SEAL.sub("", found.group(1)))
        ):
            day, before = lone_date(found.group(2)), found.group(1)
        if day:
            places.append((n, day, before))
    if not places:
        return _without_bare_signature(blocks, end, tail, issuer)
    place, tail.date, before = places[0]
    drop = {place}
    if before:
        tail.signature = _SEAL.sub("", before)
    elif place and _is_office_line(blocks[place - 1]):
        tail.signature = _SEAL.sub("", blocks[place - 1].text)
        drop.add(place - 1)
        if place > 1 and isinstance(blocks[place - 2], Line) and issuer:
            joined = blocks[place - 2].text + tail.signature
            if width(blocks[place - 2].text) < 30 and SequenceMatcher(None, joined, issuer).ratio() > 0.8:
                drop.add(place - 2)
                tail.signature = joined
    return [block for n, block in enumerate(blocks) if n not in drop]


def _without_bare_signature(blocks: list[Block], end: int, tail: Tail, issuer: str) -> list[Block]:
    """A signature without date: only if it repeats the issuer at the very end of the text."""
    if (
        end
        and isinstance(blocks[end - 1], Line)
        and issuer
        and squeezed(blocks[end - 1].text) == squeezed(issuer)
    ):
        tail.signature = issuer
        return blocks[: end - 1] + blocks[end:]
    return blocks


def _is_office_line(block: Block) -> bool:
    if not isinstance(block, Line) or read_marker(block.text):
        return False
    text = _SEAL.sub("", block.text)
    return width(text) < 32 and bool(ORGANISATION_END.search(text)) and not re.search(r"[。；：，]", text)


def _without_list(blocks: list[Block], tail: Tail) -> list[Block]:
    """Without 附件说明: `附件：1. … 2. …`, whose names may be broken over lines."""
    for start, block in enumerate(blocks):
        found = _LIST.match(block.text) if isinstance(block, Line) else None
        if not found:
            continue
        texts, place = [found.group("rest") or ""], start + 1
        while place < len(blocks):
            following = blocks[place]
            if not isinstance(following, Line) or heading_of_attachment(following.text):
                break
            item = _ITEM.match(following.text)
            numbered = bool(_ITEM.match(texts[0] or "")) or not texts[0]
            if item and numbered and int(item.group(1)) == sum(bool(_ITEM.match(t)) for t in texts) + 1:
                texts.append(following.text)
            elif (
                width(texts[-1]) >= 18
                and numbered
                and not read_marker(following.text)
                and _short_tail(following.text)
            ):
                texts[-1] += following.text
            else:
                break
            place += 1
        names = [_ITEM.sub(lambda m: m.group("name"), text).strip("；;。 ") for text in texts if text]
        names = [part for name in names for part in re.split(r"(?<=\S)\s+\d{1,2}[.．、]\s*(?!\d)", name)]
        tail.attachments = [name.strip("；;。 ") for name in names if name.strip("；;。 ")]
        return blocks[:start] + blocks[place:]
    return blocks


def _short_tail(text: str) -> bool:
    return width(text) < 16 and not re.search(r"[。；：，]", text) and not lone_date(text)
