"""Read assessments: lists, versions of the case, runs and what was said of them."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from namsai_centre.assessments.models import STATES, Assessment, CaseVersion, Review, Run
from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.who import Who

__all__ = [
    "STATES",
    "earlier",
    "for_list",
    "latest",
    "reviews_of",
    "runs_of",
    "version",
    "versions_of",
    "whole",
    "workable",
]


def for_list(found: QuerySet[Assessment], text: str = "", state: str = "") -> QuerySet[Assessment]:
    """Return assessments for a list, with number of versions and state of the last run (no query per row)."""
    last_case = CaseVersion.objects.filter(assessment=OuterRef("pk")).order_by("-number")
    last_run = Run.objects.filter(assessment=OuterRef("pk")).order_by("-created_at")
    if text:
        of_firm = Q(engagement__enterprise__name_lo__icontains=text) | Q(
            engagement__enterprise__name_en__icontains=text
        )
        found = found.filter(Q(title__icontains=text) | of_firm)
    if state in STATES:
        found = found.filter(state=state)
    return found.annotate(
        last_number=Subquery(last_case.values("number")[:1]),
        last_complete=Subquery(last_case.values("complete")[:1]),
        last_run=Subquery(last_run.values("state")[:1]),
    )


def latest(assessment: Any) -> CaseVersion | None:
    """Return the newest version of the case."""
    found: CaseVersion | None = assessment.cases.order_by("-number").first()
    return found


def version(assessment: Any, number: Any) -> CaseVersion:
    """Return a version by number; Http404 for one that does not exist."""
    try:
        found: CaseVersion = assessment.cases.select_related("by").get(number=int(number))
    except (CaseVersion.DoesNotExist, TypeError, ValueError, OverflowError):
        raise Http404 from None
    return found


def versions_of(assessment: Any) -> QuerySet[CaseVersion]:
    """Return all versions, newest first, without their documents."""
    found: QuerySet[CaseVersion] = assessment.cases.select_related("by").defer("document")
    return found


def runs_of(assessment: Any) -> QuerySet[Run]:
    """Return all runs, newest first, without their results."""
    found: QuerySet[Run] = assessment.runs.select_related("by", "case").defer("result", "findings", "case__document")
    return found


def reviews_of(assessment: Any) -> QuerySet[Review]:
    """Return what second persons said, newest first."""
    return Review.objects.filter(run__assessment=assessment).select_related("by").order_by("-at")


def workable(who: Who) -> QuerySet[Any]:
    """Return the engagements in which this person may make an assessment."""
    found = ENGAGEMENTS.visible(who).select_related("enterprise")
    return found if who.staff else found.filter(pk__in=who.assigned)


def earlier(who: Who) -> QuerySet[Assessment]:
    """Return the assessments whose case may be the base of a new one."""
    found = Assessment.objects.select_related("engagement__enterprise")
    return found if who.staff else found.filter(engagement__in=who.assigned)


def whole(run: Run) -> Run:
    """Return a run with its result and the document of its case."""
    return Run.objects.select_related("case", "assessment").get(pk=run.pk)
