"""Whether this site holds the demonstration province; every page then says so."""

from django.conf import settings


def marker():
    """The file whose presence makes a site a demonstration; `load_demo` writes it into an empty site."""
    return settings.VAR / "demonstration"


def is_demo() -> bool:
    return marker().exists()
