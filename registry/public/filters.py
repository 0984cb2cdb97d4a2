"""The filters of a register's list, made from its definition over the slot columns (django-filter)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db import connection
from django.db.models import Q, QuerySet
from django_filters.constants import EMPTY_VALUES

from registry import fields
from registry.definition import FieldSpec
from registry.fields.choice import choices
from registry.models import Link, Record, Region
from registry.models.columns import EMPTY_NUMBER, EMPTY_TEXT
from registry.public.sight import Sight

MOST_OPTIONS = 400
TAKEN = {"q", "sort", "page", "format", "edition"}
ALL = "全部"


class TitleFilter(django_filters.CharFilter):
    """Part of the title, or a number from its beginning."""

    def filter(self, records: QuerySet[Record], value: Any) -> QuerySet[Record]:
        text = (value or "").strip()
        return records.filter(Q(title__icontains=text) | Q(number__startswith=text)) if text else records


class SlotFilter(django_filters.ChoiceFilter):
    """One value of a text or number slot."""


class ReferenceFilter(django_filters.ChoiceFilter):
    """One referred record, chosen by its number; `ids`: number → record id."""

    def __init__(self, *args: Any, ids: dict[str, int], **kwargs: Any) -> None:
        self.ids = ids
        super().__init__(*args, **kwargs)

    def filter(self, records: QuerySet[Record], value: Any) -> QuerySet[Record]:
        return super().filter(records, self.ids.get(value))


class PartFilter(django_filters.CharFilter):
    """Part of a text slot that has too many values for a list; the slot's own normal form is searched."""

    def __init__(self, *args: Any, spec: FieldSpec, **kwargs: Any) -> None:
        self.spec = spec
        super().__init__(*args, lookup_expr="contains", **kwargs)

    def filter(self, records: QuerySet[Record], value: Any) -> QuerySet[Record]:
        if value in EMPTY_VALUES:
            return records
        return super().filter(records, fields.get(self.spec.type).slot_of(value.strip(), self.spec))


class TargetFilter(django_filters.CharFilter):
    """A reference whose target has this text in its title, or this number."""

    def __init__(self, *args: Any, spec: FieldSpec, slot: str | None, sight: Sight, **kwargs: Any) -> None:
        self.spec, self.slot, self.sight = spec, slot, sight
        super().__init__(*args, **kwargs)

    def filter(self, records: QuerySet[Record], value: Any) -> QuerySet[Record]:
        if value in EMPTY_VALUES:
            return records
        text = value.strip()
        targets = known_targets(self.sight, self.spec).filter(Q(number=text) | Q(title__icontains=text))
        if self.slot:
            return records.filter(**{f"{self.slot}__in": targets.values("pk")})
        return records.filter(
            pk__in=Link.objects.filter(field=self.spec.key, target__in=targets).values("source")
        )


class LinkFilter(django_filters.MultipleChoiceFilter):
    """Any of the chosen options of a several-choice field."""

    def filter(self, records: QuerySet[Record], value: Any) -> QuerySet[Record]:
        if not value:
            return records
        return records.filter(
            pk__in=Link.objects.filter(field=self.field_name, choice__in=value).values("source")
        )


class FromFilter(django_filters.Filter):
    """The least value of a range; empties, stored as the greatest value, are left out."""

    def filter(self, records: QuerySet[Record], value: Any) -> QuerySet[Record]:
        if value in EMPTY_VALUES:
            return records
        greatest = {"n": EMPTY_NUMBER, "d": date.max}[self.field_name[0]]
        return records.filter(**{f"{self.field_name}__gte": value, f"{self.field_name}__lt": greatest})


class UpToFilter(django_filters.Filter):
    """The greatest value of a range."""

    def filter(self, records: QuerySet[Record], value: Any) -> QuerySet[Record]:
        return records if value in EMPTY_VALUES else records.filter(**{f"{self.field_name}__lte": value})


class ScaledField(forms.DecimalField):
    """A number as written → the scaled integer of its slot."""

    def __init__(self, *args: Any, places: int, **kwargs: Any) -> None:
        self.places = places
        super().__init__(*args, max_digits=18, decimal_places=places, **kwargs)

    def clean(self, value: Any) -> int | None:
        number: Decimal | None = super().clean(value)
        return None if number is None else int(number.scaleb(self.places))


def filter_name(key: str) -> str:
    """The query parameter of a field: its key, unless the page itself uses that name."""
    return f"f_{key}" if key in TAKEN else key


def filterset(sight: Sight, data: Any) -> django_filters.FilterSet:
    """The bound filter set; `.qs` is what it leaves of the visible records, values it cannot read change nothing."""
    made: dict[str, django_filters.Filter] = {"q": TitleFilter(label="名称或编号")}
    wanted = sight.definition.listing.get("filters")
    for spec in sight.specs:
        if spec.filterable and (wanted is None or spec.key in wanted):
            made |= _filters_of(spec, sight)
    if wanted:
        order = {key: place for place, key in enumerate(wanted)}
        made = dict(
            sorted(
                made.items(),
                key=lambda pair: order.get(pair[0].removesuffix("_from").removesuffix("_to"), -1),
            )
        )
    shape = type("RegisterFilterSet", (django_filters.FilterSet,), made)
    return shape(data=data, queryset=sight.records())


def _filters_of(spec: FieldSpec, sight: Sight) -> dict[str, django_filters.Filter]:
    slot = sight.register.slots.get(spec.key)
    maker = _MAKERS.get(spec.type) or _BY_SLOT.get((slot or "-")[0])
    return maker(spec, slot, sight) if maker and (slot or spec.type in ("choices", "references")) else {}


