"""What search holds of records: the title and public fields of public ones, all plain fields of the others."""

from collections.abc import Iterable, Iterator

from registry import fields, values
from registry.models import Record, Stage
from registry.models.register import parsed
from registry.permissions import UNFILED
from search import index
from search.entries import Entry
from search.registry import register_source

BATCH = 500


class RecordSource:
    """Entries `record:<id>`. A withdrawn record is in no one's search."""

    def all(self) -> Iterator[Entry]:
        last = 0
        while rows := list(self._records().filter(pk__gt=last).order_by("pk")[:BATCH]):
            last = rows[-1].pk
            yield from self._entries(rows)

    def entries(self, keys: Iterable[str]) -> Iterator[Entry]:
        ids = [int(key.partition(":")[2]) for key in keys]
        for start in range(0, len(ids), BATCH):
            yield from self._entries(list(self._records().filter(pk__in=ids[start : start + BATCH])))

    def _records(self):
        return Record.objects.exclude(stage=Stage.WITHDRAWN).select_related("register", "region")

    def _entries(self, rows: list[Record]) -> Iterator[Entry]:
        definitions = [parsed(row.version_id) for row in rows]
        names = values.names_of(rows, definitions)
        for row, definition in zip(rows, definitions, strict=True):
            data = values.decode(row, definition)
            shown = [
                spec
                for spec in definition.fields
                if not spec.sensitive and (spec.public or not row.public) and (spec.searchable or spec.public)
            ]
            texts = [fields.get(spec.type).search_text(data.get(spec.key), spec, names) for spec in shown]
            yield Entry(
                kind="record",
                key=f"record:{row.pk}",
                title=row.title,
                body="\n".join([row.number, row.register.name, *filter(None, texts)]),
                url=row.get_absolute_url(),
                date=row.submitted_at.date() if row.submitted_at else None,
                facets={
                    "register": row.register.name,
                    **({"region": row.region.name} if row.region else {}),
                },
                audience=frozenset(audience(row)),
                record_id=row.pk,
            )


def audience(record: Record) -> set[str]:
    """The tokens that may find this record."""
    tokens = {f"office:{record.register.office_id or 0}", "office:0"}
    if record.public:
        tokens.add("public")
    if record.owner_id:
        tokens.add(f"org:{record.owner_id}")
    if record.stage not in UNFILED:
        if record.region_id:
            tokens.add(f"region:{record.region_id}")
        if record.round_id and record.stage != Stage.RETURNED:  # back at its school: not before the committee
            tokens.add(f"panel:{record.round_id}")
    return tokens


def changed(record_ids: list[int]) -> None:
    """Records were written: their entries follow (or go, when nobody may find them any more)."""
    source = RecordSource()
    keys = [f"record:{pk}" for pk in record_ids]
    found = list(source.entries(keys))
    index.update(found)
    index.remove(sorted(set(keys) - {entry.key for entry in found}))


def connect() -> None:
    register_source("record", RecordSource())
