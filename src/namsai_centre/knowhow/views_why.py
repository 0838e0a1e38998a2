"""From an option of an assessment back to the entry: the rule, what fits, what would have to be known, the sources."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from namsai_centre.assessments.policies import RUNS
from namsai_centre.knowhow.why import why_of
from namsai_centre.rights import guard
from namsai_centre.ui.words import language


@guard(RUNS, "results", "pk")
def why(request: HttpRequest, run: Any, option: str) -> HttpResponse:
    """Say why a run proposed an option."""
    found = why_of(run, option, language())
    if found is None:
        raise Http404
    return render(request, "knowhow/why.html", {"run": run, "found": found})
