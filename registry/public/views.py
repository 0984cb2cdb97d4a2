"""The public pages of registers: overview, list, record, downloads. Reading only."""

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from registry.models import Record, Register
from registry.permissions import viewer
from registry.public.export import export
from registry.public.listing import Listing
from registry.public.record_page import RecordPage, find_edition
from registry.public.sight import Sight, find_register


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every public register with its number of public records; offices also find those kept inside."""
    who = viewer(request.user)
    registers = list(Register.objects.filter(current__isnull=False).select_related("current"))
    counts = dict(
        Record.objects.filter(public=True).order_by().values_list("register").annotate(count=Count("pk"))
    )
    public = [(register, counts.get(register.pk, 0)) for register in registers if register.public]
    inside = [register for register in registers if not register.public] if who.is_office else []
    return render(
        request, "registry/overview.html", {"registers": public, "inside": inside, "crumbs": [("登记册", "")]}
    )


@require_safe
def register_list(request: HttpRequest, slug: str) -> HttpResponse:
    """One register's records, filtered, sorted, 50 a page."""
    register = find_register(slug, request.user)
    listing = Listing(Sight(register, request.user), request.GET)
    return render(
        request,
        "registry/register.html",
        {
            "register": register,
            "listing": listing,
            "page_obj": listing.page,
            "columns": listing.columns(),
            "rows": listing.rows(),
            "base_query": listing.query(),
            "form": listing.filters.form,
            "hidden": [("sort", request.GET["sort"])] if request.GET.get("sort") else [],
            "crumbs": [("登记册", "/registers/"), (register.name, "")],
        },
    )


@require_safe
def register_export(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """What the list shows under the same filters, as a file."""
    register = find_register(slug, request.user)
    return export(request, Listing(Sight(register, request.user), request.GET), format)


@require_safe
def record(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """One record; `?edition=` shows it as it was."""
    register = find_register(slug, request.user)
    sight = Sight(register, request.user)
    found = get_object_or_404(sight.records(), number=number)
    page = RecordPage(sight, found)
    asked = request.GET.get("edition")
    if asked is not None:
        edition = find_edition(page.editions, asked)
        if edition is None:
            raise Http404("没有这个版次，或者它不对外公开。")
        if edition is not page.editions[0]:
            page = RecordPage(sight, found, edition)
    return render(
        request,
        "registry/record.html",
        {
            "register": register,
            "record": found,
            "page": page,
            "crumbs": [
                ("登记册", "/registers/"),
                (register.name, f"/registers/{register.key}/"),
                (found.title, ""),
            ],
        },
    )
