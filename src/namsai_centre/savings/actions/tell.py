"""Tell whose turn it is: the owner of a new measure, the expert of what is done, the verifier of what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from namsai_centre.accounts.actions.notify import doer, notify_all
from namsai_centre.accounts.models import Person
from namsai_centre.savings.models import Measure
from namsai_centre.who import Who

MOST_WORDS = 200  # of a reason: the whole of it stands on the page
# who is told of a step; the other steps are told to nobody
_TOLD = {
    "agree": "expert",
    "reject": "expert",
    "implement": "expert",
    "give_back": "expert",
    "measure": "verifier",
    "verify": "owner",
}


def tell_step(who: Who, verb: str, measure: Measure, note: str) -> int:
    """Tell whoever comes next that a step was taken; nobody of the own step. Returns how many were told."""
    role = _TOLD.get(verb, "")
    if not role:
        return 0
    people = _owners(who, measure) if role == "owner" else _given(who, measure, role)
    if role == "verifier" and not people.exists():
        people = _having(who, Q(grants__role="officer"))  # they give the engagement a verifier
    url = reverse("savings_see", args=[measure.pk])
    return notify_all(people, f"savings.told_{verb}", url, note=note.strip()[:MOST_WORDS], **_facts(who, measure))


def tell_new(who: Who, measures: Sequence[Measure]) -> int:
    """Tell the owners of a firm once of the measures that wait for their answer."""
    if not measures:
        return 0
    first, count = measures[0], len(measures)
    url = reverse("savings_see", args=[first.pk])
    if count > 1:
        url = f"{reverse('savings_browse')}?state=identified"
    text = "savings.told_new" if count == 1 else "savings.told_new_some"
    return notify_all(_owners(who, first), text, url, count=count, **_facts(who, first))


def _owners(who: Who, measure: Measure) -> QuerySet[Person]:
    return _having(who, Q(grants__role="owner", grants__enterprise=measure.enterprise_id))


def _having(who: Who, role: Q) -> QuerySet[Person]:
    today = Q(grants__starts__lte=who.day) & (Q(grants__ends__isnull=True) | Q(grants__ends__gte=who.day))
    return _others(who, Person.objects.filter(role & today))


def _given(who: Who, measure: Measure, role: str) -> QuerySet[Person]:
    today = Q(assignments__ends__isnull=True) | Q(assignments__ends__gte=who.day)
    given = Q(assignments__engagement=measure.engagement_id, assignments__role=role, assignments__starts__lte=who.day)
    return _others(who, Person.objects.filter(given & today) if measure.engagement_id else Person.objects.none())


def _others(who: Who, people: QuerySet[Person]) -> QuerySet[Person]:
    return people.filter(~Q(pk=who.person_id), is_active=True).distinct()


def _facts(who: Who, measure: Measure) -> dict[str, Any]:
    titles = {"lo": measure.title_lo, "en": measure.title_en}
    return {"measure": titles, "firm": measure.enterprise, "by": doer(who)}
