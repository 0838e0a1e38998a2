"""How many enterprises each choice of a filter would leave, with the search and the other filters as they stand.

Four queries, whatever the size of the registry. They go over all that was found, so the list asks for them only once
somebody opens the filters (or has set one).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from namsai_centre.engagements.policies import ENGAGEMENTS
from namsai_centre.enterprises.models import Enterprise
from namsai_centre.enterprises.queries import BANDS, UNKNOWN, Filters, listed
from namsai_centre.who import Who

Counts = dict[str, Counter[str]]  # filter -> choice ("none": not known) -> how many
_OWN = ("sector", "province", "risk", "status", "band")


def counts(who: Who, filters: Filters) -> Counts:
    """Return the counts of every closed filter but the legal size class."""
    kinds = _kinds(who, filters)
    found: Counts = {name: Counter() for name in _OWN}
    wanted = {name: getattr(filters, name) for name in _OWN}
    for kind, number in kinds:
        misses = [name for name in _OWN if not _fits(name, kind[name], wanted[name])]
        for name in _OWN:
            if not misses or misses == [name]:
                found[name][kind[name]] += number
    found["stage"] = _stages(who, filters)
    return found


def _fits(name: str, value: str, wanted: str) -> bool:
    """Tell whether a value passes a filter; without one only joined records do not."""
    return value == wanted if wanted else (name != "status" or value != "merged")


def _kinds(who: Who, filters: Filters) -> list[tuple[dict[str, str], int]]:
    """Return the enterprises of the search (size class and stage as filtered) by all that is counted: one query."""
    bare = Filters(q=filters.q, size=filters.size, stage=filters.stage, status="any")
    rows = (
        _grouped(listed(who, bare))
        .order_by()
        .values_list("sector", "province__code", "risk_class", "status", "in_band")
        .annotate(number=Count("pk"))
    )
    return [
        (
            {
                "sector": sector or UNKNOWN,
                "province": province or UNKNOWN,
                "risk": risk or UNKNOWN,
                "status": status,
                "band": band,
            },
            number,
        )
        for sector, province, risk, status, band, number in rows
    ]


def _grouped(firms: QuerySet[Enterprise]) -> QuerySet[Any]:
    hands = Coalesce("workers", F("women") + F("men"))
    whens = [
        When(Q(hands__gte=least) & (Q() if most is None else Q(hands__lte=most)), then=Value(name))
        for name, (least, most) in BANDS.items()
    ]
    return firms.annotate(hands=hands).annotate(
        in_band=Case(*whens, default=Value(UNKNOWN), output_field=CharField(max_length=10))
    )


def _stages(who: Who, filters: Filters) -> Counter[str]:
    """Return how many enterprises have work in each stage, and how many have none: two queries."""
    firms = listed(who, replace(filters, stage="")).order_by()
    works = ENGAGEMENTS.visible(who).filter(enterprise__in=firms.values("pk")).order_by()
    found = Counter(dict(works.values_list("stage").annotate(number=Count("enterprise", distinct=True))))
    with_work = works.aggregate(number=Count("enterprise", distinct=True))["number"]
    found[UNKNOWN] = firms.count() - with_work
    return found
