"""Runs of the engine, their results and reports, and the second person."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from ninja import Query

from namsai.cli.common import as_data
from namsai_centre.api.asked import Paged, checked, expected, part, sent
from namsai_centre.api.assessments import XLSX, room, whole
from namsai_centre.api.problems import Wrong, found
from namsai_centre.api.room import file_of
from namsai_centre.api.schemas.assessments import (
    AssessmentLine,
    MeasureRef,
    OptionsIn,
    PlanAsked,
    PlanOut,
    ReopenIn,
    ReviewIn,
    RunOut,
    RunResult,
    RunsAsked,
    RunsCompared,
)
from namsai_centre.api.schemas.common import ListOf, Versioned
from namsai_centre.api.schemas.sections import RunProgress
from namsai_centre.assessments import queries
from namsai_centre.assessments.actions import review as actions
from namsai_centre.assessments.actions.measures import UnknownOption, make_measures
from namsai_centre.assessments.actions.run import start_run
from namsai_centre.assessments.compare import compare as compare_two
from namsai_centre.assessments.forms import ReopenForm, ReviewForm
from namsai_centre.assessments.jobs import is_stuck, take_up_stuck
from namsai_centre.assessments.policies import ASSESSMENTS, RUNS
from namsai_centre.assessments.reports import TYPES, file_name, report
from namsai_centre.assessments.results import result_of, with_budget
from namsai_centre.assessments.views_results import attachment
from namsai_centre.records import Stale
from namsai_centre.rights import who_of
from namsai_centre.ui.words import language


@room.get("/{uuid:pk}/runs/", ASSESSMENTS, "see", "pk", gives=ListOf[RunOut])
def runs(request: Any, assessment: Any, asked: Query[Paged]) -> Any:
    """List the runs one may see, newest first."""
    visible = RUNS.visible(who_of(request)).filter(assessment=assessment)
    return part(queries.runs_of(assessment).filter(pk__in=visible.order_by().values("pk")), asked)


@room.post("/{uuid:pk}/runs/", ASSESSMENTS, "run", "pk", gives=RunOut, status=201, made=RUNS)
def run(request: Any, assessment: Any) -> Any:
    """Start a run of the newest version; one that already waits or works is given instead."""
    return start_run(who_of(request), assessment)


@room.get("/{uuid:pk}/compare/", ASSESSMENTS, "run", "pk", gives=RunsCompared, also=(409,))
def compare(request: Any, assessment: Any, asked: Query[RunsAsked]) -> Any:
    """Set two finished runs side by side: what differs in the inputs and in the results."""
    runs_ = [r for r in queries.runs_of(assessment) if r.state == "done"]
    by_id = {r.pk: r for r in runs_}
    missing = [n for n in ("before", "after") if (key := getattr(asked, n)) and key not in by_id]
    if missing:
        raise Wrong(found("api.not_found", n) for n in missing)
    after = by_id[asked.after] if asked.after else next((r for r in runs_ if r.pk != asked.before), None)
    before = by_id[asked.before] if asked.before else next((r for r in runs_ if r != after), None)
    if before is None or after is None or before == after:
        raise Wrong([found("api.two_runs")])
    one, two, lang = queries.whole(before), queries.whole(after), language()
    seen = compare_two(one, two, lang)
    parts = {name: list(rows) for name, rows in seen.parts}
    return {
        "before": one, "after": two, "causes": list(seen.causes),
        "inputs": [d.words(lang) for d in seen.inputs], **parts,
    }  # fmt: skip


@room.get("/runs/{uuid:pk}/plan/", RUNS, "results", "pk", gives=PlanOut, also=(409,))
def plan(request: Any, one: Any, asked: Query[PlanAsked]) -> Any:
    """Show the plan; with another budget the best set is chosen anew (nothing is stored)."""
    if asked.unlimited and asked.budget is not None:
        raise Wrong([found("api.wrong_value", "budget", said="unlimited")])
    result_ = result_of(queries.whole(one))
    now = with_budget(result_, asked.budget) if asked.unlimited or asked.budget is not None else result_
    old, new = ([c.id for c in r.plan.chosen] if r.plan else [] for r in (result_, now))
    return {
        "budget": now.case.finance.budget, "own_budget": result_.case.finance.budget,
        "currency": now.case.finance.currency, "plan": as_data(now.plan) if now.plan else None,
        "added": [x for x in new if x not in old], "dropped": [x for x in old if x not in new],
    }  # fmt: skip


@room.get("/runs/{uuid:pk}/", RUNS, "see", "pk", gives=RunProgress)
def progress(request: Any, one: Any) -> Any:
    """Show how far a run is, and why it failed."""
    if is_stuck(one):
        take_up_stuck()
        one.refresh_from_db()
    return one


@room.get("/runs/{uuid:pk}/result/", RUNS, "results", "pk", gives=RunResult)
def result(request: Any, one: Any) -> Any:
    """Show the whole result of a finished run."""
    return queries.whole(one)


@room.get("/runs/{uuid:pk}/report/{slug:lang}.{slug:kind}", RUNS, "results", "pk",
          extra=file_of("application/pdf", "text/html", "text/html; charset=utf-8", XLSX))  # fmt: skip
def report_file(request: Any, one: Any, lang: str, kind: str) -> HttpResponse:
    """Give the report: lang lo or en, kind pdf, html or xlsx."""
    if lang not in ("lo", "en") or kind not in TYPES:
        raise Http404
    content = report(one, kind, "lo" if lang == "lo" else "en")
    return attachment(content, TYPES[kind], file_name(one, kind, lang))


@room.post("/runs/{uuid:pk}/measures/", RUNS, "agree", "pk", gives=list[MeasureRef])
def measures(request: Any, one: Any, body: OptionsIn) -> Any:
    """Make measures of options of a run; one made before comes back as it stands."""
    try:
        return make_measures(who_of(request), one, body.options)
    except UnknownOption as problem:
        raise Wrong([found("api.unknown_option", "options", names=str(problem))]) from None


@room.post("/{uuid:pk}/submit/", ASSESSMENTS, "submit", "pk", gives=AssessmentLine, shown=whole)
def submit(request: Any, assessment: Any, body: Versioned) -> Any:
    """Hand a draft to a second person."""
    if expected(request, body.version) != assessment.version:
        raise Stale(assessment, {"state": "in_review"})
    actions.submit(who_of(request), assessment)
    return assessment


@room.post("/{uuid:pk}/review/", ASSESSMENTS, "review", "pk", gives=AssessmentLine, shown=whole)
def review(request: Any, assessment: Any, body: ReviewIn) -> Any:
    """Accept what is to be released, or return it with a reason."""
    version, who = expected(request, body.version), who_of(request)
    fields = checked(lambda: ReviewForm(sent(body.wanted())))
    newest = actions.run_of(assessment)
    if newest is None:
        raise actions.NothingToReview
    accepted = fields["decision"] == "accept"
    actions.review(who, assessment, newest, accepted=accepted, note=fields["review_note"], expected=version)
    return assessment


@room.post("/{uuid:pk}/reopen/", ASSESSMENTS, "reopen", "pk", gives=AssessmentLine, shown=whole)
def reopen(request: Any, assessment: Any, body: ReopenIn) -> Any:
    """Take a submitted or released assessment back to work."""
    version = expected(request, body.version)
    fields = checked(lambda: ReopenForm(sent(body.wanted())))
    return actions.reopen(who_of(request), assessment, reason=fields["reopen_reason"], expected=version)
