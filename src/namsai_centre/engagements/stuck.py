"""Who is stuck: longer in a stage than usual. The usual days are data (`data/stages.toml`), marked as an assumption."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.db.models import Q

from namsai_centre.engagements.stages import RUNNING


@cache
def _shipped() -> dict[str, Any]:
    return tomllib.loads((files("namsai_centre.engagements") / "data" / "stages.toml").read_text(encoding="utf-8"))


def usual_days(tier: str, stage: str) -> int | None:
    """Return how many days an engagement usually stays in a stage; None where nothing is waited for."""
    own = getattr(settings, "USUAL_DAYS", {}).get(tier, {})
    found = own.get(stage, _shipped()[tier].get(stage))
    return None if found is None else int(found)


def table() -> list[tuple[str, int | None, int | None]]:
    """Return (stage, usual days of the full tier, of the light tier)."""
    return [(s, usual_days("full", s), usual_days("light", s)) for s in RUNNING]


def stuck_on(day: date) -> Q:
    """Return the condition for engagements that are longer in their stage than usual on a day."""
    found = Q(pk__in=())
    for tier in ("full", "light"):
        for stage in RUNNING:
            days = usual_days(tier, stage)
            if days is not None:
                found |= Q(tier=tier, stage=stage, stage_since__lt=day - timedelta(days=days))
    return found


def days_over(tier: str, stage: str, since: date, day: date) -> int:
    """Return by how many days the usual time is passed; 0 when it is not."""
    days = usual_days(tier, stage)
    return 0 if days is None else max(0, (day - since).days - days)
