"""版头与标题: masthead, 文号, title, recipients, and the labels a web page prints above a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from home.importer.markers import read_marker
from home.importer.reading import Block, Line
from home.importer.typography import NUMBER, normal_number, squeezed, tidy

DOCUMENT_TYPES = "通知|函|意见|办法|方案|规定|细则|决定|公告|通告|通报|报告|批复|公示|规程|规则|制度|章程|纪要|要点|计划|标准"
_TITLE_END = re.compile(rf"(?:{DOCUMENT_TYPES})(?:[（(][^（()）]{{1,12}}[）)])*$")
ORGANISATION_END = re.compile(
    r"(?:厅|局|委|委员会|办公室|办|学院|大学|学校|中心|部|处|院|会|政府|所|组|司|集团|公司|银行)(?:[（(][^）)]*[）)])?$"
)
_LABEL = re.compile(
    r"^(索\s*引\s*号|发文机关|发布机构|制发机关|文\s*号|发文字号|成文日期|发文日期|公开属性|公开类别|公开方式|标\s*题|名\s*称)"
    r"\s*[：:]\s*(.+)$"
)
_NOT_ADDRESSEE = re.compile(r"^(?:附件|联系|抄送|抄报|主送|电话|邮箱|索引|发文|文号|成文|签发)")
_PLACES_END = re.compile(
    r"(?:厅|局|区|市|县|校|院|院校|组织|委|办|单位|部门|处|公司|中心|州|盟|所|会|机构|学院|大学|系|部)$"
)


@dataclass
class Head:
    """What stands above the text: `end` is the index of the first block after it."""

    title: str = ""
    number: str | None = None
    number_as_written: str | None = None
    issuer: str = ""
    addressees: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    end: int = 0


def read_head(blocks: list[Block]) -> Head:
    """Reads the head of a document: the blocks before its first paragraph."""
    head = Head()
    limit = _limit(blocks)
    lines = [(i, b) for i, b in enumerate(blocks[:limit]) if isinstance(b, Line)]
    lines = [(i, b) for i, b in lines if not _take_label(head, b)]
    lines = [(i, b) for i, b in lines if not _take_number(head, b)]
    start = _title_start([b.text for _, b in lines])
    if start is None:
        start = max(0, len(lines) - 1) if lines and not _is_addressees(lines[-1][1].text) else 0
    head.issuer = _masthead([b.text for _, b in lines[:start]])
    title, after = [], start
    for place in range(start, len(lines)):
        text = lines[place][1].text
        if title and _is_addressees(text) and not _TITLE_END.search(text):
            break
        title.append(text)
        after = place + 1
        if _TITLE_END.search("".join(title)) and not _unclosed("".join(title)):
            break
        if len(title) >= 5:
            break
    head.title = head.labels.get("title") or tidy(" ".join(title))
    rest = lines[after:]
    if rest and re.fullmatch(r"[（(].{2,40}[）)]", rest[0][1].text) and not read_marker(rest[0][1].text):
        rest = rest[1:]  # （2022年11月24日院长办公会审定）
    ends = [n for n, (_, b) in enumerate(rest) if re.search(r"[：:]$", b.text) and _is_addressees(b.text)]
    if ends and ends[0] <= 5:
        joined = "".join(b.text for _, b in rest[: ends[0] + 1])
        if "。" not in joined:
            head.addressees = split_names(re.sub(r"[：:]$", "", joined))
            rest = rest[ends[0] + 1 :]
    head.end = rest[0][0] if rest else limit
    head.issuer = head.issuer or head.labels.get("issuer", "")
    if not head.number and head.labels.get("number"):
        head.number_as_written = head.labels["number"]
        head.number = normal_number(head.labels["number"])
    return head


def _limit(blocks: list[Block]) -> int:
    """The head ends at the first numbered paragraph or table, at most 60 lines down."""
    for place, block in enumerate(blocks[:60]):
        if not isinstance(block, Line) or read_marker(block.text):
            return place
        if _is_addressees(block.text) and re.search(r"[：:]$", block.text) and place:
            return place + 1
    return min(len(blocks), 60)


def _take_label(head: Head, line: Line) -> bool:
    found = _LABEL.match(line.text)
    if not found:
        return False
    names = {
        "索引号": "index",
        "发文机关": "issuer",
        "发布机构": "issuer",
        "制发机关": "issuer",
        "文号": "number",
        "发文字号": "number",
        "成文日期": "date",
        "发文日期": "date",
        "公开属性": "disclosure",
        "公开类别": "disclosure",
        "公开方式": "disclosure",
        "标题": "title",
        "名称": "title",
    }
    head.labels[names[squeezed(found.group(1))]] = found.group(2).strip()
    return True


def _take_number(head: Head, line: Line) -> bool:
    """A line that is a 文号, alone or after the masthead; citations stand in book quotes or brackets."""
    raw = re.sub(r"[ \u3000\u00a0\t]+", " ", line.raw).strip()
    raw = re.sub(r"\s*签发人.*$", "", raw)
    raw = re.sub(r"^[（(](.*号)[）)]$", r"\1", raw)
    found = list(NUMBER.finditer(raw))
    if len(found) != 1 or found[0].end() != len(raw) or "《" in raw or "关于" in raw:
        return False
    written = found[0].group()
    start = found[0].start()
    for part in re.split(r"(?<=文件)\s*|\s+(?=[\u4e00-\u9fff]+\s*[〔\[［【(（﹝〈])", written):
        if NUMBER.fullmatch(part.strip()):
            start += written.index(part)
            written = part.strip()
            break
    number = normal_number(written)
    if head.number is None:
        head.number, head.number_as_written = number, written
    before = tidy(raw[:start])
    if before and not head.issuer:
        head.labels.setdefault("issuer", re.sub(r"文件$", "", before))
    return True


def _title_start(lines: list[str]) -> int | None:
    for place, text in enumerate(lines):
        if re.search(r"关于|印发|转发", text) and not text.endswith(("文件", "：", ":")):
            return place
    for place, text in enumerate(lines):
        if _TITLE_END.search(text) and not _is_addressees(text):
            return place
    return None


def _masthead(lines: list[str]) -> str:
    """The issuer above the title. Repeats count once; a name broken over lines is put together."""
    names: list[str] = []
    open_name = ""
    for text in lines:
        name = open_name + re.sub(r"文件$", "", text.strip())
        if (
            not name
            or re.search(r"[。；：:！]", name)
            or re.fullmatch(r"[（(].*[）)]|\d+|特急|急件|加急|机密|秘密", name)
        ):
            continue
        if not ORGANISATION_END.search(name):
            open_name = name if len(name) < 40 else ""
            continue
        open_name = ""
        if name not in names:
            names.append(name)
    return "、".join(names)


def _is_addressees(text: str) -> bool:
    return bool(re.search(r"[：:]$", text)) and not _NOT_ADDRESSEE.match(text) and len(text) > 2


def _unclosed(text: str) -> bool:
    return text.count("《") > text.count("》") or text.count("（") > text.count("）")


def split_names(text: str) -> list[str]:
    """Names parted by ， and 、 outside brackets; 、 parts only what is whole (各高职、中职院校 stays one)."""
    groups = [g for g in re.split(r"[，,；;](?![^（(]*[）)])", text) if g.strip()]
    names: list[str] = []
    for group in groups:
        parts = [p.strip() for p in re.split(r"、(?![^（(]*[）)])", group) if p.strip()]
        held = ""
        for part in parts:
            held = f"{held}、{part}" if held else part
            plain = re.sub(r"[（(][^）)]*[）)]|^各|^有关", "", part)
            if len(plain) > 1 and _PLACES_END.search(plain):
                names.append(held)
                held = ""
        if held:
            names.append(held)
    return [name.strip("。．. ") for name in names if name.strip("。．. ")]
