"""Tell those concerned what became of an assessment: it waits for a second person, was returned, was released."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from namsai_centre.accounts.actions.notify import doer, notify, notify_all
from namsai_centre.accounts.models import Person
from namsai_centre.assessments.models import Assessment, Run
from namsai_centre.who import STAFF, Who


def tell_waiting(who: Who, assessment: Assessment) -> int:
    """Tell the staff who may review it (not who worked on it)."""
    worked = {assessment.by_id, who.person_id, *assessment.cases.values_list("by_id", flat=True)}
    worked |= set(assessment.runs.values_list("by_id", flat=True))
    staff = _with_role(who, Q(grants__role__in=STAFF)).exclude(pk__in=worked)
    url = reverse("assessments_review", args=[assessment.pk])
    return notify_all(staff, "assessments.told_waiting", url, **_facts(who, assessment))


def tell_returned(who: Who, assessment: Assessment, note: str) -> None:
    """Tell who made it, with the reason."""
    url = reverse("assessments_see", args=[assessment.pk])
    notify(assessment.by, "assessments.told_returned", url, note=note, **_facts(who, assessment))


def tell_released(who: Who, assessment: Assessment, run: Run) -> None:
    """Tell who made it and the owners of the firm."""
    url = reverse("assessments_results", args=[run.pk])
    firm = Q(grants__role="owner", grants__enterprise=assessment.engagement.enterprise_id)
    people = {p.pk: p for p in _with_role(who, firm)} | {assessment.by_id: assessment.by}
    notify_all(people.values(), "assessments.told_released", url, **_facts(who, assessment))


def _with_role(who: Who, role: Q) -> QuerySet[Person]:
    """Return the people who have a role today."""
    today = Q(grants__starts__lte=who.day) & (Q(grants__ends__isnull=True) | Q(grants__ends__gte=who.day))
    return Person.objects.filter(role & today, is_active=True).distinct()


def _facts(who: Who, assessment: Assessment) -> dict[str, Any]:
    return {"firm": assessment.engagement.enterprise, "title": assessment.title, "by": doer(who)}
