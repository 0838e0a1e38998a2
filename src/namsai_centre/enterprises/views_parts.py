"""Add, change, end and remove what belongs to an enterprise; give and withdraw consent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre.enterprises import queries
from namsai_centre.enterprises.actions.consent import AlreadyGiven, give_consent, withdraw_consent
from namsai_centre.enterprises.actions.parts import add_part, change_part, remove_part
from namsai_centre.enterprises.forms import ReasonForm
from namsai_centre.enterprises.forms_parts import FORMS, ConsentForm, PartForm, WithdrawForm
from namsai_centre.enterprises.parts import KINDS
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui import errors
from namsai_centre.ui.once import once
from namsai_centre.ui.templatetags.words import named
from namsai_centre.ui.words import say


@guard(ENTERPRISES, "edit", "pk")
@once
def part_new(request: HttpRequest, enterprise: Any, kind: str) -> HttpResponse:
    """Add a site, number, other name, activity or person to talk to."""
    _may(request, enterprise, kind)
    form = FORMS[kind](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _number_is_new(form, enterprise, kind):
        add_part(who_of(request), enterprise, kind, **_fields(form))
        _tell_shared(request, enterprise, kind, form)
        messages.success(request, say("ui.saved"))
        return redirect("enterprises_see", enterprise.pk)
    return _page(request, form, enterprise, kind, None)


@guard(ENTERPRISES, "edit", "pk")
def part_edit(request: HttpRequest, enterprise: Any, kind: str, part: UUID) -> HttpResponse:
    """Change a part, or give it its last day."""
    found = _part(request, enterprise, kind, part)
    form = FORMS[kind](request.POST if request.method == "POST" else None, part=found)
    if request.method == "POST" and form.is_valid() and _number_is_new(form, enterprise, kind, found):
        sent = form.cleaned_data.get("version")
        try:
            change_part(who_of(request), enterprise, kind, found, -1 if sent is None else sent, **_fields(form))
        except Stale as problem:
            return errors.stale(request, problem, "enterprises")
        _tell_shared(request, enterprise, kind, form)
        messages.success(request, say("ui.saved"))
        return redirect("enterprises_see", enterprise.pk)
    return _page(request, form, enterprise, kind, found)


@guard(ENTERPRISES, "edit", "pk")
def part_remove(request: HttpRequest, enterprise: Any, kind: str, part: UUID) -> HttpResponse:
    """Remove a part that was a mistake, for a reason."""
    found = _part(request, enterprise, kind, part)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        remove_part(who_of(request), enterprise, kind, found, reason=form.cleaned_data["reason"])
        messages.success(request, say("enterprises.removed"))
        return redirect("enterprises_see", enterprise.pk)
    facts = {
        "form": form,
        "enterprise": enterprise,
        "title": "enterprises.part_remove",
        "what": named(found),
        "danger": True,
    }
    facts["text"] = "enterprises.part_remove_what"
    return render(request, "enterprises/ask.html", facts, status=422 if form.errors else 200)


@guard(ENTERPRISES, "consent", "pk")
@once
def consent(request: HttpRequest, enterprise: Any) -> HttpResponse:
    """Show what the enterprise agreed to, per purpose, and keep a further consent."""
    purposes = queries.consents(queries.whole(enterprise))
    left = [p.purpose for p in purposes if p.now is None]
    begun = {"purpose": request.GET.get("purpose", ""), "given_by": _own_name(request, enterprise)}
    form = ConsentForm(request.POST if request.method == "POST" else None, open_purposes=left, begun=begun)
    if request.method == "POST" and form.is_valid():
        given = {n: v for n, v in form.cleaned_data.items() if n != "version"}
        try:
            give_consent(who_of(request), enterprise, **given)
        except AlreadyGiven:
            form.add_error("purpose", say("enterprises.consent_has"))
        else:
            messages.success(request, say("ui.saved"))
            return redirect("enterprises_consent", enterprise.pk)
    facts = {"form": form, "enterprise": enterprise, "purposes": purposes}
    return render(request, "enterprises/consent.html", facts, status=422 if form.errors else 200)


@guard(ENTERPRISES, "consent", "pk")
def withdraw(request: HttpRequest, enterprise: Any, consent: UUID) -> HttpResponse:
    """Keep that the enterprise took a consent back."""
    found = queries.open_consent(enterprise, consent)
    if found is None:
        raise Http404
    begun = {"version": found.version, "withdrawn_on": who_of(request).day}
    begun["withdrawn_by"] = _own_name(request, enterprise)
    form = WithdrawForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        sent, day = form.cleaned_data.get("version"), form.cleaned_data["withdrawn_on"]
        if day < found.given_on:
            form.add_error("withdrawn_on", say("enterprises.consent_before"))
        else:
            by = form.cleaned_data["withdrawn_by"]
            try:
                withdraw_consent(
                    who_of(request), enterprise, found, -1 if sent is None else sent, withdrawn_on=day, withdrawn_by=by
                )
            except Stale as problem:
                return errors.stale(request, problem, "enterprises")
            messages.success(request, say("enterprises.consent_taken_back"))
            return redirect("enterprises_consent", enterprise.pk)
    facts = {
        "form": form,
        "enterprise": enterprise,
        "title": "enterprises.consent_withdraw",
        "text": "enterprises.consent_withdraw_what",
        "back": "enterprises_consent",
    }
    facts["what"] = say(f"enterprises.purpose_{found.purpose}")
    return render(request, "enterprises/ask.html", facts, status=422 if form.errors else 200)


def _own_name(request: HttpRequest, enterprise: Any) -> str:
    """Return the name of an owner who speaks for the own firm; nothing for staff, who write who told them."""
    who = who_of(request)
    return who.name if enterprise.pk in who.owned else ""


def _may(request: HttpRequest, enterprise: Any, kind: str) -> None:
    """Refuse (404) a kind there is not, and one that is not the person's to change."""
    if kind not in KINDS or not ENTERPRISES.allows(KINDS[kind].verb, who_of(request), enterprise):
        raise Http404


def _part(request: HttpRequest, enterprise: Any, kind: str, key: UUID) -> Any:
    """Return the part of this enterprise; Http404 for another's."""
    _may(request, enterprise, kind)
    found = queries.part(enterprise, kind, key)
    if found is None:
        raise Http404
    return found


def _fields(form: PartForm) -> dict[str, Any]:
    return {n: v for n, v in form.cleaned_data.items() if n != "version"}


def _number_is_new(form: PartForm, enterprise: Any, kind: str, but: Any = None) -> bool:
    if kind != "identifier":
        return True
    fields = form.cleaned_data
    if queries.has_number(enterprise, fields["issuer"], fields["value"], but.pk if but else None):
        form.add_error("value", say("enterprises.has_number"))
        return False
    return True


def _tell_shared(request: HttpRequest, enterprise: Any, kind: str, form: PartForm) -> None:
    """Say when the number stands at another enterprise too (numbers are no unique keys; joining is another step)."""
    if kind == "identifier":
        fields = form.cleaned_data
        for other in queries.sharing_number(who_of(request), enterprise, fields["issuer"], fields["value"]):
            messages.warning(request, say("enterprises.same_number", name=named(other)))


def _page(request: HttpRequest, form: PartForm, enterprise: Any, kind: str, part: Any) -> HttpResponse:
    facts = {"form": form, "enterprise": enterprise, "kind": kind, "part": part}
    return render(request, "enterprises/part.html", facts, status=422 if form.errors else 200)
