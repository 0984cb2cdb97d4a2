"""Data files into the two small reference models: regions and special days."""

from __future__ import annotations

from datetime import date
from typing import Any

from registry.errors import Refused
from registry.exchange.report import Report, RowReport
from registry.exchange.sheets import ROW
from registry.models import Region, SpecialDay


def load_regions(rows: list[dict[str, Any]], *, dry_run: bool = False) -> Report:
    """Provinces from province_code and province, the units under them from code, name, kind and note.

    A unit without a code (西咸新区) is known by its name in its province.
    """
    report = Report()
    provinces: dict[str, Region | None] = {}
    known = {region.code: region for region in Region.objects.filter(code__isnull=False)}
    by_name = {(region.parent_id, region.name): region for region in Region.objects.all()}
    for row in rows:
        code, name = _cell(row, "code"), _cell(row, "name")
        above, province = _cell(row, "province_code"), _cell(row, "province")
        if not name or not above or not province:
            raise Refused(
                f"第{row[ROW]}行：行政区划须有名称、省级代码和省份，现为“{name}”“{above}”“{province}”。"
            )
        if above not in provinces:
            wanted = {"name": province, "kind": "直辖市" if code == above else "省级", "parent": None}
            if code == above:
                wanted |= {"note": _cell(row, "note"), "source": _cell(row, "source")}
            provinces[above], status = _put(known, above, wanted, None, dry_run)
        if code != above:
            parent = provinces[above]
            wanted = {
                "name": name,
                "parent": parent,
                **{key: _cell(row, key) for key in ("kind", "note", "source")},
            }
            twin = by_name.get((parent.pk if parent else None, name))
            _, status = _put(known, code, wanted, twin if not code else None, dry_run)
        report.rows.append(RowReport(row[ROW], code or name, status))
    report.stored = not dry_run
    return report


def _put(
    known: dict, code: str, wanted: dict[str, Any], twin: Region | None, dry_run: bool
) -> tuple[Region | None, str]:
    region = known.get(code) if code else twin
    if region is None:
        if dry_run:
            return None, "new"
        region = Region.objects.create(code=code or None, **wanted)
        if code:
            known[code] = region
        return region, "new"
    if all(getattr(region, key) == value for key, value in wanted.items()):
        return region, "unchanged"
    if not dry_run:
        for key, value in wanted.items():
            setattr(region, key, value)
        region.save()
    return region, "changed"


def load_special_days(rows: list[dict[str, Any]], *, dry_run: bool = False) -> Report:
    """date (ISO), kind (休 or 班), holiday and source."""
    report = Report()
    known = {day.date: day for day in SpecialDay.objects.all()}
    fresh = []
    for row in rows:
        written, kind = _cell(row, "date"), _cell(row, "kind")
        try:
            day = date.fromisoformat(written)
        except ValueError:
            raise Refused(f"第{row[ROW]}行：“{written}”不是日期，须如 2023-01-01。") from None
        if kind not in SpecialDay.Kind.values:
            raise Refused(f"第{row[ROW]}行：类别“{kind}”须为“休”或“班”。")
        wanted = {"kind": kind, "holiday": _cell(row, "holiday"), "source": _cell(row, "source")}
        found = known.get(day)
        if found is None:
            fresh.append(SpecialDay(date=day, **wanted))
            status = "new"
        elif all(getattr(found, key) == value for key, value in wanted.items()):
            status = "unchanged"
        else:
            status = "changed"
            if not dry_run:
                SpecialDay.objects.filter(pk=found.pk).update(**wanted)
        report.rows.append(RowReport(row[ROW], written, status))
    if fresh and not dry_run:
        SpecialDay.objects.bulk_create(fresh, batch_size=500)
    report.stored = not dry_run
    return report


def _cell(row: dict[str, Any], key: str) -> str:
    return str(row.get(key) or "").strip()


LOADERS = {"divisions": load_regions, "special-days": load_special_days}
