"""The letter of appointment (聘书), and ending an appointment."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from expertpool.actions.end_appointment import end_appointment
from expertpool.forms import Ending
from expertpool.models import Appointment
from expertpool.permissions import can_end_appointment, can_see_appointment
from expertpool.views.panels import crumbs
from registry import values
from registry.desk.access import at_desk, page
from registry.errors import NotAllowed, Refused
from registry.permissions import Viewer


def find(who: Viewer, number: str) -> Appointment:
    """Raises Http404 for a letter this person may not see."""
    found = Appointment.objects.select_related(
        "expert__owner", "expert__version", "expert__register", "nomination__round", "nomination__owner"
    )
    appointment = found.filter(number=number).first()
    if appointment is None or not can_see_appointment(who, appointment)[0]:
        raise Http404("没有这份聘书")
    return appointment


@at_desk
def letter(request: HttpRequest, who: Viewer, number: str) -> HttpResponse:
    """The letter, ready to be printed and sealed (YN23-26)."""
    appointment = find(who, number)
    expert = appointment.expert
    names = values.names_of([expert], [expert.version.parsed])
    data = values.decode(expert)
    state, tone = appointment.state()
    context = {
        "title": f"聘书 {appointment.letter_number}",
        "crumbs": [*crumbs(), (appointment.letter_number, "")],
        "appointment": appointment,
        "expert": expert,
        "unit": expert.owner.title if expert.owner else "",
        "major": names.get(data.get("major_category"), ""),
        "office": who.memberships and next((m.office for m in who.memberships if m.office), None),
        "state": state,
        "tone": tone,
        "may_end": can_end_appointment(who, appointment)[0],
    }
    return page(request, who, "expertpool/letter.html", context)


@at_desk
def end(request: HttpRequest, who: Viewer, number: str) -> HttpResponse:
    """Ends an appointment, with a date and a ground."""
    appointment = find(who, number)
    allowed, why = can_end_appointment(who, appointment)
    if not allowed:
        raise NotAllowed(why)
    form = Ending(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_appointment(appointment, actor=who.user, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(request, f"已解聘“{appointment.expert.title}”（{appointment.letter_number}）。")
            return redirect("panel-letter", number)
    back = reverse("panel-letter", args=[number])
    context = {
        "title": "解聘",
        "crumbs": [*crumbs(), (appointment.letter_number, back), ("解聘", "")],
        "appointment": appointment,
        "form": form,
    }
    return page(request, who, "expertpool/end_appointment.html", context, 422 if form.errors else 200)