def _choice(spec: FieldSpec, slot: str, sight: Sight) -> dict[str, django_filters.Filter]:
    return {
        filter_name(spec.key): SlotFilter(
            field_name=slot, label=spec.label, choices=choices(spec), empty_label=ALL
        )
    }


def _yes_no(spec: FieldSpec, slot: str, sight: Sight) -> dict[str, django_filters.Filter]:
    pairs = [("yes", "是"), ("no", "否")]
    return {
        filter_name(spec.key): SlotFilter(field_name=slot, label=spec.label, choices=pairs, empty_label=ALL)
    }


def _choices(spec: FieldSpec, slot: str | None, sight: Sight) -> dict[str, django_filters.Filter]:
    ticks = forms.CheckboxSelectMultiple
    made = LinkFilter(field_name=spec.key, label=spec.label, choices=choices(spec), widget=ticks)
    return {filter_name(spec.key): made}


def _text(spec: FieldSpec, slot: str, sight: Sight) -> dict[str, django_filters.Filter]:
    values = distinct(sight, slot)
    if len(values) > MOST_OPTIONS:
        return {filter_name(spec.key): PartFilter(field_name=slot, label=spec.label, spec=spec)}
    pairs = [(value, value) for value in values]
    return {
        filter_name(spec.key): SlotFilter(field_name=slot, label=spec.label, choices=pairs, empty_label=ALL)
    }


def _region(spec: FieldSpec, slot: str, sight: Sight) -> dict[str, django_filters.Filter]:
    rows = (
        Region.objects.filter(pk__in=distinct(sight, slot)).order_by("code", "pk").values_list("pk", "name")
    )
    pairs = [(str(pk), name) for pk, name in rows]
    return {
        filter_name(spec.key): SlotFilter(field_name=slot, label=spec.label, choices=pairs, empty_label=ALL)
    }


def _reference(spec: FieldSpec, slot: str | None, sight: Sight) -> dict[str, django_filters.Filter]:
    rows = list(
        known_targets(sight, spec)
        .order_by("order", "pk")
        .values_list("pk", "number", "title")[: MOST_OPTIONS + 1]
    )
    name = filter_name(spec.key)
    if len(rows) > MOST_OPTIONS or slot is None:
        return {name: TargetFilter(label=f"{spec.label}（名称或编号）", spec=spec, slot=slot, sight=sight)}
    ids = {number: pk for pk, number, _ in rows}
    return {
        name: ReferenceFilter(
            field_name=slot,
            label=spec.label,
            choices=[(number, title) for _, number, title in rows],
            ids=ids,
            empty_label=ALL,
        )
    }


def _number(spec: FieldSpec, slot: str, sight: Sight) -> dict[str, django_filters.Filter]:
    places = fields.get(spec.type).places(spec)

    def field(**options: Any) -> ScaledField:
        return ScaledField(places=places, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)

    return _range(spec, slot, field)


def _date(spec: FieldSpec, slot: str, sight: Sight) -> dict[str, django_filters.Filter]:
    def field(**options: Any) -> forms.DateField:
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **options)

    return _range(spec, slot, field)


def _range(spec: FieldSpec, slot: str, field: Callable[..., forms.Field]) -> dict[str, django_filters.Filter]:
    low, high = (
        FromFilter(field_name=slot, label=f"{spec.label}（起）"),
        UpToFilter(field_name=slot, label=f"{spec.label}（止）"),
    )
    low.field_class = high.field_class = field
    return {f"{filter_name(spec.key)}_from": low, f"{filter_name(spec.key)}_to": high}


_MAKERS: dict[str, Callable] = {
    "choice": _choice,
    "yes_no": _yes_no,
    "declaration": _yes_no,
    "choices": _choices,
    "region": _region,
    "reference": _reference,
    "references": _reference,
}
_BY_SLOT: dict[str, Callable] = {"s": _text, "n": _number, "d": _date}


def known_targets(sight: Sight, spec: FieldSpec) -> QuerySet[Record]:
    """Records of the register a reference points to that this viewer may know of."""
    targets = Record.objects.filter(register__key=spec.options.get("register", ""))
    return targets if sight.viewer.is_office else targets.filter(public=True)


def distinct(sight: Sight, slot: str) -> list[str]:
    """The values of a text slot among what this viewer sees, at most MOST_OPTIONS + 1, in one query.

    For the public it leaps from value to value along the index, so that its cost follows the number of values.
    """
    if sight.viewer.signed_in:
        rows = sight.records().filter(**{f"{slot}__isnull": False, f"{slot}__lt": EMPTY_TEXT})
        return list(rows.order_by(slot).values_list(slot, flat=True).distinct()[: MOST_OPTIONS + 1])
    table, column = Record._meta.db_table, connection.ops.quote_name(Record._meta.get_field(slot).column)
    least = f"SELECT MIN({column}) FROM {table} WHERE register_id = %s AND public AND {column} IS NOT NULL"
    leap = (
        f"WITH RECURSIVE leap(value) AS ({least} UNION ALL SELECT ({least} AND {column} > leap.value) "
        f"FROM leap WHERE leap.value IS NOT NULL) SELECT value FROM leap WHERE value < %s LIMIT {MOST_OPTIONS + 1}"
    )
    with connection.cursor() as cursor:
        cursor.execute(leap, [sight.register.pk, sight.register.pk, EMPTY_TEXT])
        return [value for (value,) in cursor.fetchall()]
