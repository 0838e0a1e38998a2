"""Pages about clubs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre.engagements import clubs, queries_light
from namsai_centre.engagements.actions.clubs import edit_club, hold_module, make_club
from namsai_centre.engagements.forms_light import ClubForm, ModuleForm
from namsai_centre.engagements.policies import CLUBS
from namsai_centre.engagements.refusal import Refused
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.errors import stale
from namsai_centre.ui.once import once
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import say


@guard(CLUBS, "browse")
def browse(request: HttpRequest) -> HttpResponse:
    """List the clubs one may see."""
    page = page_of(request, queries_light.clubs(who_of(request)))
    return render(request, "engagements/clubs.html", {"page": page, "of": len(clubs.modules())})


@guard(CLUBS, "see", "pk")
def see(request: HttpRequest, club: Any) -> HttpResponse:
    """Show a club: modules, firms, who came when."""
    whole = queries_light.whole_club(who_of(request), club)
    fewest, most = clubs.usual_size()
    return render(request, "engagements/club.html", {"club": club, "whole": whole, "fewest": fewest, "most": most})


@guard(CLUBS, "make")
@once
def new(request: HttpRequest) -> HttpResponse:
    """Make a club."""
    who = who_of(request)
    form = ClubForm(who, None, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        data.pop("version")
        data["members"] = list(data["members"])
        try:
            club = make_club(who, **data)
        except Refused as refused:
            form.add_error(refused.field, refused.text)
        else:
            return _saved(request, club, len(data["members"]))
    return render(request, "engagements/club_edit.html", {"form": form}, status=422 if form.errors else 200)


@guard(CLUBS, "arrange", "pk")
def edit(request: HttpRequest, club: Any) -> HttpResponse:
    """Change a club and its member firms."""
    who = who_of(request)
    initial = {n: getattr(club, n) for n in ("version", "name_lo", "name_en", "starts", "leader")}
    initial["members"] = [e.pk for e in club.engagements.all()]
    form = ClubForm(who, club, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        expected = data.pop("version") or 0
        data["members"] = list(data["members"])
        try:
            edit_club(who, club, expected, **data)
        except Refused as refused:
            form.add_error(refused.field, refused.text)
        except Stale as problem:
            return stale(request, problem, "engagements")
        else:
            return _saved(request, club, len(data["members"]))
    return render(
        request, "engagements/club_edit.html", {"form": form, "club": club}, status=422 if form.errors else 200
    )


@guard(CLUBS, "edit", "pk")
def module(request: HttpRequest, club: Any, number: int) -> HttpResponse:
    """Write down the day of a module and which firms came."""
    if number not in {m.number for m in clubs.modules()}:
        raise Http404
    record = queries_light.module_of(club, number)
    initial: dict[str, Any] = {"version": 0}
    if record is not None:
        initial = {"version": record.version, "on": record.on, "present": [e.pk for e in record.present.all()]}
    form = ModuleForm(club, number, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            hold_module(
                who_of(request), club, number, data["version"] or 0, on=data["on"], present=list(data["present"])
            )
        except Refused as refused:
            form.add_error(refused.field, refused.text)
        except Stale as problem:
            return stale(request, problem, "engagements")
        else:
            messages.success(request, say("ui.saved"))
            return redirect("clubs_see", club.pk)
    facts = {"form": form, "club": club, "kind": clubs.module(number)}
    return render(request, "engagements/club_module.html", facts, status=422 if form.errors else 200)


def _saved(request: HttpRequest, club: Any, firms: int) -> HttpResponse:
    messages.success(request, say("ui.saved"))
    warning = clubs.size_warning(firms)
    if warning:
        fewest, most = clubs.usual_size()
        messages.warning(request, say(f"engagements.{warning}", count=firms, fewest=fewest, most=most))
    return redirect("clubs_see", club.pk)
