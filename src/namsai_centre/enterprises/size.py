"""The legal size class of an enterprise on a day, computed from the dated thresholds; never stored, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from namsai_centre.enterprises.models import SIZES, Enterprise, SizeThreshold

__all__ = ["SizeClass", "of_size", "size_class", "thresholds_on"]


@dataclass(frozen=True, slots=True)
class SizeClass:
    """What the thresholds say: `size`, or None with the reason (a slug of the texts); `source` where it stands."""

    size: str | None
    why: str
    source: str = ""


def thresholds_on(day: date) -> list[SizeThreshold]:
    """Return the lines of the table that hold on the day."""
    return list(
        SizeThreshold.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)
    )


def size_class(enterprise: Enterprise, day: date, lines: list[SizeThreshold] | None = None) -> SizeClass:
    """Return the smallest class of which the enterprise meets one condition (workers, assets or income: Decree 25/GOL).

    Unknown (with reason): no table for the day (no_table), the kind of business not told (no_kind), no figure told
    (no_figures), or over every line that is in the data while larger classes are missing there (over_known).
    """
    table = thresholds_on(day) if lines is None else lines
    if not table:
        return SizeClass(None, "no_table")
    if not enterprise.economic_kind:
        return SizeClass(None, "no_kind")
    own = sorted((t for t in table if t.economic_kind == enterprise.economic_kind), key=lambda t: SIZES.index(t.size))
    if not own:
        return SizeClass(None, "no_table")
    workers = enterprise.all_workers
    if workers is None and enterprise.assets_kip is None and enterprise.income_kip is None:
        return SizeClass(None, "no_figures")
    for line in own:
        limits = (
            (workers, line.most_workers),
            (enterprise.assets_kip, line.most_assets_kip),
            (enterprise.income_kip, line.most_income_kip),
        )
        if any(value is not None and most is not None and value <= most for value, most in limits):
            return SizeClass(line.size, "known", line.source)
    if own[-1].size == "medium" and _all_told(enterprise, own[-1]):
        return SizeClass("large", "known", own[-1].source)
    return SizeClass(None, "over_known", own[-1].source)


def of_size(enterprises: QuerySet[Enterprise], size: str, day: date) -> QuerySet[Enterprise]:
    """Return those of the enterprises that `size_class` puts into the class on the day (none without a table)."""
    table = thresholds_on(day)
    wanted = Q(pk__in=[])
    for kind in sorted({t.economic_kind for t in table}):
        smaller = Q(pk__in=[])
        own = sorted((t for t in table if t.economic_kind == kind), key=lambda t: SIZES.index(t.size))
        for line in own:
            if line.size == size:
                wanted |= Q(economic_kind=kind) & _meets(line) & ~smaller
            smaller |= _meets(line)
        if size == "large" and own[-1].size == "medium":
            told = Q(**{f"{name}__isnull": False for name, most in _limits(own[-1]) if most is not None})
            wanted |= Q(economic_kind=kind) & told & ~smaller
    return enterprises.annotate(hands=Coalesce("workers", F("women") + F("men"))).filter(wanted)


def _limits(line: SizeThreshold) -> tuple[tuple[str, int | None], ...]:
    return (
        ("hands", line.most_workers),
        ("assets_kip", line.most_assets_kip),
        ("income_kip", line.most_income_kip),
    )


def _meets(line: SizeThreshold) -> Q:
    any_of = Q(pk__in=[])
    for name, most in _limits(line):
        if most is not None:
            any_of |= Q(**{f"{name}__lte": most, f"{name}__isnull": False})
    return any_of


def _all_told(enterprise: Enterprise, line: SizeThreshold) -> bool:
    """Tell whether every figure the line asks for is known (only then nothing smaller is possible)."""
    asked = (
        (enterprise.all_workers, line.most_workers),
        (enterprise.assets_kip, line.most_assets_kip),
        (enterprise.income_kip, line.most_income_kip),
    )
    return all(value is not None for value, most in asked if most is not None)
