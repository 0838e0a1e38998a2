"""What became of options in firms: told, changed, withdrawn, listed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from namsai_centre.knowhow import queries, queries_feedback
from namsai_centre.knowhow.actions import feedback as actions
from namsai_centre.knowhow.card import title_of
from namsai_centre.knowhow.forms_feedback import FIELDS, OUTCOMES, FeedbackForm
from namsai_centre.knowhow.policies import FEEDBACK
from namsai_centre.knowhow.views import option_or_404
from namsai_centre.records import Stale
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.errors import stale
from namsai_centre.ui.once import once
from namsai_centre.ui.paging import page_of
from namsai_centre.ui.words import language, say


@guard(FEEDBACK, "browse")
def feedback(request: HttpRequest) -> HttpResponse:
    """List what was said of options, as far as one may see."""
    who = who_of(request)
    page = page_of(request, FEEDBACK.visible(who).order_by("-changed_at", "id"))
    mine = queries_feedback.own(who, page)
    knowhow = queries.current_knowhow()
    rows = [(f, queries_feedback.title_of_option(knowhow, f.option, language())) for f in page]
    return render(request, "knowhow/feedback.html", {"page": page, "rows": rows, "mine": mine})


@guard(FEEDBACK, "make")
@once
def tell(request: HttpRequest, option: str) -> HttpResponse:
    """Say what became of an option: the outcome first, then the firm, where there are several."""
    who, found = who_of(request), option_or_404(queries.current_knowhow(), option)
    outcome, asked = _outcome(request), request.GET.get("enterprise", "")
    firm = queries_feedback.firm_for(who, asked)
    facts: dict[str, Any] = {"option": found, "title": title_of(found, language()), "firm": firm, "outcome": outcome}
    if request.method == "GET" and not outcome:
        return render(request, "knowhow/tell_outcome.html", {**facts, "asked": asked})
    if firm is None:
        firms = queries_feedback.firms_for(who, request.GET.get("q", ""))
        return render(request, "knowhow/tell_firm.html", {**facts, "page": page_of(request, firms)})
    before = queries_feedback.told(who, firm.pk, found.id)
    if request.method == "GET" and before is not None:
        return redirect(f"{reverse('knowhow_feedback_edit', args=[before.pk])}?outcome={outcome}")
    form = FeedbackForm(request.POST or None, outcome=outcome)
    facts["form"] = form
    if request.method == "POST":
        if form.is_valid():
            try:
                actions.tell(who, firm, found.id, form.said)
            except actions.ToldBefore:
                form.add_error(None, say("knowbase.told_before"))
            else:
                messages.success(request, say("knowbase.told"))
                return redirect("knowhow_see", option=found.id)
        return render(request, "knowhow/tell.html", facts, status=422)
    return render(request, "knowhow/tell.html", facts)


def _outcome(request: HttpRequest, otherwise: str = "") -> str:
    """Return the outcome that the address asks for; a form that is sent without one asks for everything."""
    asked = request.GET.get("outcome", "" if request.method == "POST" else otherwise)
    return asked if asked in OUTCOMES else ""


@guard(FEEDBACK, "edit", "pk")
def edit(request: HttpRequest, feedback: Any) -> HttpResponse:
    """Change what was said."""
    outcome = _outcome(request, feedback.outcome)
    first = {**{name: getattr(feedback, name) for name in FIELDS}, "version": feedback.version}
    form = FeedbackForm(request.POST or None, initial=first, outcome=outcome)
    words = queries_feedback.title_of_option(queries.current_knowhow(), feedback.option, language())
    facts = {"form": form, "feedback": feedback, "firm": feedback.enterprise, "title": words, "outcome": outcome}
    if request.method == "POST":
        if not form.is_valid():
            return render(request, "knowhow/tell.html", facts, status=422)
        try:
            actions.change(who_of(request), feedback, form.cleaned_data["version"] or 0, form.said)
        except Stale as problem:
            return stale(request, problem, "knowbase")
        messages.success(request, say("knowbase.told"))
        return redirect("knowhow_see", option=feedback.option)
    return render(request, "knowhow/tell.html", facts)


@guard(FEEDBACK, "withdraw", "pk")
def withdraw(request: HttpRequest, feedback: Any) -> HttpResponse:
    """Withdraw what was said, after asking."""
    if request.method == "POST":
        try:
            actions.withdraw(who_of(request), feedback, queries.version_sent(request.POST.get("version")))
        except Stale as problem:
            return stale(request, problem, "knowbase")
        messages.success(request, say("knowbase.withdrawn"))
        return redirect("knowhow_feedback")
    title = queries_feedback.title_of_option(queries.current_knowhow(), feedback.option, language())
    facts = {"record": feedback, "words": "knowbase.withdraw_text", "back": "knowhow_feedback", "title": title}
    return render(request, "knowhow/withdraw.html", facts)
