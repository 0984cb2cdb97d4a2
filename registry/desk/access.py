"""Who comes to the desk, and which filing they may open."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache

from registry.errors import NotAllowed
from registry.models import Kind, Record, Role, Round
from registry.permissions import Viewer, sees_whole

COMMITTEE = (Role.MEMBER, Role.CHAIR)
SEE_LISTS = (Role.OFFICE, Role.ADMINISTRATOR, Role.AUDITOR, Role.BUREAU)


def at_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A desk view takes (request, who: Viewer, …). Signed in only, never cached; NotAllowed becomes a 403 page."""

    @login_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        who = Viewer(request.user)
        try:
            return view(request, who, *args, **kwargs)
        except NotAllowed as refusal:
            return page(
                request, who, "desk/not_allowed.html", {"title": "不能办理", "reason": refusal.message}, 403
            )

    return guarded


def page(request: HttpRequest, who: Viewer, template: str, context: dict, status: int = 200) -> HttpResponse:
    """A rendered desk page with what every desk page shows."""
    crumbs = [("工作台", reverse("desk")), *context.pop("crumbs", [])]
    if context.get("title") and (len(crumbs) == 1 or crumbs[-1][1]):
        crumbs.append((context["title"], ""))
    shared = {
        "who": who,
        "desk_nav": desk_nav(who),
        "crumbs": crumbs if request.path != reverse("desk") else [],
    }
    return render(request, template, {**shared, **context}, status=status)


def desk_nav(who: Viewer) -> list[dict[str, str]]:
    """Rooms beside the first page: the panels, for those who sit on one or oversee them."""
    url = panels_url() if who.has(*COMMITTEE, Role.OFFICE, Role.ADMINISTRATOR, Role.AUDITOR) else None
    return [{"label": "专家评审", "url": url}] if url else []


def panels_url() -> str | None:
    """The panels' page, where the site has panels."""
    try:
        return reverse("panel-list")
    except NoReverseMatch:
        return None


def find_round(key: str) -> Round:
    """The round of a filing register. Raises Http404."""
    rounds = Round.objects.select_related("register", "version").filter(register__kind=Kind.FILING)
    found = rounds.filter(key=key).first()
    if found is None:
        raise Http404("没有这个批次")
    return found


def find_filing(who: Viewer, uid: UUID) -> Record:
    """The filing, if this person may see all of it; otherwise Http404, which does not tell that it exists."""
    records = Record.objects.select_related(
        "register", "version", "round", "round__register", "owner", "region", "created_by"
    )
    record = records.filter(uid=uid, register__kind=Kind.FILING).first()
    if record is None or not sees_whole(who, record):
        raise Http404("没有这份申报")
    return record
