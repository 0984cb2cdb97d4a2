"""What the importer makes of a document."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date as Date


@dataclass
class TreeClause:
    """One numbered paragraph. `section` is "" in the body and 附件N inside an attachment."""

    level: int
    marker: str
    anchor: str
    text: str
    path: str = ""
    section: str = ""


@dataclass
class TreeTable:
    """A table: its rows of cells (text), and the attachment and heading it stands under."""

    rows: list[list[str]]
    section: str = ""
    caption: str = ""


@dataclass
class DateFound:
    """A date the text names; `time` as written (17:00, 8:00-12:00) or "", `text` the sentence around it."""

    date: Date
    time: str
    text: str
    anchor: str


@dataclass
class ContactFound:
    """A way to reach someone: person, phone, email, qq or address. Private until an editor says otherwise."""

    kind: str
    value: str
    private: bool = True
    anchor: str = ""


@dataclass
class NoticeTree:
    """An official document as found in a file."""

    title: str = ""
    number: str | None = None
    number_as_written: str | None = None
    issuer: str = ""
    date: Date | None = None
    addressees: list[str] = field(default_factory=list)
    disclosure: str | None = None
    annotation: str = ""
    preamble: str = ""
    source_title: str = ""
    clauses: list[TreeClause] = field(default_factory=list)
    tables: list[TreeTable] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    dates: list[DateFound] = field(default_factory=list)
    contacts: list[ContactFound] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def as_json(self) -> dict:
        """The object that `import_notice --json` prints: dates in ISO 8601, tables as rows of cells."""
        return {
            "title": self.title,
            "number": self.number,
            "number_as_written": self.number_as_written,
            "issuer": self.issuer,
            "date": self.date.isoformat() if self.date else None,
            "addressees": self.addressees,
            "disclosure": self.disclosure,
            "preamble": self.preamble,
            "clauses": [
                {"level": c.level, "marker": c.marker, "anchor": c.anchor, "path": c.path, "text": c.text}
                for c in self.clauses
            ],
            "tables": [table.rows for table in self.tables],
            "attachments": self.attachments,
            "dates": [{**asdict(d), "date": d.date.isoformat(), "time": d.time or None} for d in self.dates],
            "contacts": [{"kind": c.kind, "value": c.value, "private": c.private} for c in self.contacts],
            "copies": self.copies,
            "problems": self.problems,
        }
