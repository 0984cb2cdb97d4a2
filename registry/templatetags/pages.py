"""Words, signs and page numbers that the page components need."""

from collections.abc import Iterator

from django import template
from django.core.paginator import Page

register = template.Library()

OUTCOMES: dict[str, tuple[str, str]] = {
    "pass": ("✓", "符合"),
    "excused": ("✓", "已说明理由"),
    "needs_reason": ("!", "须说明理由"),
    "fail": ("✕", "不符合"),
    "not_applicable": ("—", "不适用"),
}


@register.filter
def outcome_word(outcome: str) -> str:
    """The Chinese word of a verdict's outcome; an unknown outcome is shown as it is."""
    return OUTCOMES.get(outcome, ("", outcome))[1]


@register.filter
def outcome_sign(outcome: str) -> str:
    """The sign that stands before the word, so that colour is never alone in carrying it."""
    return OUTCOMES.get(outcome, ("·", ""))[0]


@register.filter
def page_numbers(page: Page, around: int = 1) -> Iterator[int]:
    """First, last and the pages `around` the current one; 0 stands for a gap."""
    last = page.paginator.num_pages
    shown = sorted({1, last, *range(max(1, page.number - around), min(last, page.number + around) + 1)})
    previous = 0
    for number in shown:
        if number - previous > 1:
            yield 0
        yield number
        previous = number


@register.filter
def beside(columns: list[dict], row: list[dict]) -> list[tuple[dict, dict]]:
    """Each cell of a row with its column, so that a card can name the value: [(column, cell), …]."""
    return list(zip(columns, row, strict=True))
