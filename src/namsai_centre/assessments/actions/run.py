"""Ask for a run of the engine over the newest version of the case; the work itself is a job (jobs.assess_run)."""

from __future__ import annotations

from django.db import transaction

from namsai_centre.action import made
from namsai_centre.assessments.actions.person import me
from namsai_centre.assessments.jobs import assess_run, is_stuck
from namsai_centre.assessments.models import Assessment, Run
from namsai_centre.assessments.policies import ASSESSMENTS
from namsai_centre.who import Who


class Incomplete(Exception):
    """The case still has errors: the engine does not run on it."""


def start_run(who: Who, assessment: Assessment) -> Run:
    """Start a run of the newest version. One that already waits or works on it is returned instead (a second click)."""
    ASSESSMENTS.demand("run", who, assessment)
    with transaction.atomic():
        Assessment.objects.select_for_update().get(pk=assessment.pk)
        newest = assessment.cases.order_by("-number")[:1].get()
        if not newest.complete:
            raise Incomplete
        for other in Run.objects.filter(case=newest, state__in=("waiting", "running")):
            if not is_stuck(other):
                return other
        run = Run.objects.create(assessment=assessment, case=newest, by_id=me(who))
        made(who, "assessments.run", run)
        transaction.on_commit(lambda: assess_run.enqueue(str(run.pk)))
    return run
