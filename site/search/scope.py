"""What a viewer may see."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.module_loading import import_string

PUBLIC = "public"


@dataclass(frozen=True)
class Scope:
    """可见范围: audience tokens the viewer holds, and ids of records that stay hidden whatever their audience.

    Tokens: `public`, `org:<id>`, `region:<id>`, `office:<id>`, `panel:<round id>`. Every search takes one and
    applies it before hits, counts and facets. Without tokens nothing is seen.
    """

    tokens: frozenset[str] = frozenset()
    denied: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def public(cls) -> "Scope":
        """What anybody may see."""
        return cls(frozenset({PUBLIC}))


def scope_for(user: object) -> Scope:
    """The scope of `user`, by the function that the setting SEARCH_SCOPE_FOR names; without it, the public's."""
    path = getattr(settings, "SEARCH_SCOPE_FOR", "")
    return import_string(path)(user) if path else Scope.public()
