"""Looking things up: the way up the tree of flows, and the newest usable factor valid on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from namsai.knowhow.dates import first_day, last_day, must_be_day, valid_on
from namsai.knowhow.model import Factor, Flow


def lineage(flows: Mapping[str, Flow], flow: str) -> tuple[str, ...]:
    """Return the flow, then its parents up to the root; an unknown flow is alone.

    Args: flows - by key; flow - key. Returns keys, the narrowest first.
    """
    out = [flow]
    at = flows[flow].parent if flow in flows else None
    while at and at not in out:
        out.append(at)
        at = flows[at].parent if at in flows else None
    return tuple(out)


def _days_off(factor: Factor, day: str) -> int:
    if valid_on(factor.valid_from, factor.valid_to, day):
        return 0
    edge = first_day(factor.valid_from) if day < first_day(factor.valid_from) else last_day(factor.valid_to)
    return abs((date.fromisoformat(day) - date.fromisoformat(edge)).days)


def find_factor(
    factors: Iterable[Factor],
    category: str,
    flow: str,
    *,
    on: str,
    region: str,
    purpose: str = "",
    name: str = "",
    nearest: bool = False,
) -> Factor | None:
    """Return the newest usable factor valid on a day, for the region or else "global"; None when there is none.

    Args: factors; category ("grid" stands for all grid_ categories); flow - key; on - day YYYY-MM-DD, "" any day;
    region - country code; purpose - "inventory" or "project": what depends on the purpose is found only with it;
    name - exact name of the factor (then the flow is not looked at); nearest - when none is valid on the day, take the
    one whose validity lies nearest.
    Errors: ``knowhow.bad-day``. Only evidence R, C, S, M and use "calculation" come out.
    """
    if on:
        must_be_day(on)
    fits = [
        f
        for f in factors
        if f.usable
        and (f.category == category or (category == "grid" and f.category.startswith("grid_")))
        and (f.name.casefold() == name.casefold() if name else bool(flow) and f.flow == flow)
        and (not f.purpose or f.purpose == purpose)
    ]
    for place in dict.fromkeys((region, "global")):
        here = [f for f in fits if f.region == place]
        valid = [f for f in here if not on or valid_on(f.valid_from, f.valid_to, on)]
        if valid:
            return max(valid, key=lambda f: (bool(f.purpose), first_day(f.valid_from), f.year, f.id))
        if here and nearest:
            return min(here, key=lambda f: (_days_off(f, on), f.id))
    return None
