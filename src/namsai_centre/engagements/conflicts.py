"""Whether somebody may be given to an engagement: independence of verifiers, and who is booked twice."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from namsai_centre.accounts.models import Person, RoleGrant
from namsai_centre.engagements.models import Assignment, Engagement
from namsai_centre.savings.models import Interest


def conflict(engagement: Engagement, person: Person, role: str, starts: date) -> str:
    """Return why the person may not have the role on this engagement (a slug of the catalogue); "" when they may.

    A verifier must never have been an expert on it, have proposed or been paid for one of its measures; nobody of the
    firm itself works as expert or verifier on it; nobody is both expert and verifier of one engagement.
    """
    held = RoleGrant.objects.filter(Q(ends__isnull=True) | Q(ends__gte=starts), person=person, role=role)
    if not held.filter(starts__lte=starts).exists() or not person.is_active:
        return "conflict_no_role"
    if RoleGrant.objects.filter(person=person, enterprise=engagement.enterprise_id).exists():
        return "conflict_own_firm"
    if role == "verifier":
        if engagement.assignments.filter(person=person, role="expert").exists():
            return "conflict_was_expert"
        measures = Interest.objects.filter(person=person, measure__engagement=engagement)
        if measures.filter(kind="proposed").exists():
            return "conflict_proposed"
        if measures.exists():
            return "conflict_paid"
    elif engagement.assignments.filter(person=person, role="verifier").exists():
        return "conflict_is_verifier"
    return ""


def bookings(person: UUID, starts: date, ends: date | None, besides: UUID | None = None) -> list[Assignment]:
    """Return the person's other assignments that overlap with the days (shown as double booking, not refused)."""
    found = Assignment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=starts), person=person)
    if ends is not None:
        found = found.filter(starts__lte=ends)
    if besides is not None:
        found = found.exclude(engagement=besides)
    running = found.exclude(engagement__stage__in=("dropped", "alumni"))
    return list(running.select_related("engagement__enterprise", "person"))
