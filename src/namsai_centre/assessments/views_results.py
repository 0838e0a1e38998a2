"""The results of a finished run: summary, losses, balance, options, plan, and the report as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from namsai.findings import NamsaiError
from namsai.lao.numbers import parse_number
from namsai.texts import LANGS, finding_text
from namsai_centre.assessments.actions.measures import UnknownOption, make_measures
from namsai_centre.assessments.policies import RUNS
from namsai_centre.assessments.reports import TYPES, file_name, report
from namsai_centre.assessments.results import CHAPTERS, OtherShape, chapter, options_of, result_of, with_budget
from namsai_centre.assessments.views_run import other_shape
from namsai_centre.rights import guard, who_of
from namsai_centre.ui.once import once
from namsai_centre.ui.words import language, say

_OWN = {"options": "assessments_options", "plan": "assessments_plan"}


def _around(run: Any, here: str) -> dict[str, Any]:
    """Return what every results page shows: the run and the ways to its other pages."""
    tabs = []
    for name in CHAPTERS:
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
    facts = _around(run, name) | {"blocks": blocks, "big": "big" in request.GET, "reports": name == "summary"}
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
    facts = _around(run, "options") | {"options": lines, "can_agree": can}
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
    asked, problem, status = request.GET.get("budget"), "", 200
    try:
        result = result_of(run)
        own = result.case.finance.budget
        now = result
        if asked is not None:
            try:
                budget = parse_number(asked) if asked.strip() else None
                if budget is not None and not 0 <= budget < 1e15:
                    raise NamsaiError
                now = with_budget(result, budget)
            except NamsaiError as wrong:
                status = 422
                words = [" ".join(finding_text(f, language())) for f in wrong.findings]
                problem = " ".join(words) or say("assessments.budget_wrong")
        blocks = chapter(now, "plan", language())
    except OtherShape:
        return other_shape(request, run)
    changed = _changed(result, now)
    facts = _around(run, "plan") | {
        "blocks": blocks[1:],
        "asked": asked if asked is not None else "" if own is None else f"{own:.0f}",
        "own": own,
        "currency": now.case.finance.currency,
        "problem": problem,
        "trying": asked is not None and not problem and now.case.finance.budget != own,
        "changed": changed,
    }
    if request.headers.get("HX-Request") == "true":
        status = 200  # htmx shows only pages that went well; the words on it say what is wrong
    return render(request, "assessments/plan.html", facts, status=status)


def _changed(was: Any, now: Any) -> dict[str, list[str]]:
    """Return which options came in and which went out against the plan of the run."""
    titles = {p.id: p.title.show(language()) for p in was.proposals.items}
    old, new = ([c.id for c in r.plan.chosen] if r.plan else [] for r in (was, now))
    return {"added": [titles[x] for x in new if x not in old], "dropped": [titles[x] for x in old if x not in new]}


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
