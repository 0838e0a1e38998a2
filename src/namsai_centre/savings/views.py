"""Pages that show the savings ledger."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from namsai_centre import clock
from namsai_centre.audit.queries import history
from namsai_centre.rights import guard, who_of
from namsai_centre.savings import queries
from namsai_centre.savings.forms import FilterForm
from namsai_centre.savings.policies import MEASURES
from namsai_centre.savings.states import SPANS, STATES
from namsai_centre.ui.paging import page_of


def _asked(request: HttpRequest) -> tuple[FilterForm, dict[str, Any]]:
    form = FilterForm(request.GET)
    form.is_valid()
    return form, {name: value for name, value in form.cleaned_data.items() if value}


@guard(MEASURES, "browse")
def browse(request: HttpRequest) -> HttpResponse:
    """List measures with their savings, each with its state."""
    form, asked = _asked(request)
    who = who_of(request)
    page = page_of(request, queries.ledger(who, asked))
    facts = {
        "form": form,
        "asked": asked,
        "page": page,
        "one_firm": queries.one_firm(who),
        "due": queries.checks_for(who, who.day).count(),
    }
    page.object_list = queries.mark_late(page.object_list, who.day)
    return render(request, "savings/browse.html", facts, status=422 if form.errors else 200)


@guard(MEASURES, "browse")
def totals(request: HttpRequest) -> HttpResponse:
    """Show the totals by kind, unit and state."""
    form, asked = _asked(request)
    found = queries.totals_of(who_of(request), asked)
    facts = {"form": form, "asked": asked, "totals": found, "spans": SPANS, "states": STATES}
    return render(request, "savings/totals.html", facts, status=422 if form.errors else 200)


@guard(MEASURES, "see", "pk")
def see(request: HttpRequest, measure: Any) -> HttpResponse:
    """Show one measure: its savings with every step, files, interests, checks and history."""
    who = who_of(request)
    page = queries.measure_page(who, measure)
    parts = [measure, *(line.saving for line in page.lines), *page.evidence, *page.interests, *page.checks]
    facts = {"page": page, "measure": measure, "history": history(parts, who), "today": clock.today()}
    return render(request, "savings/see.html", facts)


@guard(MEASURES, "to_verify")
def to_verify(request: HttpRequest) -> HttpResponse:
    """List measured savings that wait for the verifier."""
    return render(request, "savings/to_verify.html", {"page": page_of(request, queries.to_verify(who_of(request)))})
