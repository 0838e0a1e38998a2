"""Pages about engagements: the list, one, a new one, changing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre.audit.queries import history
from namsai_centre.engagements import queries
from namsai_centre.engagements.actions.edit import edit as do_edit
from namsai_centre.engagements.actions.make import make as do_make
from namsai_centre.engagements.around import around
from namsai_centre.engagements.forms import EngagementForm, NewForm, TaskForm
from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.engagements.refusal import Refused
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.errors import stale
from namsai_centre.ui.once import once
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import say


@guard(ENGAGEMENTS, "browse")
def browse(request: HttpRequest) -> HttpResponse:
    """List the engagements one may see; search and filters."""
    who = who_of(request)
    filters = queries.Filters.read(request.GET.dict())
    page = page_of(request, queries.browse(who, filters))
    page.object_list = queries.mark_waiting(page.object_list, who.day)
    facts = {"page": page, "filters": filters, "choices": queries.choices_for(who)}
    facts["narrowed"] = filters != queries.Filters()
    return render(request, "engagements/browse.html", facts)


@guard(ENGAGEMENTS, "see", "pk")
def see(request: HttpRequest, engagement: Any) -> HttpResponse:
    """Show one engagement with everything that hangs on it."""
    who = who_of(request)
    whole = queries.whole(who, engagement)
    queries.mark_waiting([engagement], who.day)
    facts: dict[str, Any] = {"whole": whole, "engagement": engagement, "around": around(who, engagement)}
    facts["history"] = history([engagement, *whole.people, *whole.tasks], who)
    if ENGAGEMENTS.allows("work", who, engagement):
        facts["task_form"] = TaskForm(engagement)
    return render(request, "engagements/see.html", facts)


@guard(ENGAGEMENTS, "make")
@once
def new(request: HttpRequest) -> HttpResponse:
    """Begin an engagement: first find the enterprise, then fill in the rest."""
    who = who_of(request)
    chosen = request.GET.get("enterprise", "")
    if not chosen:
        text = request.GET.get("q", "")
        return render(request, "engagements/new_find.html", {"firms": queries.firms_named(who, text), "q": text})
    firm = ENTERPRISES.find(who, chosen)
    form = NewForm(request.POST if request.method == "POST" else None, initial={"on": who.day, "tier": "full"})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        data.pop("version")
        try:
            engagement = do_make(who, firm, **data)
        except Refused as refused:
            form.add_error(refused.field, refused.text)
        else:
            messages.success(request, say("engagements.was_made"))
            return redirect("engagements_see", engagement.pk)
    running = queries.mark_waiting(queries.of_enterprise(who, firm.pk), who.day)
    facts = {"form": form, "firm": firm, "running": running}
    return render(request, "engagements/new.html", facts, status=422 if form.errors else 200)


@guard(ENGAGEMENTS, "edit", "pk")
def edit(request: HttpRequest, engagement: Any) -> HttpResponse:
    """Change titles, tier, project and days."""
    names = ("version", "tier", "title_lo", "title_en", "project", "starts", "ends")
    form = EngagementForm(
        request.POST if request.method == "POST" else None, initial={n: getattr(engagement, n) for n in names}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        expected = data.pop("version") or 0
        try:
            do_edit(who_of(request), engagement, expected, **data)
        except Refused as refused:
            form.add_error(refused.field, refused.text)
        except Stale as problem:
            return stale(request, problem, "engagements")
        else:
            messages.success(request, say("ui.saved"))
            return redirect("engagements_see", engagement.pk)
    facts = {"form": form, "engagement": engagement}
    return render(request, "engagements/edit.html", facts, status=422 if form.errors else 200)
