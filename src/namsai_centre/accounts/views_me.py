"""My own account: name, language, password, second factor, where I am logged in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre.accounts import forms, queries
from namsai_centre.accounts.actions import end_devices, factor
from namsai_centre.accounts.actions.edit import edit_person
from namsai_centre.accounts.fresh import reauthenticated
from namsai_centre.accounts.language import keep_language
from namsai_centre.accounts.policies import DEVICES, asks_second_factor
from namsai_centre.accounts.views import sheet
from namsai_centre.records import Stale
from namsai_centre.rights import for_known, guard, who_of
from namsai_centre.ui.errors import stale
from namsai_centre.ui.words import say


@for_known
def me(request: HttpRequest) -> HttpResponse:
    """Show my account."""
    who = who_of(request)
    person = queries.myself(who)
    facts = {
        "person": person,
        "grants": queries.grants_of(who, person),
        "devices": queries.devices_of(who),
        "here": request.session.session_key,
        "tokens": sum(1 for t in queries.tokens_of(who) if t.ended_at is None and t.expires_on >= who.day),
        "has_factor": queries.has_factor(person),
        "must_factor": asks_second_factor(who),
        "unread": queries.unread(who),
    }
    return render(request, "accounts/me.html", facts)


@for_known
def edit(request: HttpRequest) -> HttpResponse:
    """Change my names and language."""
    who = who_of(request)
    person = queries.myself(who)
    initial = {k: getattr(person, k) for k in ("name_lo", "name_en", "language", "version")}
    form = forms.NamesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        wanted = {name: data[name] for name in ("name_lo", "name_en", "language")}
        try:
            edit_person(who, person, data["version"] or 0, **wanted)
        except Stale as problem:
            return stale(request, problem, "accounts")
        messages.success(request, say("ui.saved"))
        response = redirect("me")
        keep_language(response, wanted["language"])
        return response
    return sheet(request, "accounts/me_edit.html", form)


@guard(DEVICES, "end", "pk")
def end_device(request: HttpRequest, device: Any) -> HttpResponse:
    """End one session of mine."""
    if request.method == "POST":
        end_devices.end_device(who_of(request), device)
        messages.success(request, say("accounts.device_ended"))
    return redirect("me")


@for_known
def end_others(request: HttpRequest) -> HttpResponse:
    """End all my sessions but this one."""
    if request.method == "POST":
        who = who_of(request)
        end_devices.end_others(who, queries.myself(who), request.session.session_key)
        messages.success(request, say("accounts.devices_ended"))
    return redirect("me")


@for_known
@reauthenticated
def renew_factor(request: HttpRequest) -> HttpResponse:
    """Replace my authenticator (new phone): the old one ends, the next page sets up the new one."""
    who = who_of(request)
    if request.method == "POST":
        factor.renew_factor(who, queries.myself(who), request.session.session_key or "")
        return redirect("mfa_activate_totp")
    facts = {"title": say("accounts.renew_factor"), "text": say("accounts.renew_factor_text"), "back": "me"}
    return render(request, "accounts/confirm.html", facts)
