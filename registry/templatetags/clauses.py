"""`{% clause_link ref %}`: a clause as a link to its paragraph, or as plain text when no page holds it."""

from typing import Any

from django import template
from django.utils.html import format_html

from registry.clauses import resolve

register = template.Library()


@register.simple_tag
def clause_link(ref: Any) -> str:
    """`ref`: a ClauseRef or its dict {document, path, id}, or None (then nothing is shown)."""
    if not ref:
        return ""
    path = ref.get("path", "") if isinstance(ref, dict) else ref.path
    resolved = resolve(ref)
    if resolved is None:
        return path
    return format_html(
        '<a href="{}" title="{}">{} {}</a>', resolved.url, resolved.text[:120], resolved.title, path
    )
