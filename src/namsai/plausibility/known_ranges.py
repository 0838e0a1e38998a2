"""Look up the know-how's plausibility ranges: by kind, flow, unit, year and sector."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from namsai.knowhow import KnowHow
from namsai.knowhow.model import USABLE, Range

# How far outside what was seen a value may lie before it is asked about: ranges hold what was seen, not what can be.
TOLERANCE = {
    "price": 1.5,
    "emission_factor": 1.25,
    "emission_per_money": 1.5,
    "exchange_rate": 1.05,
    "inflation": 1.25,
    "saving_share_option": 1.0,
    "saving_share_portfolio": 1.0,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen: lowest and highest, widened by the tolerance of the kind; where it stands; whether it may be
    trusted.
    """

    low: float
    high: float
    unit: str
    source: str
    sure: bool

    def holds(self, value: float) -> bool:
        """Tell whether a value lies within."""
        return self.low <= value <= self.high


def _in_year(row: Range, year: int | None) -> bool:
    if not row.valid_from and not row.valid_to:
        return True
    if year is None:
        return False
    return (row.valid_from or "0") <= f"{year}-12-31" and f"{year}-01-01" <= (row.valid_to or "9")


def _rows(rows: Iterable[Range], kind: str, sector: str) -> list[Range]:
    own = [r for r in rows if sector and r.kind == f"{kind}-{sector}"]
    return own or [r for r in rows if r.kind == kind]


def seen(
    knowhow: KnowHow, kind: str, flow: str, year: int | None, *, sector: str = "", unit: str = "", currency: str = ""
) -> Seen | None:
    """Return the range that was seen for a flow in a year, or None where nothing is known (then nothing is flagged).

    The flow's own rows come before those of its parents; rows of the sector (kind ``price-services``) before general
    ones; usable evidence (R, C, S, M) before recalled. `unit` or `currency` (the part before "/") must agree where
    given.
    """
    lineage = knowhow.lineage(flow) if flow in knowhow.flows else (flow,)
    for word in lineage:
        rows = [r for r in knowhow.ranges if r.flow == word and _in_year(r, year)]
        rows = [r for r in rows if not unit or r.unit == unit]
        rows = _rows([r for r in rows if not currency or r.unit.partition("/")[0] == currency], kind, sector)
        usable = [r for r in rows if r.evidence in USABLE]
        found = usable or rows
        if found:
            one = [r for r in found if r.unit == found[0].unit]
            slack = TOLERANCE.get(kind, 1.5)
            low, high = min(r.low for r in one), max(r.high for r in one)
            source = "; ".join(dict.fromkeys(r.source for r in one))
            return Seen(low / slack, high * slack, one[0].unit, source, bool(usable))
    return None
