"""`{% clause_link ref %}`: a clause as a link to its paragraph, or as plain text when no page holds it."""

from typing import Any

from django import template
from django.utils.html import format_html

from registry.clauses import resolve
from registry.definition import ClauseRef

register = template.Library()


@register.simple_tag(takes_context=True)
def clause_link(context: template.Context, ref: Any) -> str:
    """`ref`: a ClauseRef or its dict {document, path, id}, or None (then nothing is shown).

    A list cites the same clause on every row: it is looked up once per request.
    """
    if not ref:
        return ""
    ref = ClauseRef(**ref) if isinstance(ref, dict) else ref
    path = ref.path
    known = getattr(context.get("request"), "__dict__", {}).setdefault("_clauses_resolved", {})
    if ref not in known:
        known[ref] = resolve(ref)
    resolved = known[ref]
    if resolved is None:
        return path
    return format_html(
        '<a href="{}" title="{}">{} {}</a>', resolved.url, resolved.text[:120], resolved.title, path
    )
