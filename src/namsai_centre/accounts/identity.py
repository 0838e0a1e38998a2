"""Read who somebody is on a day: roles, firms, engagements given, firms opened in an emergency."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from namsai_centre import clock
from namsai_centre.accounts.models import BreakGlass, Person
from namsai_centre.engagements.queries import assigned_on
from namsai_centre.who import Who, nobody


def who_is(
    person: Person | None, day: date | None = None, *, via: str = "web", scopes: frozenset[str] | None = None
) -> Who:
    """Return the person with the roles of the day (default: today); nobody for None or a closed account."""
    on = day or clock.today()
    if person is None or not person.is_active:
        return nobody(on)
    grants = list(person.grants.filter(Q(ends__isnull=True) | Q(ends__gte=on), starts__lte=on))
    given = assigned_on(person.pk, on)
    roles = {g.role for g in grants}
    glass: list[UUID] = []
    if roles & {"director", "officer", "expert", "verifier"}:
        opened = BreakGlass.objects.filter(person=person, expires_at__gt=clock.now())
        glass = list(opened.values_list("enterprise_id", flat=True))
    experts = "expert" in roles
    verifiers = "verifier" in roles
    return Who(
        person_id=person.pk,
        name=str(person),
        day=on,
        roles=frozenset(roles),
        firms=frozenset(g.enterprise_id for g in grants if g.enterprise_id),
        owned=frozenset(g.enterprise_id for g in grants if g.enterprise_id and g.role == "owner"),
        assigned=frozenset(a.engagement_id for a in given if a.role == "expert" and experts),
        verifying=frozenset(a.engagement_id for a in given if a.role == "verifier" and verifiers),
        served=frozenset(
            a.engagement.enterprise_id
            for a in given
            if (a.role == "expert" and experts) or (a.role == "verifier" and verifiers)
        ),
        glass=frozenset(glass),
        scopes=scopes,
        via=via,
        language=person.language,
    )
