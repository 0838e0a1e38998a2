"""Pages about stages: take a step, the board, who is stuck."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre.engagements import queries, stuck
from namsai_centre.engagements.actions.advance import advance as do_advance
from namsai_centre.engagements.board import board as read_board
from namsai_centre.engagements.forms import StepForm
from namsai_centre.engagements.funnel import GROUPS
from namsai_centre.engagements.funnel import funnel as count
from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.engagements.refusal import Refused
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.errors import stale
from namsai_centre.ui.once import once
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import say


@guard(ENGAGEMENTS, "advance", "pk")
@once
def advance(request: HttpRequest, engagement: Any) -> HttpResponse:
    """Move an engagement to another stage."""
    who = who_of(request)
    initial = {"version": engagement.version, "on": who.day, "stage": request.GET.get("stage", "")}
    form = StepForm(engagement, who, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            do_advance(who, engagement, data["version"] or 0, stage=data["stage"], on=data["on"], note=data["note"])
        except Refused as refused:
            form.add_error(refused.field, refused.text)
        except Stale as problem:
            return stale(request, problem, "engagements")
        else:
            messages.success(request, say("engagements.was_moved", stage=say(f"engagements.stage_{data['stage']}")))
            if request.POST.get("back") == "board" and ENGAGEMENTS.allows("funnel", who):
                return redirect("engagements_board")
            gone = data["stage"] == "dropped" and not who.staff  # an expert's access ends with the engagement
            return redirect("engagements_browse") if gone else redirect("engagements_see", engagement.pk)
    facts = {"form": form, "engagement": engagement, "back": request.POST.get("back", "")}
    return render(request, "engagements/advance.html", facts, status=422 if form.errors else 200)


@guard(ENGAGEMENTS, "funnel")
def board(request: HttpRequest) -> HttpResponse:
    """Show the engagements as cards in columns by stage."""
    who = who_of(request)
    filters = queries.Filters.read(request.GET.dict())
    facts = {
        "columns": read_board(who, filters),
        "filters": filters,
        "choices": queries.choices_for(who),
        "today": who.day,
    }
    return render(request, "engagements/board.html", facts)


@guard(ENGAGEMENTS, "funnel")
def stuck_list(request: HttpRequest) -> HttpResponse:
    """List who is longer in a stage than usual, the longest first."""
    who = who_of(request)
    filters = queries.Filters.read(request.GET.dict())
    page = page_of(request, queries.stuck(who, filters))
    page.object_list = queries.mark_waiting(page.object_list, who.day)
    facts = {"page": page, "filters": filters, "choices": queries.choices_for(who), "usual": stuck.table()}
    return render(request, "engagements/stuck.html", facts)


@guard(ENGAGEMENTS, "funnel")
def funnel(request: HttpRequest) -> HttpResponse:
    """Show how many engagements stand in each stage and how many went on; each number opens its list."""
    who = who_of(request)
    filters = queries.Filters.read(request.GET.dict())
    facts = {
        "funnel": count(who, filters, request.GET.get("by", "sector")),
        "groups": tuple(GROUPS),
        "filters": filters,
        "choices": queries.choices_for(who),
    }
    return render(request, "engagements/funnel.html", facts)
