"""From an option of an assessment back to the entry: the rule, what fits, what would have to be known, the sources."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from namsai_centre.assessments.policies import RUNS
from namsai_centre.knowhow.queries_feedback import may_tell, told
from namsai_centre.knowhow.why import why_of
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.words import language


@guard(RUNS, "results", "pk")
def why(request: HttpRequest, run: Any, option: str) -> HttpResponse:
    """Say why a run proposed an option."""
    found = why_of(run, option, language())
    if found is None:
        raise Http404
    who, firm = who_of(request), run.assessment.engagement.enterprise_id
    facts = {"run": run, "found": found, "firm": firm}
    if found.entry:
        facts |= {"told": told(who, firm, found.entry), "can_tell": may_tell(who, firm)}
    return render(request, "knowhow/why.html", facts)
