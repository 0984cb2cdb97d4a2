"""Regions by id and by name, held in memory: the table is small and changes rarely."""

from django.core.exceptions import ValidationError

from registry.models import Region


def region_name(region_id: str | int) -> str:
    """The region's name, or its id where it no longer exists."""
    return Region.objects.filter(pk=int(region_id)).values_list("name", flat=True).first() or str(region_id)


def find_region(written: str, within: int | None = None) -> Region:
    """The region of that code or name. Raises ValidationError when there is none or more than one."""
    found = Region.objects.filter(code=written) if written.isdigit() else Region.objects.filter(name=written)
    if within:
        found = found.filter(parent_id=within)
    matches = list(found[:2])
    if len(matches) != 1:
        raise ValidationError(f"行政区划“{written}”{'不止一个，请填代码' if matches else '不在区划表中'}。")
    return matches[0]
