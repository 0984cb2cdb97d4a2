"""What search holds of notices and policies: the document, and each of its clauses with its address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from home.models import NoticePage, OfficialPage, PolicyPage
from search.entries import Entry
from search.registry import register_source

BATCH = 50
HEADING = 30  # characters of a clause shown in the title of its hit


class OfficialSource:
    """Entries `notice:<page>` and `notice:<page>:<anchor>` (or policy:…). Only what the public may see is given;
    private contacts are masked before anything is indexed."""

    def __init__(self, kind: str, model: type[OfficialPage]) -> None:
        self.kind = kind
        self.model = model

    def all(self) -> Iterator[Entry]:
        """Entries of every published document of this kind."""
        last = 0
        while rows := list(self._pages().filter(pk__gt=last).order_by("pk")[:BATCH]):
            last = rows[-1].pk
            for page in rows:
                yield from self.of_page(page)

    def entries(self, keys: Sequence[str]) -> Iterator[Entry]:
        """The entries of `keys`."""
        wanted = set(keys)
        ids = {int(key.split(":")[1]) for key in keys if key.split(":")[1].isdigit()}
        for page in self._pages().filter(pk__in=ids):
            yield from (entry for entry in self.of_page(page) if entry.key in wanted)

    def _pages(self):
        return (
            self.model.objects.live()
            .public()
            .prefetch_related("clauses", "contacts", "attachments", "tables")
        )

    def of_page(self, page: OfficialPage) -> Iterable[Entry]:
        """The document's entry and its clauses'."""
        mask = page.mask()
        url = page.get_url() or "/"
        facets = {"issuer": page.issuer, "validity": page.get_validity_display()}
        if page.issued_on:
            facets["year"] = str(page.issued_on.year)
        clauses = list(page.clauses.all())
        body = [
            page.number,
            page.number_as_written,
            page.issuer,
            *page.addressee_list,
            page.summary,
            page.preamble,
        ]
        body += [page.source_title, *(f"{clause.marker}{clause.text}" for clause in clauses)]
        body += [attachment.name for attachment in page.attachments.all()]
        body += [cell for table in page.tables.all() for row in table.rows for cell in row]
        common = {"kind": self.kind, "date": page.issued_on, "facets": facets}
        yield Entry(
            key=f"{self.kind}:{page.pk}",
            title=mask(page.title),
            body=mask("\n".join(filter(None, body))),
            url=url,
            **common,
        )
        for clause in clauses:
            text = mask(clause.text)
            heading = text.split("\n")[0].split("。")[0][:HEADING]
            yield Entry(
                key=f"{self.kind}:{page.pk}:{clause.anchor}",
                title=f"{clause.path} {heading}（{short_name(page)}）",
                body=text,
                url=f"{url}#{clause.anchor}",
                **common,
            )


def short_name(page: OfficialPage) -> str:
    """文号, else issuer, year and kind: names the document without its title's words, so that a search for the
    title finds the document and not each of its clauses."""
    if page.number:
        return page.number
    year = f" {page.issued_on.year} 年" if page.issued_on else ""
    return f"{page.issuer}{year}{page.get_kind_display()}"


SOURCES = {"notice": OfficialSource("notice", NoticePage), "policy": OfficialSource("policy", PolicyPage)}


def register() -> None:
    """Makes both kinds known to search."""
    for name, source in SOURCES.items():
        register_source(name, source)
