"""Pages about people: find, see, invite, change, close."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from namsai_centre.accounts import forms, queries
from namsai_centre.accounts.actions.close import close_person, reopen_person
from namsai_centre.accounts.actions.edit import edit_person, reach_person
from namsai_centre.accounts.actions.invite import invite as do_invite
from namsai_centre.accounts.actions.invite import make_link
from namsai_centre.accounts.policies import PEOPLE
from namsai_centre.accounts.sealing import seal, unseal
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.errors import stale
from namsai_centre.ui.forms import add_errors
from namsai_centre.ui.once import once
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.templatetags.words import named
from namsai_centre.ui.words import say

ROLE_ORDER = ("director", "officer", "expert", "verifier", "trainer", "ministry", "donor", "owner", "member")


def sheet(request: HttpRequest, template: str, form: Any, **facts: Any) -> HttpResponse:
    """Show a form; 422 when it came back with errors."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **facts}, status=status)


@guard(PEOPLE, "browse")
def browse(request: HttpRequest) -> HttpResponse:
    """List people: by name, e-mail or phone, role and state."""
    who = who_of(request)
    asked = {k: request.GET.get(k, "").strip() for k in ("q", "role", "state")}
    people = queries.people_for(who, asked["q"], asked["role"], asked["state"])
    facts = {
        "page": page_of(request, people),
        "asked": asked,
        "roles": ROLE_ORDER if who.staff else ("owner", "member"),
    }
    return render(request, "accounts/browse.html", facts)


@guard(PEOPLE, "see", "pk")
def see(request: HttpRequest, person: Any) -> HttpResponse:
    """Show one person: what they log in with, roles with dates, what was done."""
    who = who_of(request)
    own = {"grants": queries.grants_of(who, person), "history": queries.history_of(who, person)}
    link = request.session.pop(f"link_{person.pk}", "")
    shown = {"link": request.build_absolute_uri(unseal(link)) if link else "", "has_factor": queries.has_factor(person)}
    return render(request, "accounts/see.html", {"person": person, **own, **shown})


@guard(PEOPLE, "invite")
@once
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account with a first role, and the link to hand over."""
    who = who_of(request)
    initial = {"firm": request.GET.get("firm", ""), "role": request.GET.get("role", ""), "language": "lo"}
    form = forms.InviteForm(request.POST or None, who=who, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        names = ("name_lo", "name_en", "email", "phone", "language", "role", "enterprise", "starts", "ends")
        try:
            person = do_invite(who, **{name: data[name] for name in names})
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            request.session[f"link_{person.pk}"] = seal(make_link(who, person))
            messages.success(request, say("accounts.invited", name=named(person)))
            return redirect("people_see", person.pk)
    return sheet(request, "accounts/invite.html", form)


@guard(PEOPLE, "edit", "pk")
def edit(request: HttpRequest, person: Any) -> HttpResponse:
    """Change names and language."""
    initial = {k: getattr(person, k) for k in ("name_lo", "name_en", "language", "version")}
    form = forms.NamesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        wanted = {name: data[name] for name in ("name_lo", "name_en", "language")}
        try:
            edit_person(who_of(request), person, data["version"] or 0, **wanted)
        except Stale as problem:
            return stale(request, problem, "accounts")
        messages.success(request, say("ui.saved"))
        return redirect("people_see", person.pk)
    return sheet(request, "accounts/form.html", form, person=person, title=say("accounts.edit"))


@guard(PEOPLE, "reach", "pk")
def reach(request: HttpRequest, person: Any) -> HttpResponse:
    """Change e-mail and phone."""
    initial = {"email": person.email or "", "phone": person.phone or "", "version": person.version}
    form = forms.ReachForm(request.POST or None, initial=initial, person=person.pk)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            reach_person(who_of(request), person, data["version"] or 0, email=data["email"], phone=data["phone"])
        except Stale as problem:
            return stale(request, problem, "accounts")
        messages.success(request, say("ui.saved"))
        return redirect("people_see", person.pk)
    return sheet(request, "accounts/form.html", form, person=person, title=say("accounts.reach"))


@guard(PEOPLE, "link", "pk")
def link(request: HttpRequest, person: Any) -> HttpResponse:
    """Make a new one-time link to set a password; it is shown once on the person's page."""
    if request.method == "POST":
        request.session[f"link_{person.pk}"] = seal(make_link(who_of(request), person))
        return redirect(reverse("people_see", args=[person.pk]))
    facts = {"person": person, "title": say("accounts.link"), "text": say("accounts.link_text", name=named(person))}
    return render(request, "accounts/confirm.html", facts)


@guard(PEOPLE, "close", "pk")
def close(request: HttpRequest, person: Any) -> HttpResponse:
    """Close the account, with a reason."""
    form = forms.ReasonForm(request.POST or None, initial={"version": person.version})
    if request.method == "POST" and form.is_valid():
        try:
            close_person(who_of(request), person, form.cleaned_data["version"] or 0, form.cleaned_data["reason"])
        except Stale as problem:
            return stale(request, problem, "accounts")
        messages.success(request, say("accounts.closed", name=named(person)))
        return redirect("people_see", person.pk)
    text = say("accounts.close_text", name=named(person))
    return sheet(
        request, "accounts/form.html", form, person=person, title=say("accounts.close"), text=text, danger=True
    )


@guard(PEOPLE, "close", "pk")
def reopen(request: HttpRequest, person: Any) -> HttpResponse:
    """Open a closed account again."""
    if request.method == "POST":
        try:
            reopen_person(who_of(request), person, int(request.POST.get("version") or 0))
        except Stale as problem:
            return stale(request, problem, "accounts")
        messages.success(request, say("accounts.reopened", name=named(person)))
        return redirect("people_see", person.pk)
    facts = {"person": person, "title": say("accounts.reopen"), "text": say("accounts.reopen_text"), "versioned": True}
    return render(request, "accounts/confirm.html", facts)
