"""Prepare a visit: make it, change it, say which sheets go along."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from namsai_centre.action import changing, made
from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.fieldwork.models import Visit
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.who import Who


def prepare(
    who: Who, engagement: Any, assessment: Any, *, on: date, title: str, notes: str, basis: str,
    per_period: float | None, plan: dict[str, Any],
) -> Visit:  # fmt: skip
    """Make a visit in an engagement one works on."""
    ENGAGEMENTS.demand("work", who, engagement)
    with transaction.atomic():
        visit = Visit.objects.create(
            engagement=engagement, assessment=assessment, on=on, title=title, notes=notes, basis=basis,
            per_period=per_period, plan=plan, by_id=cast("UUID", who.person_id),
        )  # fmt: skip
        made(who, "fieldwork.prepare", visit)
    return visit


def change_visit(
    who: Who, visit: Visit, expected: int, *, on: date, title: str, notes: str, basis: str, per_period: float | None
) -> Visit:
    """Change day, title, notes and what amounts are per."""
    VISITS.demand("edit", who, visit)
    with changing(who, "fieldwork.change_visit", visit):
        return visit.change(expected, on=on, title=title, notes=notes, basis=basis, per_period=per_period)


def change_plan(who: Who, visit: Visit, expected: int, *, plan: dict[str, Any]) -> Visit:
    """Say which sheets go along."""
    VISITS.demand("edit", who, visit)
    with changing(who, "fieldwork.change_plan", visit):
        return visit.change(expected, plan=plan)
