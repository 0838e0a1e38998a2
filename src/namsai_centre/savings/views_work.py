"""Pages on which a measure is written: new, changed, one more saving, who has an interest."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre import clock
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.savings import queries
from namsai_centre.savings.actions import declare as declare_action
from namsai_centre.savings.actions import edit as edit_action
from namsai_centre.savings.actions import identify
from namsai_centre.savings.forms import InterestForm, MeasureForm, SavingForm
from namsai_centre.savings.policies import MEASURES
from namsai_centre.ui.errors import stale
from namsai_centre.ui.forms import add_errors
from namsai_centre.ui.once import once
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.templatetags.words import named
from namsai_centre.ui.words import say

_MEASURE = ("title_lo", "title_en", "technique", "investment", "currency", "prices_on", "due")
_SAVING = ("kind", "carrier", "amount", "unit", "prices_on")


@guard(MEASURES, "make")
@once
def new(request: HttpRequest) -> HttpResponse:
    """Write a measure by hand: first choose the engagement, then say what it is and its first saving."""
    who = who_of(request)
    chosen = request.GET.get("engagement", "")
    engagement = queries.engagement_for_new(who, chosen) if chosen else queries.only_engagement_for_new(who)
    if engagement is None and not chosen:
        found = queries.engagements_for_new(who, request.GET.get("q", ""))
        return render(request, "savings/choose.html", {"page": page_of(request, found)})
    if engagement is None:
        raise Http404
    today = {"prices_on": clock.today()}
    form = MeasureForm(request.POST or None, initial=today)
    saving = SavingForm(request.POST or None, prefix="saving", initial=today)
    facts = {"form": form, "saving": saving, "engagement": engagement}
    if request.method == "POST":
        if form.is_valid() & saving.is_valid():
            option = {name: form.cleaned_data[name] for name in _MEASURE}
            option["savings"] = [{name: saving.cleaned_data[name] for name in _SAVING}]
            try:
                measure = identify.propose(who, engagement, option)
            except ValidationError as problem:
                add_errors(form, problem)
            else:
                messages.success(request, say("savings.made"))
                return redirect("savings_see", pk=measure.pk)
        return render(request, "savings/new.html", facts, status=422)
    return render(request, "savings/new.html", facts)


@guard(MEASURES, "edit", "pk")
def edit(request: HttpRequest, measure: Any) -> HttpResponse:
    """Change what a measure is called, costs, and until when it is due."""
    first = {**{name: getattr(measure, name) for name in _MEASURE}, "version": measure.version}
    first["prices_on"] = first["prices_on"] or clock.today()  # of a cost that is written now
    form = MeasureForm(request.POST or None, initial=first)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = {name: form.cleaned_data[name] for name in _MEASURE}
            values["investment"] = None if values["investment"] is None else int(values["investment"])
            values["prices_on"] = None if values["investment"] is None else values["prices_on"]
            try:
                edit_action.edit(who_of(request), measure, form.cleaned_data["version"] or 0, **values)
            except Stale as problem:
                return stale(request, problem, "savings")
            except ValidationError as problem:
                add_errors(form, problem)
            else:
                messages.success(request, say("ui.saved"))
                return redirect("savings_see", pk=measure.pk)
    return render(request, "savings/edit.html", {"form": form, "measure": measure}, status=status)


@guard(MEASURES, "edit", "pk")
@once
def add(request: HttpRequest, measure: Any) -> HttpResponse:
    """Add a saving to a measure."""
    form = SavingForm(request.POST or None, initial={"prices_on": clock.today()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                identify.add_saving(who_of(request), measure, {name: form.cleaned_data[name] for name in _SAVING})
            except ValidationError as problem:
                add_errors(form, problem)
            else:
                messages.success(request, say("ui.saved"))
                return redirect("savings_see", pk=measure.pk)
    return render(request, "savings/add.html", {"form": form, "measure": measure}, status=status)


@guard(MEASURES, "declare", "pk")
@once
def declare(request: HttpRequest, measure: Any) -> HttpResponse:
    """Note who proposed the measure or was paid for it."""
    people = queries.people_around(measure)
    form = InterestForm(request.POST or None, people=[(str(p.pk), named(p)) for p in people])
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            person = next(p for p in people if str(p.pk) == form.cleaned_data["person"])
            try:
                declare_action.declare(who_of(request), measure, person, form.cleaned_data["interest"])
            except ValidationError as problem:
                add_errors(form, problem)
            else:
                messages.success(request, say("ui.saved"))
                return redirect("savings_see", pk=measure.pk)
    return render(request, "savings/declare.html", {"form": form, "measure": measure}, status=status)
