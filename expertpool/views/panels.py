"""The panels, one panel's nominations, its decisions, and the sheet."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from expertpool import export, nominations
from expertpool.forms import Filters
from expertpool.models import Capacity, Decision, Panel
from expertpool.permissions import oversees, visible_nominations, visible_panels
from expertpool.progress import progress
from registry.desk.access import at_desk, page
from registry.permissions import Viewer

PER_PAGE = 30
LIST = ("专家评审", "panel-list")


def crumbs(panel: Panel | None = None, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page below the panels."""
    way = [(LIST[0], reverse(LIST[1]))]
    if panel:
        way.append((panel.round.name, reverse("panel", args=[panel.round.key])))
    return [*way, *more]


def find_panel(who: Viewer, key: str) -> Panel:
    """The round's panel, if this person sees it; otherwise Http404."""
    panel = visible_panels(who).select_related("round__version").filter(round__key=key).first()
    if panel is None:
        raise Http404("没有这个评审组")
    return panel


@at_desk
def panel_list(request: HttpRequest, who: Viewer) -> HttpResponse:
    """Every panel this person sits on or oversees, with what waits for the own review."""
    panels = list(visible_panels(who))
    context = {
        "title": "专家评审",
        "crumbs": [("专家评审", "")],
        "panels": [
            {"panel": panel, "counts": nominations.counts(who, panel), "seat": panel.seat_of(who.user)}
            for panel in panels
        ],
    }
    return page(request, who, "expertpool/panel_list.html", context)


@at_desk
def panel_page(request: HttpRequest, who: Viewer, key: str) -> HttpResponse:
    """The nominations of the panel's round, with each rule's outcome."""
    panel = find_panel(who, key)
    form = Filters(request.GET or None, who, panel)
    form.is_bound = True
    form.data = request.GET
    asked = form.asked()
    found = nominations.selected(who, panel, asked)
    if nominations.needs_verdicts(asked):
        rows = nominations.narrowed(nominations.rows(who, panel, found), asked)
        page_obj = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        rows = list(page_obj.object_list)
    else:
        page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        rows = nominations.rows(who, panel, page_obj.object_list)
    seat = panel.seat_of(who.user)
    sees_progress = oversees(who) or bool(seat and seat.capacity != Capacity.MEMBER)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "title": panel.round.name,
        "crumbs": [*crumbs(), (panel.round.name, "")],
        "panel": panel,
        "seat": seat,
        "form": form,
        "active": bool(set(asked) - {"sort"}),
        "rows": rows,
        "rules": panel.round.version.parsed.rules,
        "page_obj": page_obj,
        "base_query": query.urlencode(),
        "counts": nominations.counts(who, panel),
        "progress": progress(who, panel) if sees_progress else [],
        "formats": [("CSV", "csv"), ("XLSX", "xlsx")],
    }
    return page(request, who, "expertpool/panel.html", context)


@at_desk
def panel_export(request: HttpRequest, who: Viewer, key: str, format: str) -> HttpResponse:
    """What the page's filters show, as a sheet; whatever the person may not see is not in it."""
    if format not in export.TYPES:
        raise Http404("没有这种格式")
    panel = find_panel(who, key)
    form = Filters(request.GET, who, panel)
    asked = form.asked()
    rows = nominations.narrowed(nominations.rows(who, panel, nominations.selected(who, panel, asked)), asked)
    return export.response(panel, rows, format)


@at_desk
def panel_decisions(request: HttpRequest, who: Viewer, key: str) -> HttpResponse:
    """Every decision of the panel that this person may see, newest first, with its reason and letter."""
    panel = find_panel(who, key)
    made = Decision.objects.filter(record__in=visible_nominations(who, panel)).order_by("-at")
    made = made.select_related("record__owner", "decided_by", "record__appointment__expert")
    context = {
        "title": "遴选决定",
        "crumbs": crumbs(panel, ("遴选决定", "")),
        "panel": panel,
        "page_obj": Paginator(made, PER_PAGE).get_page(request.GET.get("page")),
    }
    return page(request, who, "expertpool/decisions.html", context)
