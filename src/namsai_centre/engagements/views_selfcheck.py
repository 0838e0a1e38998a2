"""Pages of the self-check: the questions, and what to look at first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from namsai_centre.engagements.actions.answer_selfcheck import answer_selfcheck
from namsai_centre.engagements.forms_light import SelfCheckForm
from namsai_centre.engagements.policies import CHECKED_FIRMS, SELF_CHECKS
from namsai_centre.engagements.queries_light import checks_of
from namsai_centre.engagements.selfcheck import result
from namsai_centre.knowhow.queries import current_knowhow
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.once import once


@guard(CHECKED_FIRMS, "check", "pk")
@once
def answer(request: HttpRequest, enterprise: Any) -> HttpResponse:
    """Ask the questions on one page."""
    who = who_of(request)
    form = SelfCheckForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        check = answer_selfcheck(who, enterprise, answers=form.answers())
        return redirect("engagements_selfcheck_see", check.pk)
    facts = {"form": form, "enterprise": enterprise, "earlier": checks_of(who, enterprise.pk)}
    return render(request, "engagements/selfcheck.html", facts, status=422 if form.errors else 200)


@guard(SELF_CHECKS, "see", "pk")
def see(request: HttpRequest, check: Any) -> HttpResponse:
    """Show three things to look at first, with the know-how behind them; one printable page."""
    seen = result(check.answers, check.enterprise.sector, current_knowhow())
    facts = {"check": check, "enterprise": check.enterprise, "result": seen}
    return render(request, "engagements/selfcheck_see.html", facts)
