"""The list of assessments, one of them, and a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre.assessments import queries, sections
from namsai_centre.assessments.actions.start import base_of, start
from namsai_centre.assessments.forms import NewForm
from namsai_centre.assessments.incoming import read
from namsai_centre.assessments.judge import judged, tell_all
from namsai_centre.assessments.next_step import next_step
from namsai_centre.assessments.policies import ASSESSMENTS, RUNS
from namsai_centre.assessments.section_form import fullness
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.once import once
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import language, say


@guard(ASSESSMENTS, "browse")
def browse(request: HttpRequest) -> HttpResponse:
    """List the assessments, those changed last first; search by title and firm, filter by state."""
    text, state = request.GET.get("q", ""), request.GET.get("state", "")
    found = queries.for_list(ASSESSMENTS.visible(who_of(request)), text, state)
    facts = {"page": page_of(request, found), "states": queries.STATES, "state": state, "q": text}
    return render(request, "assessments/browse.html", facts)


@guard(ASSESSMENTS, "make")
@once
def new(request: HttpRequest) -> HttpResponse:
    """Make an assessment: blank for a sector, from a filled form, or on the base of an earlier one."""
    who = who_of(request)
    asked = {"engagement": request.GET.get("engagement"), "earlier": request.GET.get("earlier")}
    form = NewForm(request.POST or None, request.FILES or None, who=who, initial=asked)
    told: list[Any] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        document, origin = None, "start"
        if data["file"]:
            incoming = read(data["file"].read())
            document, origin = incoming.document, "form"
            told = tell_all(incoming.findings, document or {}, language())
        elif data["earlier"]:
            last = queries.latest(data["earlier"])
            document = base_of(last.document, data["engagement"].enterprise, data["title"]) if last else None
        if not (data["file"] and document is None):
            made = start(
                who, data["engagement"], title=data["title"], sector=data["sector"], document=document, origin=origin
            )
            messages.success(request, say("assessments.started", name=made.title))
            return redirect("assessments_see", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/new.html", {"form": form, "told": told}, status=status)


@guard(ASSESSMENTS, "see", "pk")
def see(request: HttpRequest, assessment: Any) -> HttpResponse:
    """Show an assessment: its sections and how full they are, what was found, runs, versions, review."""
    who, lang = who_of(request), language()
    newest = queries.latest(assessment)
    document = newest.document if newest else {}
    found = judged(newest) if newest else None
    told = tell_all(found.findings, document, lang) if found else []
    rows = []
    for name in sections.names():
        own = [t for t in told if t.section == name]
        count, filled, needed = fullness(document, name)
        rows.append(
            {
                "name": name,
                "title": sections.title(name, lang),
                "about": sections.about(name, lang),
                "rows": None if name == sections.VALUES else count,
                "filled": filled,
                "needed": needed,
                "errors": sum(t.severity == "error" for t in own),
                "warnings": sum(t.severity == "warning" for t in own),
                "needs": name in sections.FIRST,
            }
        )
    visible = set(RUNS.visible(who).filter(assessment=assessment).values_list("pk", flat=True))
    runs = [r for r in queries.runs_of(assessment) if r.pk in visible]
    facts = {
        "assessment": assessment,
        "newest": newest,
        "complete": bool(found and found.complete),
        "sections": [r for r in rows if r["rows"] != 0 or r["needs"]],
        "rest": [r for r in rows if r["rows"] == 0 and not r["needs"]],
        "step": next_step(who, assessment, newest, found, runs, lang),
        "told": told[:8],
        "more": max(len(told) - 8, 0),
        "errors": found.count("error") if found else 0,
        "warnings": found.count("warning") if found else 0,
        "runs": runs[:5],
        "done": next((r for r in runs if r.state == "done"), None),
        "versions": list(queries.versions_of(assessment)[:4]),
        "reviews": list(queries.reviews_of(assessment)),
    }
    return render(request, "assessments/see.html", facts)


@guard(ASSESSMENTS, "see", "pk")
def findings(request: HttpRequest, assessment: Any) -> HttpResponse:
    """Show everything that was found in the newest version, each with the way to its place."""
    newest = queries.latest(assessment)
    document = newest.document if newest else {}
    told = tell_all(judged(newest).findings, document, language()) if newest else []
    return render(request, "assessments/findings.html", {"assessment": assessment, "page": page_of(request, told, 50)})
