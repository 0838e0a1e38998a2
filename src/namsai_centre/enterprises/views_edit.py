"""Add and change an enterprise, close and open it, take its names away, make groups."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre.enterprises import queries
from namsai_centre.enterprises.actions.close import close as close_it
from namsai_centre.enterprises.actions.close import reopen as reopen_it
from namsai_centre.enterprises.actions.edit import edit as edit_it
from namsai_centre.enterprises.actions.forget import forget as forget_it
from namsai_centre.enterprises.actions.group import edit_group, make_group
from namsai_centre.enterprises.actions.make import make
from namsai_centre.enterprises.forms import CloseForm, EnterpriseForm, ForgetForm, GroupForm, ReasonForm, StaffForm
from namsai_centre.enterprises.policies import ENTERPRISES, GROUPS
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui import errors
from namsai_centre.ui.forms import plain
from namsai_centre.ui.once import once
from namsai_centre.ui.templatetags.words import named
from namsai_centre.ui.words import say


@guard(ENTERPRISES, "make")
@once
def new(request: HttpRequest) -> HttpResponse:
    """Add an enterprise; a name that looks like another's is shown first."""
    who = who_of(request)
    form = StaffForm(request.POST if request.method == "POST" else None, initial=_begun(request.GET.get("name", "")))
    alike: list[Any] = []
    if request.method == "POST" and form.is_valid():
        fields = _fields(form)
        alike = [] if form.cleaned_data["looked"] else queries.alike(who, fields["name_lo"], fields["name_en"])
        if not alike:
            enterprise = make(who, **fields)
            messages.success(request, say("enterprises.made", name=named(enterprise)))
            return redirect("enterprises_see", enterprise.pk)
    return _form(request, form, alike=alike)


@guard(ENTERPRISES, "edit", "pk")
def edit(request: HttpRequest, enterprise: Any) -> HttpResponse:
    """Change an enterprise: staff all of it, the owner what is the firm's own to tell."""
    who = who_of(request)
    kind: type[EnterpriseForm] = StaffForm if ENTERPRISES.allows("identify", who, enterprise) else EnterpriseForm
    form = kind(request.POST if request.method == "POST" else None, enterprise=enterprise)
    alike: list[Any] = []
    if request.method == "POST" and form.is_valid():
        fields = _fields(form)
        renamed = {n for n in ("name_lo", "name_en") if fields[n] != getattr(enterprise, n)}
        if who.staff and renamed and not form.cleaned_data["looked"]:
            alike = queries.alike(who, fields["name_lo"], fields["name_en"], enterprise.pk)
        if not alike:
            try:
                edit_it(who, enterprise, _version(form, enterprise), **fields)
            except Stale as problem:
                return errors.stale(request, problem, "enterprises")
            messages.success(request, say("ui.saved"))
            return redirect("enterprises_see", enterprise.pk)
    return _form(request, form, enterprise=enterprise, alike=alike)


@guard(ENTERPRISES, "close", "pk")
def close(request: HttpRequest, enterprise: Any) -> HttpResponse:
    """Close an enterprise from a day on, for a reason."""
    begun = {"version": enterprise.version, "closed_on": who_of(request).day}
    form = CloseForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        facts = {n: form.cleaned_data[n] for n in ("closed_on", "reason")}
        try:
            close_it(who_of(request), enterprise, _version(form, enterprise), **facts)
        except Stale as problem:
            return errors.stale(request, problem, "enterprises")
        messages.success(request, say("enterprises.closed", name=named(enterprise)))
        return redirect("enterprises_see", enterprise.pk)
    return _ask(request, form, enterprise, "close")


@guard(ENTERPRISES, "reopen", "pk")
def reopen(request: HttpRequest, enterprise: Any) -> HttpResponse:
    """Open a closed enterprise again, for a reason."""
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"version": enterprise.version})
    if request.method == "POST" and form.is_valid():
        try:
            reopen_it(who_of(request), enterprise, _version(form, enterprise), reason=form.cleaned_data["reason"])
        except Stale as problem:
            return errors.stale(request, problem, "enterprises")
        messages.success(request, say("enterprises.reopened", name=named(enterprise)))
        return redirect("enterprises_see", enterprise.pk)
    return _ask(request, form, enterprise, "reopen")


@guard(ENTERPRISES, "forget", "pk")
def forget(request: HttpRequest, enterprise: Any) -> HttpResponse:
    """Take the names away (instead of deleting), for a reason; the director."""
    form = ForgetForm(request.POST if request.method == "POST" else None, initial={"version": enterprise.version})
    if request.method == "POST" and form.is_valid():
        try:
            forget_it(who_of(request), enterprise, _version(form, enterprise), reason=form.cleaned_data["reason"])
        except Stale as problem:
            return errors.stale(request, problem, "enterprises")
        messages.success(request, say("enterprises.forgotten", name=named(enterprise)))
        return redirect("enterprises_see", enterprise.pk)
    return _ask(request, form, enterprise, "forget")


@guard(ENTERPRISES, "group")
@once
def groups(request: HttpRequest) -> HttpResponse:
    """List the groups with their enterprises, and make one."""
    form = GroupForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        make_group(who_of(request), name_lo=form.cleaned_data["name_lo"], name_en=form.cleaned_data["name_en"])
        messages.success(request, say("ui.saved"))
        return redirect("enterprises_groups")
    facts = {"form": form, "groups": queries.groups_with_members()}
    return render(request, "enterprises/groups.html", facts, status=422 if form.errors else 200)


@guard(GROUPS, "edit", "pk")
def group_edit(request: HttpRequest, group: Any) -> HttpResponse:
    """Change the names of a group."""
    names = ("name_lo", "name_en")
    begun = {n: getattr(group, n) for n in names} | {"version": group.version}
    form = GroupForm(request.POST if request.method == "POST" else None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            edit_group(who_of(request), group, _version(form, group), **{n: form.cleaned_data[n] for n in names})
        except Stale as problem:
            return errors.stale(request, problem, "enterprises")
        messages.success(request, say("ui.saved"))
        return redirect("enterprises_groups")
    return render(request, "enterprises/group.html", {"form": form, "group": group}, status=422 if form.errors else 200)


def _begun(name: str) -> dict[str, str]:
    """Return a name that somebody searched for and did not find, for the field of its script."""
    name = plain(name)[:200]
    return {"name_lo" if any("\u0e80" <= c <= "\u0eff" for c in name) else "name_en": name} if name else {}


def _fields(form: EnterpriseForm) -> dict[str, Any]:
    return {n: v for n, v in form.cleaned_data.items() if n not in ("version", "looked")}


def _version(form: Any, enterprise: Any) -> int:
    """Return the version the form was opened at; a form without one is taken as stale, never as fresh."""
    sent = form.cleaned_data.get("version")
    return -1 if sent is None else int(sent)


def _form(request: HttpRequest, form: EnterpriseForm, enterprise: Any = None, alike: Any = ()) -> HttpResponse:
    wrong = bool(form.errors or alike)
    facts = {"form": form, "enterprise": enterprise, "alike": alike, "staff": isinstance(form, StaffForm)}
    return render(request, "enterprises/edit.html", facts, status=422 if wrong else 200)


def _ask(request: HttpRequest, form: Any, enterprise: Any, what: str) -> HttpResponse:
    facts = {"form": form, "enterprise": enterprise, "title": f"enterprises.{what}", "text": f"enterprises.{what}_what"}
    facts["danger"] = what == "forget"
    return render(request, "enterprises/ask.html", facts, status=422 if form.errors else 200)
