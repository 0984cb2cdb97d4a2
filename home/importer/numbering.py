"""Word's automatic numbering: the markers that a .docx shows but does not write into its paragraphs."""

from __future__ import annotations

from collections import defaultdict

from docx.oxml.ns import qn

HAN_DIGITS = "零一二三四五六七八九"
HAN_FORMATS = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographTraditional",
               "taiwaneseCounting", "taiwaneseCountingThousand", "ideographDigital"}  # fmt: skip


def han(number: int) -> str:
    """一 … 九十九 for 1 … 99."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return HAN_DIGITS[ones]
    return ("" if tens == 1 else HAN_DIGITS[tens]) + "十" + (HAN_DIGITS[ones] if ones else "")


class Numbering:
    """Counts numbered paragraphs of one document in reading order."""

    def __init__(self, document) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return  # no numbering part: nothing is numbered by Word
        abstract = {}
        for node in root.findall(qn("w:abstractNum")):
            abstract[node.get(qn("w:abstractNumId"))] = {
                int(level.get(qn("w:ilvl"))): (
                    self._value(level, "w:numFmt", "decimal"),
                    self._value(level, "w:lvlText", "%1."),
                    int(self._value(level, "w:start", "1")),
                )
                for level in node.findall(qn("w:lvl"))
            }
        for node in root.findall(qn("w:num")):
            self.levels[node.get(qn("w:numId"))] = abstract.get(self._value(node, "w:abstractNumId", ""), {})

    @staticmethod
    def _value(node, tag: str, default: str) -> str:
        child = node.find(qn(tag))
        return default if child is None else child.get(qn("w:val"), default)

    def marker(self, paragraph) -> str:
        """The marker Word prints before `paragraph`, or an empty string."""
        properties = paragraph._p.pPr
        number = None if properties is None else properties.numPr
        if number is None and paragraph.style is not None and paragraph.style.element.pPr is not None:
            number = paragraph.style.element.pPr.numPr
        if number is None or number.numId is None or number.numId.val == 0 or not paragraph.text.strip():
            return ""
        key = str(number.numId.val)
        depth = 0 if number.ilvl is None else number.ilvl.val
        levels = self.levels.get(key, {})
        if depth not in levels:
            return ""
        form, text, start = levels[depth]
        if form in ("bullet", "none"):
            return ""
        counts = self.counts[key]
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        for place in range(depth + 1):
            value = counts.get(place, levels.get(place, ("", "", 1))[2])
            shown = han(value) if levels.get(place, (form,))[0] in HAN_FORMATS else str(value)
            text = text.replace(f"%{place + 1}", shown)
        return text + " "
