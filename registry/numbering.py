"""Numbers: immutable, `[A-Za-z0-9-]+`, drawn from a series under a lock."""

import re

from django.db.models import F

from registry.definition import Definition
from registry.models.register import Series

NUMBER = re.compile(r"[A-Za-z0-9-]{1,60}")


def draw(prefix: str, width: int, count: int) -> list[str]:
    """The next `count` numbers of a series, inside the caller's transaction; none is ever given twice."""
    if count == 0:
        return []
    Series.objects.get_or_create(prefix=prefix)
    Series.objects.filter(prefix=prefix).update(next=F("next") + count)
    end = Series.objects.values_list("next", flat=True).get(prefix=prefix)
    return [f"{prefix}{n:0{width}d}" for n in range(end - count, end)]


def series_of(definition: Definition) -> tuple[str, int]:
    """(prefix, width) of a register's series; a register without one numbers by its key."""
    numbering = definition.numbering
    return numbering.get("prefix") or f"{definition.key.upper()}-", numbering.get("width", 4)
