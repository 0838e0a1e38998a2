"""Pages after the visit: bring a file, decide what two devices said, set a time, let held changes go."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from namsai_centre.fieldwork import choose, queries, shown
from namsai_centre.fieldwork.actions.bring import NotAnExport, bring
from namsai_centre.fieldwork.actions.receive import release
from namsai_centre.fieldwork.actions.settle import confirm_forced, set_time, settle
from namsai_centre.fieldwork.called import called as called_plainly
from namsai_centre.fieldwork.forms import FileForm, MomentForm
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.words import language, say


@guard(VISITS, "bring")
def bring_file(request: HttpRequest) -> HttpResponse:
    """Bring what a device exported; say of each thing what became of it."""
    form = FileForm(request.POST or None, request.FILES or None)
    rows: list[Any] = []
    status = 200
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        status = 422
        if form.is_valid():
            try:
                rows = bring(who_of(request), form.cleaned_data["file"].read())
                status = 200
            except NotAnExport:
                form.add_error("file", say("fieldwork.not_an_export"))
    lang = language()
    called = {v.pk: shown.Names(v, lang) for v in {r.visit.pk: r.visit for r in rows if r.visit}.values()}
    told = [
        (r.visit, called[r.visit.pk](r.subject) if r.visit else called_plainly(r.subject, {}), r.became) for r in rows
    ]
    facts = {"form": form, "rows": told, "brought": request.method == "POST" and status == 200}
    return render(request, "fieldwork/import.html", facts, status=status)


@guard(VISITS, "settle", "pk")
def review(request: HttpRequest, visit: Any) -> HttpResponse:
    """Show what waits for a person: conflicts, unbelievable times, changes out of order."""
    lang = language()
    whole = shown.whole(visit, lang)
    conflicts = choose.conflicts(visit, whole, lang)
    times = [e for e in whole.waiting if e.time_mark]
    for e in times:
        e.form = MomentForm(  # type: ignore[attr-defined]
            initial={"at": timezone.localtime(e.taken_at) if e.taken_at else None, "version": e.version},
            auto_id=f"id_{e.pk}_%s",
        )
    forced = [e for e in whole.waiting if e.mark == "forced"]
    facts = {"visit": visit, "conflicts": conflicts, "times": times, "forced": forced, "held": whole.held}
    return render(request, "fieldwork/review.html", facts)


@guard(VISITS, "settle", "pk")
@require_POST
def settle_entry(request: HttpRequest, visit: Any, entry: UUID) -> HttpResponse:
    """Let the chosen values stand."""
    found = queries.entry_of(visit, entry)
    try:
        version = int(request.POST.get("version", ""))
    except ValueError:
        version = 0
    try:
        if found.mark == "forced":
            confirm_forced(who_of(request), found, version)
        else:
            chosen = choose.chosen(visit, found, request.POST)
            if not chosen:
                messages.error(request, say("fieldwork.choose_one"))
                return redirect("visits_review", visit.pk)
            settle(who_of(request), found, version, chosen)
    except Stale:
        messages.error(request, say("fieldwork.changed_meanwhile"))
    else:
        messages.success(request, say("fieldwork.settled"))
    return redirect("visits_review", visit.pk)


@guard(VISITS, "settle", "pk")
@require_POST
def time_entry(request: HttpRequest, visit: Any, entry: UUID) -> HttpResponse:
    """Say when an entry was taken."""
    found = queries.entry_of(visit, entry)
    form = MomentForm(request.POST)
    if not form.is_valid():
        messages.error(request, say("fieldwork.time_wrong"))
        return redirect("visits_review", visit.pk)
    try:
        set_time(who_of(request), found, form.cleaned_data["version"] or 0, at=form.cleaned_data["at"])
    except Stale:
        messages.error(request, say("fieldwork.changed_meanwhile"))
    else:
        messages.success(request, say("fieldwork.time_set"))
    return redirect("visits_review", visit.pk)


@guard(VISITS, "settle", "pk")
@require_POST
def release_held(request: HttpRequest, visit: Any) -> HttpResponse:
    """Let changes go that wait for one that may never come."""
    done = release(who_of(request), visit)
    messages.success(request, say("fieldwork.released", count=done))
    return redirect("visits_review", visit.pk)
