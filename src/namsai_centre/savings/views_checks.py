"""Persistence checks: which are due, and the answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.savings import queries
from namsai_centre.savings.actions.answer_check import answer_check
from namsai_centre.savings.forms_step import CheckForm
from namsai_centre.savings.policies import CHECKS, MEASURES
from namsai_centre.ui.errors import stale
from namsai_centre.ui.forms import add_errors
from namsai_centre.ui.once import once
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import say

SOON = timedelta(days=90)


@guard(MEASURES, "browse")
def browse(request: HttpRequest) -> HttpResponse:
    """List the checks that are due, and those of the next three months."""
    who = who_of(request)
    facts = {"page": page_of(request, queries.checks_for(who, who.day + SOON)), "today": who.day}
    return render(request, "savings/checks.html", facts)


@guard(CHECKS, "finish", "pk")
@once
def answer(request: HttpRequest, check: Any) -> HttpResponse:
    """Say whether a measure is still in place."""
    who = who_of(request)
    measure = check.measure
    savings = queries.live_savings(measure)
    first = {"on": who.day, "version": check.version}
    form = CheckForm(request.POST or None, savings=savings, initial=first)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            amounts = {s.pk: told[f"amount_{s.pk.hex}"] for s in savings if told.get(f"amount_{s.pk.hex}") is not None}
            try:
                answer_check(
                    who, check, told["answer"], told["version"] or 0, on=told["on"], note=told["note"], amounts=amounts
                )
            except Stale as problem:
                return stale(request, problem, "savings")
            except ValidationError as problem:
                add_errors(form, problem)
            else:
                messages.success(request, say("ui.saved"))
                return redirect("savings_see", pk=measure.pk)
    return render(request, "savings/answer.html", {"form": form, "check": check, "measure": measure}, status=status)
