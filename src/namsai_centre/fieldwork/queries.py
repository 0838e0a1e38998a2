"""Read visits: lists, entries, what waits for a person, earlier readings, the newest case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from namsai_centre.assessments.policies import ASSESSMENTS
from namsai_centre.assessments.queries import latest, workable
from namsai_centre.fieldwork.models import BASES, Change, Entry, Photo, Visit
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.who import Who

__all__ = ["BASES", "workable"]


def for_list(who: Who) -> QuerySet[Visit]:
    """Return the visits of a list, with how much was taken and how much waits (no query per row)."""
    waiting = Q(entries__mark__in=("conflict", "forced")) | ~Q(entries__time_mark="")
    held = Change.objects.filter(visit=OuterRef("pk"), outcome="held")
    return (
        VISITS.visible(who)
        .annotate(
            taken=Count("entries", distinct=True),
            waiting=Count("entries", filter=waiting & Q(entries__isnull=False), distinct=True),
            holds=Exists(held),
        )
        .order_by("-on", "-created_at", "id")
    )


def coming(who: Who) -> list[Visit]:
    """Return the newest visits for a phone."""
    return list(VISITS.visible(who)[:60])


def entries_of(visit: Visit) -> QuerySet[Entry]:
    """Return what was taken, in the order it came."""
    return visit.entries.select_related("by", "visit__engagement")


def entry_of(visit: Visit, key: UUID) -> Entry:
    """Return one entry of a visit; Http404 for any other."""
    found = visit.entries.filter(pk=key).select_related("visit__engagement").first()
    if found is None:
        raise Http404
    return found


def photos_of(visit: Visit) -> QuerySet[Photo]:
    """Return the photos of a visit."""
    return visit.photos.select_related("by")


def photo_of(visit: Visit, digest: str) -> Photo:
    """Return one photo of a visit; Http404 for any other."""
    found = visit.photos.filter(digest=digest).first()
    if found is None:
        raise Http404
    return found


def held_of(visit: Visit) -> QuerySet[Change]:
    """Return the changes that wait for one before them."""
    return visit.changes.filter(outcome="held").select_related("by")


def conflicts_of(visit: Visit) -> QuerySet[Change]:
    """Return the changes of which something waits for a decision."""
    return visit.changes.filter(outcome="conflict").select_related("by")


def case_of(visit: Visit) -> dict[str, Any]:
    """Return the newest case of the visit's assessment; an empty one where there is none."""
    return newest_case(visit.assessment)


def assessments_of(who: Who, engagement: Any) -> Any:
    """Return the assessments of an engagement, newest first."""
    return ASSESSMENTS.visible(who).filter(engagement=engagement)


def earlier_readings(visit: Visit) -> dict[str, list[tuple[str, float]]]:
    """Return the readings of earlier visits to the same firm by meter: (day, value)."""
    rows = Entry.objects.filter(
        visit__engagement__enterprise=visit.engagement.enterprise_id, kind="reading", time_mark="",
        taken_at__isnull=False, visit__on__lte=visit.on,
    ).exclude(visit=visit).exclude(mark="conflict")  # fmt: skip
    found: dict[str, list[tuple[str, float]]] = {}
    for e in rows:
        value = e.fields.get("value")
        if e.taken_at is not None and isinstance(value, int | float):
            day = timezone.localtime(e.taken_at).date().isoformat()
            found.setdefault(e.subject.partition(":")[2], []).append((day, float(value)))
    return found


def newest_case(assessment: Any) -> dict[str, Any]:
    """Return the newest case of an assessment; an empty one where there is none."""
    newest = latest(assessment) if assessment else None
    return newest.document if newest else {}


def versions_since(visit: Visit) -> list[tuple[int, dict[str, Any]]]:
    """Return the one version of the case before the visit was made (as 0) and all later ones: (number, case)."""
    if visit.assessment is None:
        return []
    cases = visit.assessment.cases.order_by("-number")
    later = [(c.number, c.document) for c in cases.filter(created_at__gt=visit.created_at)[:60]]
    earlier = cases.filter(created_at__lte=visit.created_at).first()
    return [*([(0, earlier.document)] if earlier else []), *reversed(later)]
