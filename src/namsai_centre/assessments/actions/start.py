"""Make an assessment in an engagement: blank, from a filled form, or from the case of an earlier one."""

from __future__ import annotations

import copy
import re
from typing import Any
from uuid import UUID

from django.db import transaction

from namsai_centre.action import made
from namsai_centre.assessments.actions.person import me
from namsai_centre.assessments.judge import judge
from namsai_centre.assessments.models import Assessment, CaseVersion
from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.who import Who

CARRIED = ("processes", "materials", "compositions", "streams", "costs", "equipment", "meters", "lines")
AMOUNTS = {  # what belongs to the period and is measured anew
    "streams": ("amount",),
    "costs": ("amount",),
    "equipment": ("hours",),
    "lines": ("paid_minutes", "pieces", "efficiency", "idle_minutes"),
}


def start(
    who: Who, engagement: Any, *, title: str, sector: str, document: dict[str, Any] | None = None,
    origin: str = "start", id: UUID | None = None,
) -> Assessment:  # fmt: skip
    """Make an assessment whose first version is the document (blank for the firm where there is none)."""
    ENGAGEMENTS.demand("work", who, engagement)
    with transaction.atomic():
        own = {"id": id} if id else {}
        assessment = Assessment.objects.create(**own, engagement=engagement, title=title, sector=sector, by_id=me(who))
        first = document or blank(engagement.enterprise, sector, title)
        CaseVersion.objects.create(
            assessment=assessment,
            number=1,
            document=first,
            complete=judge(first).complete,
            by_id=me(who),
            origin=origin,
        )
        made(who, "assessments.start", assessment)
    return assessment


def blank(enterprise: Any, sector: str, title: str) -> dict[str, Any]:
    """Return the case of a firm with what the registry knows; missing stays missing."""
    names = {lang: name for lang in ("lo", "en") if (name := getattr(enterprise, f"name_{lang}", ""))}
    firm: dict[str, Any] = {"name": names, "sector": sector}
    if enterprise.province is not None:
        firm["province"] = enterprise.province.name_en or enterprise.province.name_lo
    if enterprise.women is not None and enterprise.men is not None:
        firm |= {"workers_women": enterprise.women, "workers_men": enterprise.men}
    elif enterprise.workers is not None:
        firm["workers"] = enterprise.workers
    return {"schema": "namsai.case/1", "id": case_id(enterprise, title), "enterprise": firm}


def case_id(enterprise: Any, title: str) -> str:
    """Return an id for a case: the Latin name and the title, in the letters an id may have."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", f"{enterprise.name_en or 'case'} {title}").strip("-").lower()
    return words[:60].strip("-") or "case"


def base_of(document: dict[str, Any], enterprise: Any, title: str) -> dict[str, Any]:
    """Return a case as the base of the next year: the plant stays, amounts and dates are empty (measured anew)."""
    out: dict[str, Any] = {"schema": "namsai.case/1", "id": case_id(enterprise, title)}
    out |= {key: copy.deepcopy(document[key]) for key in ("enterprise", "finance") if key in document}
    for table in CARRIED:
        rows = copy.deepcopy(document.get(table, []))
        for row in rows:
            for field in AMOUNTS.get(table, ()):
                row.pop(field, None)
            row.pop("assumption", None)
            row.pop("ref", None)
        if rows:
            out[table] = rows
    return out
