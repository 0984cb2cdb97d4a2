"""Filling a filing: a new draft, or changes to one."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from registry import fields, sealing, values
from registry.actions.save_record import create_record, edit_record
from registry.desk.access import at_desk, find_filing, find_round, page
from registry.desk.form import FilingForm, typed_values
from registry.desk.uploads import keep
from registry.errors import NotAllowed, Refused, Stale
from registry.models import Record, Round
from registry.permissions import Viewer, can_create, can_edit


@at_desk
def new(request: HttpRequest, who: Viewer, key: str) -> HttpResponse:
    """A blank form for the person's own organisation; the office enters for any."""
    round = find_round(key)
    owner, fixed = own_organisation(request, who)
    allowed, reason = can_create(who, round.register, owner, round)
    if not allowed:
        raise NotAllowed(reason)
    token = _token(request)
    if request.method == "POST" and (twice := _made_already(who, token)):
        return redirect("desk-filing", twice.uid)
    return _form_page(request, who, round, None, owner, fixed, token=token)


@at_desk
def edit(request: HttpRequest, who: Viewer, uid: uuid.UUID) -> HttpResponse:
    """The form with what was saved."""
    record = find_filing(who, uid)
    allowed, reason = can_edit(who, record)
    if not allowed:
        raise NotAllowed(reason)
    return _form_page(request, who, record.round, record, record.owner, not who.is_office)


def own_organisation(request: HttpRequest, who: Viewer) -> tuple[Record | None, bool]:
    """(organisation, whether it is fixed): a clerk's own (`?owner=` chooses among several), none for the office."""
    if who.is_office or not who.organisations:
        return None, False
    wanted = request.POST.get("_owner") or request.GET.get("owner")
    chosen = next((each for each in who.organisations if each.number == wanted), who.organisations[0])
    return chosen, True


def _form_page(
    request: HttpRequest,
    who: Viewer,
    round: Round | None,
    record: Record | None,
    owner: Record | None,
    fixed: bool,
    token: str = "",
) -> HttpResponse:
    definition = record.version.parsed if record else round.version.parsed
    made = {"round": round, "record": record, "owner": owner, "fixed_owner": fixed}
    lock = record.lock_version if record else 0
    clash, status = [], 200
    if request.method != "POST":
        form = FilingForm(definition, **made)
    elif "_add" in request.POST:
        lock = _seen(request, lock)
        blank = FilingForm(definition, **made)
        typed = typed_values(blank, request.POST, request.FILES)
        form = FilingForm(definition, **made, typed=typed, grow=request.POST["_add"])
    else:
        form = FilingForm(definition, **made, data=request.POST, files=request.FILES)
        lock = _seen(request, lock)
        try:
            if form.is_valid() and (saved := _save(request, who, form, round, record, owner, lock, token)):
                messages.success(request, f"“{saved.title}”（{saved.number}）已保存。")
                return redirect(
                    "desk-check" if request.POST.get("_save") == "check" else "desk-filing", saved.uid
                )
        except Stale as stale:
            clash, lock, status = _compare(form, stale.theirs), stale.theirs.lock_version, 409
        except NotAllowed:
            raise
        except Refused as refusal:
            form.refuse(refusal.problems, refusal.message)
    context = {
        "title": f"修改：{record.title}" if record else f"填报：{definition.name}",
        "form": form,
        "sections": form.sections(),
        "reason_items": form.reason_items(),
        "round": round,
        "record": record,
        "owner": owner,
        "fixed": fixed,
        "lock": lock,
        "token": token,
        "clash": clash,
        "why": request.POST.get("_why", ""),
        "lost_files": [upload.name for upload in request.FILES.values()] if request.method == "POST" else [],
        "crumbs": [(round.name, reverse("desk-round", args=[round.key]))] if round else [],
    }
    return page(request, who, "desk/form.html", context, status)


def _save(
    request: HttpRequest,
    who: Viewer,
    form: FilingForm,
    round: Round | None,
    record: Record | None,
    owner: Record | None,
    seen_lock: int,
    token: str,
) -> Record | None:
    """Saves values, reasons and files in one transaction. None where the form got an error of ours."""
    said, actor = form.values(), who.user
    reason = request.POST.get("_why", "").strip()
    if record and not record.editable and not reason:
        form.add_error(None, "这份申报已提交，请在“修改理由”中写明为何修改。")
        return None
    if not form.fixed and form.definition.owner_field:
        owner = _named_owner(form, said) or owner
        if owner is None:
            form.add_error(form.definition.owner_field, "请填写单位：申报按单位统计。")
            return None
    with transaction.atomic():
        if record is None:
            record = create_record(
                round.register,
                said,
                actor=actor,
                owner=owner,
                round=round,
                reasons=form.reasons(),
                uid=uuid.UUID(token) if token else None,
            )
            seen_lock = record.lock_version
            if not form.uploads():
                return record
        record.owner, record.region = owner, owner.region if owner else record.region
        for key, upload in form.uploads().items():
            kept = keep(record, form.definition.by_key[key], upload, actor)
            said[key] = {"id": kept.pk, "name": kept.name}
        return edit_record(
            record, said, actor=actor, seen_lock=seen_lock, reasons=form.reasons(), reason=reason
        )


def _named_owner(form: FilingForm, said: dict[str, Any]) -> Record | None:
    """The organisation that the owner field names; the office may enter for any."""
    spec = form.definition.by_key[form.definition.owner_field]
    value = said.get(spec.key)
    if spec.type != "reference" or value is None:
        return None
    return Record.objects.select_related("region").filter(pk=value).first()


def _compare(form: FilingForm, theirs: Record) -> list[dict[str, str]]:
    """Field by field what was typed here and what somebody else saved, where they differ."""
    definition = form.definition
    mine, other = form.values(), values.decode(theirs, definition, sensitive=True)
    names = dict(Record.objects.filter(pk__in=_targets(definition, mine, other)).values_list("pk", "title"))
    rows = []
    for spec in definition.fields:
        if mine.get(spec.key) == other.get(spec.key):
            continue
        kind = fields.get(spec.type)
        shown = [kind.display(side.get(spec.key), spec, names) for side in (mine, other)]
        if spec.sensitive:
            shown = [sealing.mask(text) if text else "" for text in shown]
        rows.append({"label": spec.label, "mine": shown[0], "theirs": shown[1]})
    labels = {rule.key: rule.label for rule in definition.rules}
    said = form.reasons()
    for key in {*said, *theirs.reasons}:
        if said.get(key, "") != theirs.reasons.get(key, ""):
            rows.append(
                {
                    "label": f"理由：{labels.get(key, key)}",
                    "mine": said.get(key, ""),
                    "theirs": theirs.reasons.get(key, ""),
                }
            )
    return rows or [{"label": "内容", "mine": "与已保存的相同", "theirs": "与您填写的相同"}]


def _targets(definition: Any, *sides: dict[str, Any]) -> set[int]:
    return {
        target
        for side in sides
        for spec in definition.fields
        for _, target, _ in fields.get(spec.type).links(side.get(spec.key), spec)
        if target
    }


def _seen(request: HttpRequest, stored: int) -> int:
    """The lock version that the page was made with."""
    text = request.POST.get("_lock", "")
    return int(text) if text.isdigit() else stored


def _token(request: HttpRequest) -> str:
    """The new draft's uid, chosen when the blank page is made: a second click finds the first one's draft."""
    try:
        return str(uuid.UUID(request.POST.get("_token", "")))
    except ValueError:
        return str(uuid.uuid4())


def _made_already(who: Viewer, token: str) -> Record | None:
    return Record.objects.filter(uid=token, created_by=who.user).first()
