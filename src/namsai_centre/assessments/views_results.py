"""The results of a finished run: summary, losses, balance, options, plan, and the report as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from namsai.charts.write import currency_name
from namsai.texts import LANGS
from namsai_centre.assessments.actions.measures import OtherCurrency, UnknownOption, make_measures
from namsai_centre.assessments.budget import Asked, as_typed, asked_budget, change, to_try
from namsai_centre.assessments.policies import RUNS
from namsai_centre.assessments.reports import TYPES, file_name, report
from namsai_centre.assessments.results import CHAPTERS, OtherShape, chapter, options_of, result_of, with_budget
from namsai_centre.assessments.views_run import other_shape
from namsai_centre.rights import guard, who_of
from namsai_centre.savings.kinds import CURRENCIES
from namsai_centre.ui.once import once
from namsai_centre.ui.words import language, say

_OWN = {"flows": "assessments_flows", "options": "assessments_options", "plan": "assessments_plan"}


def around(run: Any, here: str) -> dict[str, Any]:
    """Return what every results page shows: the run and the ways to its other pages."""
    tabs = []
    for name in ("summary", "flows", *(c for c in CHAPTERS if c != "summary")):
        if name == "summary":
            url = reverse("assessments_results", args=[run.pk])
        elif name in _OWN:
            url = reverse(_OWN[name], args=[run.pk])
        else:
            url = reverse("assessments_chapter", args=[run.pk, name])
        tabs.append((f"assessments.tab_{name}", url, name == here))
    released = run.assessment.released_run_id == run.pk
    facts = {"run": run, "assessment": run.assessment, "tabs": tabs, "released": released}
    return facts | {"title_key": f"assessments.tab_{here}"}


@guard(RUNS, "results", "pk")
def results(request: HttpRequest, run: Any) -> HttpResponse:
    """Show the five numbers and how sure they are."""
    return _chapter(request, run, "summary")


@guard(RUNS, "results", "pk")
def chapter_page(request: HttpRequest, run: Any, name: str) -> HttpResponse:
    """Show one chapter of the results."""
    if name not in CHAPTERS or name in _OWN or name == "summary":
        raise Http404
    return _chapter(request, run, name)


def _chapter(request: HttpRequest, run: Any, name: str) -> HttpResponse:
    try:
        blocks = chapter(result_of(run), name, language())
    except OtherShape:
        return other_shape(request, run)
    facts = around(run, name) | {"blocks": blocks, "big": "big" in request.GET, "reports": name == "summary"}
    return render(request, "assessments/results.html", facts)


@guard(RUNS, "results", "pk")
def options(request: HttpRequest, run: Any) -> HttpResponse:
    """Show the options with reason, money, evidence and source; those who work on it can make measures of them."""
    try:
        lines = options_of(result_of(run), language())
        blocks = chapter(result_of(run), "options", language())
    except OtherShape:
        return other_shape(request, run)
    can = RUNS.agree(who_of(request), run)
    facts = around(run, "options") | {"options": lines, "can_agree": can}
    facts |= {"counted": [x for x in lines if x.calculated], "uncounted": [x for x in lines if not x.calculated]}
    facts |= {"lead": blocks[1].block.text, "blocks": blocks[2:]}
    return render(request, "assessments/options.html", facts)


@guard(RUNS, "agree", "pk")
@once
def measures(request: HttpRequest, run: Any) -> HttpResponse:
    """Make measures of the options ticked."""
    back = redirect("assessments_options", run.pk)
    if request.method != "POST":
        return back
    wanted = request.POST.getlist("option")
    if not wanted:
        messages.error(request, say("assessments.no_option_ticked"))
        return back
    try:
        made = make_measures(who_of(request), run, wanted)
    except OtherCurrency:
        facts = {"money": currency_name(result_of(run).costs.currency, language()), "kept": ", ".join(CURRENCIES)}
        messages.error(request, say("assessments.other_currency", **facts))
        return back
    except UnknownOption:
        messages.error(request, say("assessments.option_unknown"))
        return back
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return back
    messages.success(request, say("assessments.measures_made", number=len(made)))
    return back


@guard(RUNS, "results", "pk")
def plan(request: HttpRequest, run: Any) -> HttpResponse:
    """Show the plan; with another budget the best set is chosen anew (nothing is stored)."""
    typed, lang = request.GET.get("budget"), language()
    try:
        result = result_of(run)
        own = result.case.finance.budget
        asked = Asked(own) if typed is None else asked_budget(typed, lang)
        now = result if typed is None or asked.problem else with_budget(result, asked.value)
        blocks = chapter(now, "plan", lang)
    except OtherShape:
        return other_shape(request, run)
    trying = typed is not None and not asked.problem and asked.value != own
    currency = now.case.finance.currency
    facts = around(run, "plan") | {
        "blocks": blocks[1:],
        "asked": typed if asked.problem else as_typed(asked.value, currency, lang),
        "currency": currency_name(currency, lang),
        "problem": asked.problem,
        "to_try": to_try(result, lang),
        "change": change(result, now, lang) if trying else None,
    }
    status = 422 if asked.problem else 200
    if request.headers.get("HX-Request") == "true":
        status = 200  # htmx shows only pages that went well; the words on it say what is wrong
    return render(request, "assessments/plan.html", facts, status=status)


@guard(RUNS, "results", "pk")
def report_file(request: HttpRequest, run: Any, lang: str, kind: str) -> HttpResponse:
    """Send the report as a file (always as an attachment)."""
    if lang not in LANGS or kind not in TYPES:
        raise Http404
    try:
        content = report(run, kind, "lo" if lang == "lo" else "en")
    except OtherShape:
        return other_shape(request, run)
    return attachment(content, TYPES[kind], file_name(run, kind, lang))


def attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return bytes as a file to be saved; nothing in it is ever shown as a page of the centre."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=kind, headers=headers | {"Cache-Control": "private, no-store"})
