"""The job that runs the engine: takes a run, tells each step, writes the whole result in one transaction or none of it.

A worker may be killed at any moment (case 23): until the last transaction the run holds no result; a run that stays in
`running` too long is taken up again, at most MOST_TRIES times.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django_tasks import task

from namsai import __version__
from namsai.assessment import STEPS, assess
from namsai.cli.common import as_data
from namsai.findings import NamsaiError
from namsai_centre import clock
from namsai_centre.accounts.identity import who_is
from namsai_centre.assessments.judge import judge
from namsai_centre.assessments.models import Run
from namsai_centre.audit.record import record
from namsai_centre.knowhow.queries import current_knowhow

log = logging.getLogger("namsai_centre.jobs")
STUCK = timedelta(minutes=5)  # the engine takes a second; the largest cases a few
MOST_TRIES = 3


@task()
def assess_run(run_id: str) -> str:
    """Do a run (in a worker); returns the state it is in afterwards."""
    return work_on(run_id)


def work_on(run_id: str) -> str:
    """Do a run unless it is done or another worker is at it; returns its state."""
    run = _take(run_id)
    if run is None:
        return Run.objects.values_list("state", flat=True).get(pk=run_id)
    mine = Run.objects.filter(pk=run.pk, state="running", tries=run.tries)
    try:
        knowhow = current_knowhow()
        found = judge(run.case.document, knowhow)
        if not found.complete or found.case is None:
            return _fail(run, "incomplete", [f.as_data() for f in found.findings])

        def tell(step: str) -> None:
            mine.update(step=step)

        result = assess(found.case, knowhow, tell)
        data = as_data(result)
    except NamsaiError as problem:
        return _fail(run, "findings", [f.as_data() for f in problem.findings])
    except Exception:
        log.exception("run %s failed", run.pk)
        return _fail(run, "broken", [])
    with transaction.atomic():
        done = mine.update(
            state="done",
            step=STEPS[-1],
            finished_at=clock.now(),
            result=data,
            findings=[f.as_data() for f in result.findings],
            engine_version=__version__,
            knowhow_version=knowhow.version[:40],
            problem="",
        )
        if done:
            _tell(run, {"state": "done", "engine": __version__, "knowhow": knowhow.version})
    return "done"


def _take(run_id: str) -> Run | None:
    """Make the run this worker's own; None when it is done, failed for good or in somebody else's hands."""
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_id)
        if run.state in ("done", "failed") or (run.state == "running" and not is_stuck(run)):
            return None
        if run.tries >= MOST_TRIES:
            _fail(run, "too_often", [])
            return None
        run.state, run.step, run.started_at, run.tries = "running", "", clock.now(), run.tries + 1
        run.save(update_fields=["state", "step", "started_at", "tries"])
    return run


def _fail(run: Run, problem: str, findings: list[dict[str, object]]) -> str:
    """Write down why a run could not be done; `problem` is the word assessments.problem_<problem>."""
    with transaction.atomic():
        mine = Run.objects.filter(pk=run.pk, tries=run.tries).exclude(state="done")
        if mine.update(state="failed", finished_at=clock.now(), problem=problem, findings=findings, result=None):
            _tell(run, {"state": "failed", "problem": problem})
    return "failed"


def _tell(run: Run, after: dict[str, object]) -> None:
    record(who_is(run.by, via="job"), "assessments.ran", run, {"state": "running"}, after)


def is_stuck(run: Run) -> bool:
    """Tell whether a run waits or works for so long that its worker must have died."""
    since = run.started_at if run.state == "running" else run.created_at
    return run.state in ("waiting", "running") and since is not None and clock.now() - since > STUCK


def take_up_stuck() -> int:
    """Hand every stuck run to a worker again; returns how many (called by whoever looks at one)."""
    before = clock.now() - STUCK
    late = Q(state="running", started_at__lt=before) | Q(state="waiting", created_at__lt=before)
    found = list(Run.objects.filter(late).values_list("pk", flat=True)[:50])
    for run_id in found:
        assess_run.enqueue(str(run_id))
    return len(found)
