"""Pages at the desk: the list of visits, one, a new one, its sheets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.fieldwork import queries, shown
from namsai_centre.fieldwork.actions.prepare import change_plan, change_visit, prepare
from namsai_centre.fieldwork.forms import NewForm, PlanForm, VisitForm
from namsai_centre.fieldwork.plan import first_plan, only_in
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.errors import stale
from namsai_centre.ui.once import once
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import language, say


@guard(VISITS, "browse")
def browse(request: HttpRequest) -> HttpResponse:
    """List the visits one may see, newest first."""
    return render(request, "fieldwork/browse.html", {"page": page_of(request, queries.for_list(who_of(request)))})


@guard(VISITS, "see", "pk")
def see(request: HttpRequest, visit: Any) -> HttpResponse:
    """Show what was prepared, what was taken and what waits."""
    times = say(f"fieldwork.times_{visit.basis}", count=visit.per_period) if visit.per_period else ""
    facts = {"visit": visit, "shown": shown.whole(visit, language()), "times": times}
    return render(request, "fieldwork/see.html", facts)


@guard(VISITS, "make")
@once
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a visit: first the engagement, then the day."""
    who = who_of(request)
    chosen = request.GET.get("engagement", "")
    if not chosen:
        return render(request, "fieldwork/new_find.html", {"page": page_of(request, queries.workable(who))})
    engagement = ENGAGEMENTS.find(who, chosen)
    found = queries.assessments_of(who, engagement)
    initial = {"on": who.day, "assessment": found.first(), "basis": "day"}
    form = NewForm(found, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        data.pop("version")
        assessment = data.pop("assessment")
        visit = prepare(who, engagement, assessment, plan=first_plan(queries.newest_case(assessment)), **data)
        messages.success(request, say("fieldwork.was_made"))
        return redirect("visits_sheets", visit.pk)
    facts = {"form": form, "engagement": engagement}
    return render(request, "fieldwork/new.html", facts, status=422 if form.errors else 200)


@guard(VISITS, "edit", "pk")
def edit(request: HttpRequest, visit: Any) -> HttpResponse:
    """Change day, title, notes and what amounts are per."""
    names = ("version", "on", "title", "basis", "per_period", "notes")
    first = {n: getattr(visit, n) for n in names}
    if visit.per_period is not None and visit.per_period.is_integer():
        first["per_period"] = int(visit.per_period)  # 300, not 300.0
    form = VisitForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            change_visit(who_of(request), visit, data.pop("version") or 0, **data)
        except Stale as problem:
            return stale(request, problem, "fieldwork")
        messages.success(request, say("ui.saved"))
        return redirect("visits_see", visit.pk)
    return render(request, "fieldwork/edit.html", {"form": form, "visit": visit}, status=422 if form.errors else 200)


@guard(VISITS, "edit", "pk")
def sheets(request: HttpRequest, visit: Any) -> HttpResponse:
    """Choose which sheets go along."""
    document = queries.case_of(visit)
    form = PlanForm(visit.plan, document, request.POST if request.method == "POST" else None, version=visit.version)
    if request.method == "POST" and form.is_valid():
        try:
            change_plan(who_of(request), visit, form.cleaned_data["version"] or 0, plan=form.plan())
        except Stale as problem:
            return _changed_sheets(request, problem.current, form, document)
        messages.success(request, say("ui.saved"))
        return redirect("visits_see", visit.pk)
    return render(request, "fieldwork/sheets.html", {"form": form, "visit": visit}, status=422 if form.errors else 200)


def _changed_sheets(request: HttpRequest, now: Any, wanted: PlanForm, document: Any) -> HttpResponse:
    """Show what was chosen again, with what differs from what stands now; saving once more is meant."""
    theirs, yours, lang = now.plan, wanted.plan(), language()
    again = request.POST.copy()
    again["version"] = str(now.version)
    facts = {
        "form": PlanForm(now.plan, document, again, version=now.version),
        "visit": now,
        "changed": True,
        "theirs": only_in(theirs, yours, document, lang),
        "yours": only_in(yours, theirs, document, lang),
    }
    return render(request, "fieldwork/sheets.html", facts, status=409)
