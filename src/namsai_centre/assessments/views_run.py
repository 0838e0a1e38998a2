"""Run the engine, see how far it is, and set two runs side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from namsai.assessment import STEPS
from namsai_centre.assessments import queries
from namsai_centre.assessments.actions.run import Incomplete, start_run
from namsai_centre.assessments.compare import compare
from namsai_centre.assessments.differences import lines
from namsai_centre.assessments.jobs import is_stuck, take_up_stuck
from namsai_centre.assessments.judge import tell_all
from namsai_centre.assessments.policies import ASSESSMENTS, RUNS
from namsai_centre.assessments.results import OtherShape
from namsai_centre.assessments.stored import findings_of
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.once import once
from namsai_centre.ui.words import language, say


@guard(ASSESSMENTS, "run", "pk")
@once
def run(request: HttpRequest, assessment: Any) -> HttpResponse:
    """Start a run of the newest version."""
    if request.method != "POST":
        return redirect("assessments_see", assessment.pk)
    try:
        made = start_run(who_of(request), assessment)
    except Incomplete:
        messages.error(request, say("assessments.runs_when_complete"))
        return redirect("assessments_findings", assessment.pk)
    return redirect("assessments_progress", made.pk)


@guard(RUNS, "see", "pk")
def progress(request: HttpRequest, run: Any) -> HttpResponse:
    """Show how far a run is (asked again every 2 s by htmx, else by a link); lead to the results when it is done."""
    part = request.headers.get("HX-Request") == "true"
    if run.state == "done":
        if not part:
            return redirect("assessments_results", run.pk)
        return HttpResponse(headers={"HX-Redirect": reverse("assessments_results", args=[run.pk])})
    if is_stuck(run):
        take_up_stuck()
        run.refresh_from_db()
    facts = {
        "run": run,
        "assessment": run.assessment,
        "steps": [(s, _how(run, s)) for s in STEPS],
        "done": STEPS.index(run.step) if run.step in STEPS else 0,
        "all": len(STEPS),
        "told": tell_all(findings_of(run.findings), run.case.document, language()),
    }
    return render(request, "assessments/progress_part.html" if part else "assessments/progress.html", facts)


def _how(run: Any, step: str) -> str:
    if run.step not in STEPS:
        return "later"
    here, there = STEPS.index(run.step), STEPS.index(step)
    return "done" if there < here else "now" if there == here else "later"


@guard(ASSESSMENTS, "run", "pk")
def compare_runs(request: HttpRequest, assessment: Any) -> HttpResponse:
    """Set two finished runs side by side (the newest two when none are named)."""
    runs = [r for r in queries.runs_of(assessment) if r.state == "done"]
    by_id = {str(r.pk): r for r in runs}
    after = by_id.get(request.GET.get("after", "")) or (runs[0] if runs else None)
    before = by_id.get(request.GET.get("before", "")) or next((r for r in runs if r != after), None)
    facts: dict[str, Any] = {"assessment": assessment, "runs": runs, "before": before, "after": after}
    facts["sides"] = [("before", before), ("after", after)]
    if before and after:
        try:
            found = compare(queries.whole(before), queries.whole(after), language())
        except OtherShape:
            facts["other_shape"] = True
        else:
            facts["parts"] = [(name, [x for x in own if not x.same or name == "five"]) for name, own in found.parts]
            facts |= {"found": found, "inputs": lines(list(found.inputs), language())[:200]}
    return render(request, "assessments/compare.html", facts)


def other_shape(request: HttpRequest, run: Any) -> HttpResponse:
    """Say that the result is of an older engine's shape, and offer to run again."""
    if run is None:
        raise Http404
    return render(request, "assessments/other_shape.html", {"run": run, "assessment": run.assessment}, status=409)
