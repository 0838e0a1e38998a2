"""Give an expert or verifier to an engagement, and end it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from namsai_centre.accounts.actions.notify import notify
from namsai_centre.accounts.models import Person
from namsai_centre.action import changing, made
from namsai_centre.engagements.conflicts import conflict
from namsai_centre.engagements.models import Assignment, Engagement
from namsai_centre.engagements.policies import ASSIGNMENTS, ENGAGEMENTS
from namsai_centre.engagements.refusal import Refused
from namsai_centre.ui.templatetags.words import named
from namsai_centre.who import Who


def assign(
    who: Who,
    engagement: Engagement,
    *,
    person: Person,
    role: str,
    starts: date,
    ends: date | None = None,
    paid: bool = True,
) -> Assignment:
    """Give a person a role between two days (both included); raises Refused with the reason of a conflict."""
    ENGAGEMENTS.demand("assign", who, engagement)
    if ends is not None and ends < starts:
        raise Refused("ends_before_start", "ends")
    with transaction.atomic():
        Engagement.objects.select_for_update().get(pk=engagement.pk)  # two at once: one sees the other
        why = conflict(engagement, person, role, starts)
        if why:
            raise Refused(why, "person", who=named(person))
        same = engagement.assignments.filter(person=person, role=role)
        if any((a.ends is None or a.ends >= starts) and (ends is None or a.starts <= ends) for a in same):
            raise Refused("conflict_twice", "person", who=named(person))
        given = Assignment.objects.create(
            engagement=engagement, person=person, role=role, starts=starts, ends=ends, paid=paid
        )
        made(who, "engagements.assign", given)
        url = reverse("engagements_see", args=[engagement.pk]) if starts <= who.day else ""
        notify(person, f"engagements.given_{role}", url, firm=engagement.enterprise)
    return given


def end_assignment(who: Who, assignment: Assignment, expected: int, *, ends: date, reason: str = "") -> Assignment:
    """Set the last day of an assignment; access ends after it. The day before its start takes it back altogether."""
    ASSIGNMENTS.demand("end", who, assignment)
    if ends < assignment.starts - timedelta(days=1):
        raise Refused("ends_before_start", "ends")
    with changing(who, "engagements.end_assignment", assignment, reason):
        assignment.change(expected, ends=ends)
    return assignment
