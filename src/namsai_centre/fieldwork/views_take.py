"""Take a visit over into its assessment: each entry with what it does to the case, and rows the case has not yet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre.assessments.policies import ASSESSMENTS
from namsai_centre.fieldwork import queries, shown
from namsai_centre.fieldwork.actions.take_over import take_over
from namsai_centre.fieldwork.effect import entry_by_entry
from namsai_centre.fieldwork.new_rows import chosen, row_forms
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.words import language, say


@guard(VISITS, "take", "pk")
def take(request: HttpRequest, visit: Any) -> HttpResponse:
    """Set what was taken against the newest case; the assessment's page shows the differences before they are saved."""
    who, lang = who_of(request), language()
    assessment = visit.assessment
    open_ = assessment is not None and ASSESSMENTS.allows("edit", who, assessment)
    asked = row_forms(visit, queries.case_of(visit), lang, request.POST if request.method == "POST" else None)
    wrong = request.method == "POST" and open_ and {f.is_valid() for f in asked} >= {False}  # all errors at once
    if request.method == "POST" and open_ and not wrong:
        upload = take_over(who, visit, chosen(asked))
        if upload is None:
            messages.info(request, say("fieldwork.nothing_new"))
            return redirect("visits_take", visit.pk)
        return redirect("assessments_incoming", upload.pk)
    rows = entry_by_entry(visit, shown.whole(visit, lang), lang)
    going = any(r.state in ("new", "changed") for r in rows)
    facts = {"visit": visit, "assessment": assessment, "open": open_, "rows": rows, "asked": asked, "going": going}
    return render(request, "fieldwork/take.html", facts, status=422 if wrong else 200)
