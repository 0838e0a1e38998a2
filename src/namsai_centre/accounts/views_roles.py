"""Pages about roles and second factors of others: given and taken by the director after a fresh proof."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from namsai_centre.accounts import forms
from namsai_centre.accounts.actions import factor
from namsai_centre.accounts.actions.grant import end_role, grant_role
from namsai_centre.accounts.fresh import reauthenticated
from namsai_centre.accounts.policies import GRANTS, PEOPLE
from namsai_centre.accounts.views import sheet
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.errors import stale
from namsai_centre.ui.forms import add_errors
from namsai_centre.ui.once import once
from namsai_centre.ui.templatetags.words import named
from namsai_centre.ui.words import say


@guard(PEOPLE, "grant", "pk")
@reauthenticated
@once
def grant(request: HttpRequest, person: Any) -> HttpResponse:
    """Give a role."""
    who = who_of(request)
    form = forms.RoleForm(request.POST or None, who=who)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        days = {"starts": data["starts"], "ends": data["ends"]}
        try:
            grant_role(who, person, data["role"], enterprise=data["enterprise"], **days)
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(
                request, say("accounts.granted", name=named(person), role=say(f"accounts.role_{data['role']}"))
            )
            return redirect("people_see", person.pk)
    return sheet(request, "accounts/form.html", form, person=person, title=say("accounts.grant"), makes=True)


@guard(GRANTS, "end", "pk")
@reauthenticated
def end(request: HttpRequest, grant: Any) -> HttpResponse:
    """End a role with a last day."""
    form = forms.EndForm(request.POST or None, initial={"version": grant.version})
    if request.method == "POST" and form.is_valid():
        try:
            end_role(who_of(request), grant, form.cleaned_data["version"] or 0, form.cleaned_data["last_day"])
        except Stale as problem:
            return stale(request, problem, "accounts")
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, say("accounts.role_ended"))
            return redirect("people_see", grant.person_id)
    text = say("accounts.end_role_text", name=named(grant.person), role=say(f"accounts.role_{grant.role}"))
    facts = {"person": grant.person, "title": say("accounts.end_role"), "text": text, "danger": True}
    return sheet(request, "accounts/form.html", form, **facts)


@guard(PEOPLE, "reset_factor", "pk")
@reauthenticated
def reset_factor(request: HttpRequest, person: Any) -> HttpResponse:
    """Take a lost second factor away."""
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        factor.reset_factor(who_of(request), person, form.cleaned_data["reason"])
        messages.success(request, say("accounts.factor_reset", name=named(person)))
        return redirect("people_see", person.pk)
    facts = {"person": person, "title": say("accounts.reset_factor"), "text": say("accounts.reset_factor_text")}
    return sheet(request, "accounts/form.html", form, danger=True, **facts)
