"""The second person before release: submit, accept or return, reopen. History is kept."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from namsai_centre import clock
from namsai_centre.action import changing, made
from namsai_centre.assessments.actions.person import me
from namsai_centre.assessments.actions.tell import tell_released, tell_returned, tell_waiting
from namsai_centre.assessments.models import Assessment, Review, Run
from namsai_centre.assessments.policies import ASSESSMENTS
from namsai_centre.records import Stale
from namsai_centre.who import Who


class NothingToReview(Exception):
    """The newest version of the case has no finished run."""


def run_of(assessment: Assessment) -> Run | None:
    """Return the newest finished run of the newest version of the case: what a review looks at."""
    newest = assessment.cases.order_by("-number").first()
    return Run.objects.filter(case=newest, state="done").first() if newest else None


def submit(who: Who, assessment: Assessment) -> Run:
    """Hand a draft to a second person. Errors: NothingToReview."""
    ASSESSMENTS.demand("submit", who, assessment)
    with transaction.atomic(), changing(who, "assessments.submit", assessment):
        run = run_of(assessment)
        if run is None:
            raise NothingToReview
        assessment.change(assessment.version, state="in_review")
        tell_waiting(who, assessment)
    return run


def review(who: Who, assessment: Assessment, run: Run, *, accepted: bool, note: str, expected: int) -> Review:
    """Accept a run (it is released and fixed) or return the assessment to work. Errors: Stale."""
    ASSESSMENTS.demand("review", who, assessment)
    with (
        transaction.atomic(),
        changing(who, "assessments.accept" if accepted else "assessments.return", assessment, note),
    ):
        current = run_of(assessment)
        if current is None or current.pk != run.pk:
            raise Stale(assessment, {"state": "released" if accepted else "draft"})
        if run.by_id == who.person_id:
            raise PermissionDenied
        found = Review.objects.create(run=run, by_id=me(who), accepted=accepted, note=note)
        made(who, "assessments.review", found)
        if accepted:
            assessment.change(expected, state="released", released_at=clock.now(), released_run=run)
            tell_released(who, assessment, run)
        else:
            assessment.change(expected, state="draft")
            tell_returned(who, assessment, note)
    return found


def reopen(who: Who, assessment: Assessment, *, reason: str, expected: int) -> Assessment:
    """Take a submitted or released assessment back to work; what was released stays until the next release."""
    ASSESSMENTS.demand("reopen", who, assessment)
    with transaction.atomic(), changing(who, "assessments.reopen", assessment, reason):
        return assessment.change(expected, state="draft")
