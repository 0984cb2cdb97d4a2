"""What every template knows of the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    """`site_name`, and `is_demo` when the site holds the demonstration province."""
    from registry.demo import is_demo

    return {"site_name": settings.WAGTAIL_SITE_NAME, "is_demo": is_demo()}
