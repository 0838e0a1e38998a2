"""The funnel: how many engagements stand in each stage, how many came as far, and which share went on.

Counts of engagements only; nothing of unlike kind is added. Each number has the address of the list it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from namsai_centre.engagements.models import STAGES, Engagement
from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.engagements.queries import UNKNOWN, Filters, narrowed, reached
from namsai_centre.engagements.stages import ORDER, rank
from namsai_centre.enterprises.models import Place
from namsai_centre.who import Who

GROUPS = {"sector": "enterprise__sector", "province": "enterprise__province", "tier": "tier", "project": "project",
          "year": "begun"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """A count with the query string of the list it counts."""

    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Reach:
    """One stage: how many came as far, how many of these went on to a later stage, the share (None of nothing)."""

    stage: str
    reached: Number
    went_on: int | None
    percent: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One group: its name as data (a place, a word, a key) and a number per stage, then all."""

    value: Any
    stands: tuple[Number, ...]
    all: Number


@dataclass(frozen=True, slots=True)
class Funnel:
    """Numbers of all that is narrowed, the reach of each stage, and the same by group."""

    stands: tuple[tuple[str, Number], ...]
    reach: tuple[Reach, ...]
    by: str
    rows: tuple[Row, ...]
    all: Number


def funnel(who: Who, filters: Filters, by: str) -> Funnel:
    """Count (three queries, however many engagements)."""
    found = narrowed(ENGAGEMENTS.visible(who), filters, who.day).order_by()
    kept = {n: getattr(filters, n) for n in ("q", "tier", "sector", "province", "project", "year", "expert")}
    kept = {n: v for n, v in kept.items() if v}
    numbers = found.aggregate(
        **{f"now_{s}": Count("pk", filter=Q(stage=s)) for s in STAGES},
        **{f"reached_{s}": Count("pk", filter=reached(s)) for s in ORDER},
        **{f"beyond_{s}": Count("pk", filter=reached(s) & _beyond(s)) for s in ORDER[:-1]},
        all=Count("pk"),
    )
    stands = tuple((s, Number(numbers[f"now_{s}"], urlencode({**kept, "stage": s}))) for s in STAGES)
    reach = tuple(_reach(s, numbers, kept) for s in ORDER)
    by = by if by in GROUPS else "sector"
    return Funnel(stands, reach, by, _rows(found, by, kept), Number(numbers["all"], urlencode(kept)))


def _beyond(stage: str) -> Q:
    """Return the condition for having reached a later stage: where an engagement stands (or stood), it has come to."""
    later = ORDER[rank(stage) + 1 :]
    return Q(stage__in=later) | Q(stage="dropped", dropped_from__in=later)


def _reach(stage: str, numbers: dict[str, int], kept: dict[str, str]) -> Reach:
    came = numbers[f"reached_{stage}"]
    on = numbers.get(f"beyond_{stage}")
    percent = 100 * on / came if on is not None and came else None
    return Reach(stage, Number(came, urlencode({**kept, "reached": stage})), on, percent)


def _rows(found: QuerySet[Engagement], by: str, kept: dict[str, str]) -> tuple[Row, ...]:
    path = GROUPS[by]
    if by == "year":
        found = found.annotate(begun=ExtractYear("starts"))
    counted = found.values(path).annotate(
        all=Count("pk"), **{f"now_{s}": Count("pk", filter=Q(stage=s)) for s in STAGES}
    )
    raw = sorted(counted, key=lambda r: (r[path] in (None, ""), str(r[path])))
    places = Place.objects.in_bulk([r[path] for r in raw if r[path]]) if by == "province" else {}
    rows = []
    for r in raw:
        value = r[path]
        link = {**kept, by: UNKNOWN if value in (None, "") else str(value)}
        shown = places.get(value) if by == "province" else value
        stands = tuple(Number(r[f"now_{s}"], urlencode({**link, "stage": s})) for s in STAGES)
        rows.append(Row(shown, stands, Number(r["all"], urlencode(link))))
    return tuple(rows)
