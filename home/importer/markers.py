"""序号: recognises the markers that number the parts of an official document, and writes paths and anchors."""

from __future__ import annotations

import re
from dataclasses import dataclass

from home.importer.typography import numeral

HAN = "一二三四五六七八九十百零〇"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
#: The usual order of kinds from the top (GB/T 9704: 一、（一）1.（1）; statutes: 编 章 节 条 款).
ORDER = ["part", "chapter", "clause_section", "article", "han", "han_bracket", "arabic", "arabic_bracket",
         "arabic_half", "circled"]  # fmt: skip
STATUTE = {"编": "part", "章": "chapter", "节": "clause_section", "条": "article"}

_STATUTE = re.compile(rf"^第\s*([{HAN}\d]+)\s*([编章节条])[\s、：:]*(?P<rest>.*)$")
_HAN = re.compile(rf"^([{HAN}]+)\s*[、．.]\s*(?P<rest>.*)$")
_HAN_BRACKET = re.compile(rf"^[（(]\s*([{HAN}]+)\s*[）)]\s*[、．.]?\s*(?P<rest>.*)$")
_ARABIC = re.compile(r"^(\d{1,2})\s*(?:、|[．.](?!\d)|[．.]\s+|[．.](?=(?:19|20)\d\d\s*年))\s*(?P<rest>.*)$")
_ARABIC_BRACKET = re.compile(r"^[（(]\s*(\d{1,2})\s*[）)]\s*[、．.]?\s*(?P<rest>.*)$")
_ARABIC_HALF = re.compile(r"^(\d{1,2})\s*[）)]\s*(?P<rest>.*)$")
_CIRCLED = re.compile(rf"^([{CIRCLED}])\s*(?P<rest>.*)$")
#: After 第三条 these mean that the article is cited, not begun.
_CITED = re.compile(r"^(?:规定|和|及|或|至|、|所|中|第|款|的)")


@dataclass(frozen=True)
class Marker:
    """A marker: its kind, number, the written form made regular, and the text after it."""

    kind: str
    number: int
    text: str
    rest: str

    @property
    def rank(self) -> int:
        """Place in the usual order of kinds; lower stands higher."""
        return ORDER.index(self.kind)

    @property
    def in_path(self) -> str:
        """The marker as a path writes it: without 、 and dots."""
        return re.sub(r"[、．.]", "", self.text)


def read_marker(line: str) -> Marker | None:
    """The marker at the start of `line` (already tidied), or None. Brackets come out full-width."""
    if found := _STATUTE.match(line):
        number = numeral(found.group(1))
        if number is None or (found.group(2) == "条" and _CITED.match(found.group("rest"))):
            return None
        return Marker(
            STATUTE[found.group(2)], number, f"第{found.group(1)}{found.group(2)}", found.group("rest")
        )
    for kind, pattern, form in (
        ("han", _HAN, "{}、"),
        ("han_bracket", _HAN_BRACKET, "（{}）"),
        ("arabic", _ARABIC, "{}."),
        ("arabic_bracket", _ARABIC_BRACKET, "（{}）"),
        ("arabic_half", _ARABIC_HALF, "{}）"),
    ):
        if found := pattern.match(line):
            number = numeral(found.group(1))
            if number is None:
                return None
            written = found.group(1)
            if kind == "arabic" and line[found.end(1) :].lstrip().startswith("、"):
                form = "{}、"
            return Marker(kind, number, form.format(written), found.group("rest"))
    if found := _CIRCLED.match(line):
        return Marker("circled", CIRCLED.index(found.group(1)) + 1, found.group(1), found.group("rest"))
    return None


def marker_of(text: str) -> Marker | None:
    """The marker that `text` alone writes (as stored with a clause), or None."""
    return read_marker(text.strip() + " ") if text.strip() else None


def path_of(section: str, markers: list[Marker]) -> str:
    """The path: 四（三）1, with `附件2/` in front inside an attachment."""
    path = "".join(marker.in_path for marker in markers)
    return f"{section}/{path}" if section else path


def anchor_of(section: str, markers: list[Marker], taken: set[str]) -> str:
    """The address: c4-3-1, f2-c1 inside 附件2, a repeat gets -2, -3 … `taken` is not changed."""
    base = "c" + "-".join(str(marker.number) for marker in markers)
    if section:
        digits = re.sub(r"\D", "", section)
        base = f"f{digits or 1}-{base}"
    anchor, repeat = base, 1
    while anchor in taken:
        repeat += 1
        anchor = f"{base}-{repeat}"
    return anchor


def numbers_of(path: str) -> tuple[str, tuple[tuple[str, int], ...]]:
    """A path taken apart leniently: (section, ((kind, number) …)). Unknown characters are passed over.

    >>> numbers_of("四(三)1")
    ('', (('han', 4), ('han_bracket', 3), ('arabic', 1)))
    """
    section, _, rest = path.rpartition("/")
    section = re.sub(r"\s+", "", section)
    rest = re.sub(r"\s+", "", rest)
    parts: list[tuple[str, int]] = []
    pattern = re.compile(
        rf"第(?P<s>[{HAN}\d]+)(?P<u>[编章节条])|[（(](?P<hb>[{HAN}]+)[）)]|[（(](?P<ab>\d+)[）)]"
        rf"|(?P<ah>\d+)[）)]|(?P<a>\d+)|(?P<h>[{HAN}]+)|(?P<c>[{CIRCLED}])"
    )
    for found in pattern.finditer(rest):
        group = found.groupdict()
        if group["u"]:
            parts.append((STATUTE[group["u"]], numeral(group["s"]) or 0))
        elif group["c"]:
            parts.append(("circled", CIRCLED.index(group["c"]) + 1))
        else:
            names = {
                "hb": "han_bracket",
                "ab": "arabic_bracket",
                "ah": "arabic_half",
                "a": "arabic",
                "h": "han",
            }
            key = next(k for k in names if group[k])
            parts.append((names[key], numeral(group[key]) or 0))
    return section, tuple(parts)
