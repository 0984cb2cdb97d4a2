"""Lists of notices and policies: filters from the address, pages, a constant number of queries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest

from home.models.official import Kind, Validity

PER_PAGE = 20


class NoticeFilter(forms.Form):
    """年份, 发文机关, 文种, 有效性: each one choice or none. Unknown values are passed over."""

    year = forms.ChoiceField(label="年份", required=False)
    issuer = forms.ChoiceField(label="发文机关", required=False)
    kind = forms.ChoiceField(label="文种", required=False)
    validity = forms.ChoiceField(label="有效性", required=False)

    def __init__(self, data: Any, years: list[int], issuers: list[str], kinds: list[str]) -> None:
        super().__init__(data)
        self.fields["year"].choices = [("", "不限"), *((str(y), f"{y} 年") for y in years)]
        self.fields["issuer"].choices = [("", "不限"), *((i, i) for i in issuers)]
        self.fields["kind"].choices = [("", "不限"), *((k, label) for k, label in Kind.choices if k in kinds)]
        self.fields["validity"].choices = [("", "不限"), *Validity.choices]

    def chosen(self) -> dict[str, str]:
        """The filters asked for that are among the choices; also usable where others are not."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _paged(request: HttpRequest, rows: QuerySet) -> ListPage:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def notice_list(index, request: HttpRequest) -> dict:
    """Context of the list of notices: `form`, `page_obj`, `base_query`, `active`, `crumbs`."""
    from home.models import NoticePage

    found = NoticePage.objects.live().public().descendant_of(index)
    facts = list(found.order_by().values_list("issued_on__year", "issuer", "kind").distinct())
    form = NoticeFilter(
        request.GET,
        sorted({year for year, _, _ in facts if year}, reverse=True),
        sorted({issuer for _, issuer, _ in facts if issuer}),
        [kind for _, _, kind in facts],
    )
    chosen = form.chosen()
    if "year" in chosen:
        found = found.filter(issued_on__year=int(chosen["year"]))
    found = found.filter(**{k: v for k, v in chosen.items() if k != "year"})
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "form": form,
        "page_obj": _paged(
            request, found.order_by(F("issued_on").desc(nulls_last=True), "-first_published_at", "pk")
        ),
        "base_query": query.urlencode(),
        "active": bool(chosen),
        "crumbs": [(index.title, "")],
        "feed_url": (index.get_url(request) or "") + "feed/",
    }


def policy_list(index, request: HttpRequest) -> dict:
    """Context of the list of policies: `page_obj`, `crumbs`."""
    from home.models import PolicyPage

    found = (
        PolicyPage.objects.live()
        .public()
        .descendant_of(index)
        .order_by(F("issued_on").desc(nulls_last=True), "title")
    )
    return {"page_obj": _paged(request, found), "base_query": "", "crumbs": [(index.title, "")]}
