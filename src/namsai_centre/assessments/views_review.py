"""A second person looks a run over before it is released."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from namsai_centre.assessments import queries
from namsai_centre.assessments.actions import review as actions
from namsai_centre.assessments.forms import ReopenForm, ReviewForm
from namsai_centre.assessments.judge import judged
from namsai_centre.assessments.policies import ASSESSMENTS
from namsai_centre.assessments.results import OtherShape, chapter, result_of
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.words import language, say


@guard(ASSESSMENTS, "submit", "pk")
def submit(request: HttpRequest, assessment: Any) -> HttpResponse:
    """Hand the assessment to a second person."""
    if request.method == "POST":
        try:
            actions.submit(who_of(request), assessment)
        except actions.NothingToReview:
            messages.error(request, say("assessments.nothing_to_review"))
        else:
            messages.success(request, say("assessments.submitted"))
    return redirect("assessments_see", assessment.pk)


@guard(ASSESSMENTS, "review", "pk")
def review(request: HttpRequest, assessment: Any) -> HttpResponse:
    """Show what is to be released, with the way to everything in it; accept or return it."""
    run = actions.run_of(assessment)
    first = {"version": assessment.version}
    form = ReviewForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid() and run is not None:
        data = form.cleaned_data
        try:
            actions.review(
                who_of(request),
                assessment,
                run,
                accepted=data["decision"] == "accept",
                note=data["review_note"],
                expected=data["version"] or 0,
            )
        except Stale:
            return _look_again(request, "assessments_review", assessment)
        messages.success(request, say(f"assessments.did_{data['decision']}"))
        return redirect("assessments_see", assessment.pk)
    newest = queries.latest(assessment)
    try:
        blocks = chapter(result_of(run), "summary", language()) if run is not None else []
    except OtherShape:
        blocks = []
    facts = {
        "assessment": assessment,
        "run": run,
        "form": form,
        "blocks": blocks,
        "warnings": judged(newest).count("warning") if newest else 0,
        "versions": list(queries.versions_of(assessment)[:10]),
        "findings_url": reverse("assessments_findings", args=[assessment.pk]),
    }
    return render(request, "assessments/review.html", facts, status=422 if form.errors else 200)


@guard(ASSESSMENTS, "reopen", "pk")
def reopen(request: HttpRequest, assessment: Any) -> HttpResponse:
    """Take it back to work, with a reason."""
    form = ReopenForm(request.POST or None, initial={"version": assessment.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.reopen(who_of(request), assessment, reason=data["reopen_reason"], expected=data["version"] or 0)
        except Stale:
            return _look_again(request, "assessments_reopen", assessment)
        messages.success(request, say("assessments.reopened"))
        return redirect("assessments_see", assessment.pk)
    facts = {"assessment": assessment, "form": form}
    return render(request, "assessments/reopen.html", facts, status=422 if form.errors else 200)


def _look_again(request: HttpRequest, page: str, assessment: Any) -> HttpResponse:
    """409: what was to be decided on is not the same any more; it must be looked at again, never forced."""
    facts = {"assessment": assessment, "again": reverse(page, args=[assessment.pk])}
    return render(request, "assessments/look_again.html", facts, status=409)
