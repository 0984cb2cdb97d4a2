"""A register's list: columns, filters, sort, one page of rows. The same for page, CSV, XLSX and JSON."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from registry.definition import FieldSpec
from registry.models import Record, Stage, Standing
from registry.public.filters import filterset
from registry.public.parts import DataParts
from registry.public.sight import Sight, shown
from registry.public.sorting import Sorted

PER_PAGE = 50
NUMERIC = {"integer", "decimal", "money", "percentage"}
TONES = {Standing.SUSPENDED: "warn", Standing.ENDED: "muted"}
STAGE_TONES = {
    Stage.SUBMITTED: "info",
    Stage.IN_REVIEW: "info",
    Stage.RETURNED: "warn",
    Stage.APPROVED: "ok",
    Stage.REFUSED: "bad",
}
RESERVED = {"title": "名称", "number": "编号"}


class Listing:
    """One look at a register: who looks, with which filters and sort.

    Queries of a page, whatever the register holds: the options of its filters, the counts, the ids, the rows, and
    the names they refer to.
    """

    def __init__(self, sight: Sight, params: QueryDict) -> None:
        self.sight = sight
        self.params = params
        self.filters = filterset(sight, params)

    @cached_property
    def keys(self) -> list[str]:
        """The columns: as configured, what this viewer may see of them, always with the title."""
        definition = self.sight.definition
        keys = [key for key in definition.columns if key in RESERVED or key in self.sight.by_key]
        return keys if self.title_key in keys else ["title", *keys]

    @property
    def title_key(self) -> str:
        """The column that shows the title: the field it is taken from where that one is visible."""
        key = self.sight.definition.title.get("field") or "title"
        return key if key in self.sight.by_key and key in self.sight.definition.columns else "title"

    def label(self, key: str) -> str:
        own = self.sight.definition.title.get("label") if key == "title" else None
        return own or RESERVED.get(key) or self.sight.by_key[key].label

    @cached_property
    def sort(self) -> tuple[str, bool]:
        """(column's key, descending) that was asked for; otherwise the register's own order."""
        asked = self.params.get("sort", "")
        key = asked.removeprefix("-")
        return (key, asked.startswith("-")) if key in self.sortable else (self.own_key, False)

    @cached_property
    def sortable(self) -> set[str]:
        slots = self.sight.register.slots
        keys = {spec.key for spec in self.sight.specs if spec.sortable and spec.key in slots}
        return keys | ({self.own_key} if self.own_key else set())

    @cached_property
    def own_key(self) -> str:
        """The title's column where the register's own order is by title, so that it can be turned round; else ""."""
        own = (self.sight.definition.listing.get("sort") or ["title"])[0]
        return self.title_key if own in ("title", self.sight.definition.title.get("field")) else ""

    @cached_property
    def ids(self) -> Sorted:
        key, descending = self.sort
        slot = self.sight.register.slots[key] if key and key != self.own_key else None
        return Sorted(self.filters.qs, slot, descending=descending)

    @cached_property
    def page(self) -> Page:
        """The page asked for; a number beyond the end is the last page, rubbish the first."""
        return Paginator(self.ids, PER_PAGE).get_page(self.params.get("page"))

    @property
    def active(self) -> bool:
        """Whether anything is filtered."""
        return any(value for name in self.filters.filters for value in self.params.getlist(name))

    def query(self, **changes: str) -> str:
        """The query string with these parameters set; never with `page` nor with empty ones."""
        params = QueryDict(mutable=True)
        for name in self.params:
            if name != "page" and name not in changes:
                params.setlist(name, [value for value in self.params.getlist(name) if value])
        for name, value in changes.items():
            params[name] = value
        return params.urlencode()

    def columns(self) -> list[dict[str, Any]]:
        """For components/table.html."""
        sorted_by, descending = self.sort
        made = []
        for key in self.keys:
            spec = self.sight.by_key.get(key)
            column: dict[str, Any] = {
                "label": self.label(key),
                "numeric": bool(spec and spec.type in NUMERIC),
            }
            if key in self.sortable:
                column["sorted"] = ("desc" if descending else "asc") if key == sorted_by else ""
                column["sort_url"] = "?" + self.query(sort=f"-{key}" if column["sorted"] == "asc" else key)
            made.append(column)
        return made

    def rows(self) -> list[list[dict[str, Any]]]:
        """The page's cells, for components/table.html."""
        return [
            list(self._cells(*row)) for row in self.read(list(self.page.object_list), self._wanted(self.keys))
        ]

    def _cells(self, entry: dict, values: dict, targets: dict, regions: dict) -> Iterator[dict[str, Any]]:
        for key in self.keys:
            spec = self.sight.by_key.get(key)
            value = entry[key] if spec is None else shown(spec, values.get(key), targets, regions)
            cell: dict[str, Any] = {"value": value}
            if key == self.title_key:
                cell |= {
                    "value": value or entry["title"],
                    "url": address(self.sight.register.key, entry["number"]),
                }
                if tone := TONES.get(entry["standing"]):
                    cell |= {"tag": Standing(entry["standing"]).label, "tag_tone": tone}
                if not self.sight.register.public:
                    stage = Stage(entry["stage"])
                    cell |= {"tag": stage.label, "tag_tone": STAGE_TONES.get(stage, "muted")}
                elif not entry["public"]:
                    cell |= {"tag": "未公开", "tag_tone": "warn"}
            elif spec and spec.type == "reference" and value:
                cell["url"] = targets[values[key]].url
            yield cell

    def _wanted(self, keys: list[str]) -> dict[str, FieldSpec]:
        return {key: self.sight.by_key[key] for key in keys if key in self.sight.by_key}

    def read(self, ids: list[int], wanted: dict[str, FieldSpec]) -> Iterator[tuple[dict, dict, dict, dict]]:
        """(columns, values of the wanted fields, targets, region names) of these records, in the ids' order."""
        found = Record.objects.filter(pk__in=ids).annotate(parts=DataParts(wanted))
        by_id = {
            row["pk"]: row
            for row in found.values("pk", "number", "title", "stage", "standing", "public", "parts")
        }
        rows = [by_id[pk] for pk in ids if pk in by_id]
        values = [
            {key: value for key, value in self.sight.values(row["parts"]).items() if key in wanted}
            for row in rows
        ]
        targets, regions = self.sight.targets(values), self.sight.regions(values)
        return ((row, value, targets, regions) for row, value in zip(rows, values, strict=True))


def address(register_key: str, number: str) -> str:
    """A record's public address."""
    return f"/registers/{register_key}/{number}/"
