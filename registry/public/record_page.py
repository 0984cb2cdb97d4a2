"""One record's page: its visible fields by section, its editions, what it refers to and what refers to it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from registry.clauses import ResolvedClause, resolve
from registry.definition import ClauseRef, FieldSpec
from registry.models import Edition, Link, Record, Register, Stage, Standing
from registry.public.filters import filter_name
from registry.public.listing import STAGE_TONES, TONES
from registry.public.sight import Sight, named, shown

MOST_BACKLINKS = 20
MOST_EDITIONS = 100


@dataclass(frozen=True)
class Backlinks:
    """Records of one register that name this one in one field."""

    register: Register
    label: str
    records: list[Record]
    count: int
    url: str


class RecordPage:
    """What `sight` shows of `record`, now or as one of its editions says it was."""

    def __init__(self, sight: Sight, record: Record, edition: Edition | None = None) -> None:
        self.sight, self.record, self.edition = sight, record, edition
        self.state: Record | Edition = edition or record

    @cached_property
    def values(self) -> dict[str, Any]:
        return self.sight.values(self.state.data)

    @cached_property
    def sections(self) -> list[dict[str, Any]]:
        """[{label, rows}] for components/summary_list.html, in the definition's order."""
        targets, regions = self.sight.targets([self.values]), self.sight.regions([self.values])
        labels = {section["key"]: section["label"] for section in self.sight.definition.sections}
        made: dict[str, list[dict]] = {key: [] for key in labels}
        for spec in self.sight.specs:
            made.setdefault(spec.section, []).append(self._row(spec, targets, regions))
        return [{"label": labels.get(key, ""), "rows": rows} for key, rows in made.items() if rows]

    def _row(self, spec: FieldSpec, targets: dict, regions: dict) -> dict[str, Any]:
        value = self.values[spec.key]
        row: dict[str, Any] = {
            "label": spec.label,
            "value": shown(spec, value, targets, regions),
            "clause": spec.clause,
            "resolved": self.clauses.get(spec.clause),
        }
        if spec.type == "reference" and value:
            row["url"] = targets[value].url
        elif spec.type == "references" and value:
            row["links"] = [targets[item] for item in value]
        elif spec.type == "url" and value:
            row["url"] = value
        elif spec.type == "rows" and value:
            row["table"] = _table(spec, value, targets)
        return row

    @cached_property
    def clauses(self) -> dict[ClauseRef, ResolvedClause]:
        """The cited clauses that a published document holds, each looked up once."""
        cited = dict.fromkeys(spec.clause for spec in self.sight.specs if spec.clause)
        return {ref: found for ref in cited if (found := resolve(ref))}

    @property
    def sources(self) -> list[str]:
        """Titles of the documents that the cited clauses stand in."""
        return list(dict.fromkeys(found.title for found in self.clauses.values()))

    @property
    def tags(self) -> list[tuple[str, str]]:
        """(word, tone): standing, and what keeps the record from the public, or its stage in a register kept inside."""
        state = self.state
        tags = []
        if state.standing != Standing.NONE:
            tags.append((Standing(state.standing).label, TONES.get(state.standing, "ok")))
        if not self.sight.register.public:
            tags.append((Stage(state.stage).label, STAGE_TONES.get(state.stage, "muted")))
        elif not state.public:
            tags.append(("暂不公开" if state.withheld else "未公开", "warn"))
        return tags

    @cached_property
    def editions(self) -> list[Edition]:
        """Newest first: of each effective time the last recorded; to the public those alone that were public."""
        shown_editions = self.record.editions.filter(effective_from__lte=timezone.now()).defer("reasons")
        if not self.sight.whole:
            shown_editions = shown_editions.filter(public=True, withheld=False)
        last: dict[Any, Edition] = {}
        for edition in shown_editions.order_by("effective_from", "sequence")[:MOST_EDITIONS]:
            last[edition.effective_from] = edition
        return list(last.values())[::-1]

    @cached_property
    def timeline(self) -> list[dict[str, Any]]:
        """For components/timeline.html: when, what changed in the visible fields, a link to the state as it was."""
        items = []
        older = [*self.editions[1:], None]
        for place, (edition, before) in enumerate(zip(self.editions, older, strict=True)):
            items.append(
                {
                    "at": timezone.localtime(edition.effective_from),
                    "title": "首次登记" if before is None else self._changed(before, edition),
                    "text": edition.standing_ground,
                    "tag": "现行" if place == 0 else "",
                    "tone": "ok",
                    "url": "" if place == 0 else f"?edition={edition.sequence}",
                }
            )
        return items

    def _changed(self, before: Edition, after: Edition) -> str:
        """In words: which visible fields differ, and a changed standing."""
        parts = []
        if self.sight.whole and before.stage != after.stage:
            parts.append(f"由“{Stage(before.stage).label}”变为“{Stage(after.stage).label}”")
        if before.standing != after.standing:
            parts.append(f"效力由“{Standing(before.standing).label}”变为“{Standing(after.standing).label}”")
        labels = [s.label for s in self.sight.specs if before.data.get(s.key) != after.data.get(s.key)]
        if before.title != after.title and not labels:
            labels = ["名称"]
        if labels:
            parts.append(f"变更：{'、'.join(labels)}")
        return "；".join(parts) or ("重新登记，内容未变" if self.sight.whole else "重新登记，公开内容未变")

    @cached_property
    def backlinks(self) -> list[Backlinks]:
        """Public records of public registers that name this one in a public field, by register and field."""
        links = Link.objects.filter(target=self.record, source__public=True, source__register__public=True)
        links = links.exclude(field__startswith="@")
        found = links.values_list("source__register_id", "field", "source_id").order_by(
            "source__register_id", "source__order"
        )
        grouped: dict[tuple[int, str], list[int]] = {}
        for register_id, field, source_id in found:
            group = grouped.setdefault((register_id, field), [])
            if source_id not in group:
                group.append(source_id)
        if not grouped:
            return []
        registers = _registers({register_id for register_id, _ in grouped})
        first = {pk for group in grouped.values() for pk in group[:MOST_BACKLINKS]}
        records = {
            r.pk: r for r in Record.objects.filter(pk__in=first).only("pk", "number", "title", "register_id")
        }
        made = []
        for (register_id, field), group in grouped.items():
            register = registers[register_id]
            spec = next((spec for spec in register.definition.public_fields if spec.key == field), None)
            if spec is None:
                continue
            url = ""
            if spec.filterable:
                url = f"/registers/{register.key}/?{filter_name(field)}={self.record.number}"
            made.append(
                Backlinks(
                    register, spec.label, [records[pk] for pk in group[:MOST_BACKLINKS]], len(group), url
                )
            )
        return made

    @cached_property
    def joined(self) -> list[dict[str, Any]]:
        """Records that acts joined to this one (a nomination and its expert), as far as this viewer may know of them."""
        outward = Link.objects.filter(source=self.record, field__startswith="@", target__isnull=False)
        inward = Link.objects.filter(target=self.record, field__startswith="@")
        ids = {*outward.values_list("target_id", flat=True), *inward.values_list("source_id", flat=True)}
        return [
            {"title": target.title, "url": target.url}
            for target in named(self.sight.viewer, ids).values()
            if target.url
        ]


def _registers(ids: set[int]) -> dict[int, Register]:
    return {
        r.pk: r for r in Register.objects.filter(pk__in=ids, current__isnull=False).select_related("current")
    }


def _table(spec: FieldSpec, value: list[dict], targets: dict) -> dict[str, Any]:
    """A rows field for components/table.html."""
    from registry.fields.rows import columns

    parts = columns(spec)
    rows = [[{"value": shown(part, row.get(part.key), targets, {})} for part in parts] for row in value]
    return {"columns": [{"label": part.label} for part in parts], "rows": rows}


def find_edition(editions: QuerySet[Edition] | list[Edition], sequence: str) -> Edition | None:
    """The edition of that sequence among those the viewer may see, or None."""
    return next((edition for edition in editions if str(edition.sequence) == sequence), None)
