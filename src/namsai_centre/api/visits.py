"""Visits to plants: list, one, the pack for a phone, what waits for a person, and taking over into the case."""

from __future__ import annotations

from typing import Any

from ninja import Query

from namsai_centre.api.asked import Paged, part
from namsai_centre.api.problems import Wrong, found
from namsai_centre.api.room import Room
from namsai_centre.api.schemas.common import ListOf
from namsai_centre.api.schemas.visits import (
    ProposedOut,
    ReviewOut,
    TakenEntry,
    TakenOut,
    VisitLine,
    VisitOut,
)
from namsai_centre.assessments.differences import differences
from namsai_centre.assessments.policies import ASSESSMENTS
from namsai_centre.fieldwork import choose, queries, shown
from namsai_centre.fieldwork.actions.take_over import take_over
from namsai_centre.fieldwork.pack import pack as pack_of
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.fieldwork.take import proposed
from namsai_centre.rights import who_of
from namsai_centre.ui.words import language
from namsai_centre.who import Who

room = Room("visits")


@room.get("/", VISITS, "browse", gives=ListOf[VisitLine])
def browse(request: Any, asked: Query[Paged]) -> Any:
    """List the visits one may see, newest first."""
    return part(queries.for_list(who_of(request)), asked)


@room.get("/{uuid:pk}/", VISITS, "see", "pk", gives=VisitOut)
def see(request: Any, visit: Any) -> Any:
    """Show a visit with its plan and all that was taken."""
    return queries.for_list(who_of(request)).get(pk=visit.pk)


@room.get("/{uuid:pk}/pack/", VISITS, "see", "pk", gives=dict[str, Any])
def pack(request: Any, visit: Any) -> Any:
    """Give everything a phone needs for one visit."""
    return pack_of(who_of(request), visit)


@room.get("/{uuid:pk}/review/", VISITS, "settle", "pk", gives=ReviewOut)
def review(request: Any, visit: Any) -> Any:
    """List what waits for a person."""
    return waiting(visit)


def waiting(visit: Any) -> dict[str, Any]:
    """Return what of a visit waits for a person."""
    lang = language()
    whole = shown.whole(visit, lang)
    conflicts = [
        {"entry": c.entry.pk, "name": c.name, "field": f.name}
        | {"said": [{n: getattr(s, n) for n in ("key", "words", "by", "received_at")} for s in f.said]}
        for c in choose.conflicts(visit, whole, lang)
        for f in c.fields
    ]
    times = _entries(e for e in whole.waiting if e.time_mark)
    forced = _entries(e for e in whole.waiting if e.mark == "forced")
    return {"conflicts": conflicts, "times": times, "forced": forced, "held": len(whole.held)}


@room.get("/{uuid:pk}/take/", VISITS, "take", "pk", gives=ProposedOut)
def proposal(request: Any, visit: Any) -> Any:
    """Show what the visit would change in the newest case, and what is left out and why."""
    case, lang = queries.case_of(visit), language()
    document, left = proposed(visit, case)
    return {
        "assessment_id": visit.assessment_id,
        "open": _open(who_of(request), visit),
        "changes": [d.words(lang) for d in differences(case, document, lang)],
        "left": [{"entry": e.pk, "subject": e.subject, "why": why} for e, why in left],
    }


@room.post("/{uuid:pk}/take/", VISITS, "take", "pk", gives=TakenOut)
def take(request: Any, visit: Any) -> Any:
    """Keep the proposed case as a form of the assessment that waits to be taken over."""
    who = who_of(request)
    if not _open(who, visit):
        raise Wrong([found("api.case_not_open", "assessment")])
    upload = take_over(who, visit)
    return {"upload": upload and upload.pk}


def _open(who: Who, visit: Any) -> bool:
    return visit.assessment is not None and ASSESSMENTS.allows("edit", who, visit.assessment)


def _entries(entries: Any) -> list[dict[str, Any]]:
    return [{n: getattr(e, n) for n in TakenEntry.model_fields} for e in entries]
