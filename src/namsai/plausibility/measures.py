"""Measures of a plant: savings above what was ever seen, above what there is, paid back too fast or too slow to
believe.
"""

from __future__ import annotations

from math import prod

from namsai.costing.model import CostTable
from namsai.costing.prices import money
from namsai.findings import Fact, Finding, Severity, Where, warning
from namsai.knowhow import KnowHow
from namsai.plant.amounts import Plant
from namsai.plant.records import Measure
from namsai.plausibility.known_ranges import Seen, seen

FASTEST = 0.02  # years


def stream_share(plant: Plant, measure: Measure) -> float | None:
    """Return the largest share (0..1, or above) of its stream that a measure claims to save; None where it claims
    none.
    """
    if measure.stream is None or measure.stream not in plant.streams:
        return None
    stated = [x for x in (measure.saving_low, measure.saving_high) if x is not None]
    if stated:
        return max(stated) / 100
    stream = plant.streams[measure.stream]
    whole = plant.amount(stream)
    if measure.saving_amount is None or whole is None or whole.value <= 0:
        return None
    return plant.base(stream.material, measure.saving_amount).value / whole.value


def claimed_savings(plant: Plant, costs: CostTable, knowhow: KnowHow) -> list[Finding]:
    """Flag measures that save more than their stream, more of the site's energy than was ever seen (one, and all
    together, multiplied), or more money than the plant spends.
    """
    out: list[Finding] = []
    left: dict[str, list[float]] = {}
    for measure in plant.case.measures:
        share = stream_share(plant, measure)
        path = f"measures/{measure.id}"
        if share is not None and share > 1:
            out.append(warning("plausibility.measure-above-stream", path, measure=measure.id, share=100 * share))
        if share is not None and measure.stream is not None:
            out += _one(plant, knowhow, measure, min(1.0, share))
            left.setdefault(measure.stream, []).append(min(1.0, share))
        out += _money(plant, costs, measure)
    return out + _together(plant, knowhow, left)


def _site_energy(plant: Plant, knowhow: KnowHow, flow: str) -> dict[str, float]:
    """Return the bought streams of a kind of energy with their amounts; one unit only (that of the first)."""
    out: dict[str, float] = {}
    unit = ""
    for stream in plant.case.streams:
        amount = plant.amount(stream)
        kind = plant.material_of(stream).kind
        if stream.from_ != "purchase" or amount is None or not knowhow.is_a(kind, flow):
            continue
        unit = unit or amount.unit
        if amount.unit == unit:
            out[stream.id] = amount.value
    return out


def _flow_of(plant: Plant, knowhow: KnowHow, stream: str) -> str | None:
    kind = plant.material_of(plant.streams[stream]).kind
    if knowhow.is_a(kind, "electricity"):
        return "electricity"
    return kind if knowhow.is_a(kind, "energy") else None


def _seen(knowhow: KnowHow, kind: str, flow: str) -> Seen | None:
    return seen(knowhow, kind, flow, None)


def _one(plant: Plant, knowhow: KnowHow, measure: Measure, share: float) -> list[Finding]:
    flow = _flow_of(plant, knowhow, measure.stream or "")
    if flow is None:
        return []
    site = _site_energy(plant, knowhow, flow)
    known, slug = _seen(knowhow, "saving_share_option", flow), "measure-above-seen"
    if known is None:  # at least not more than all measures of a plant together
        known, slug = _seen(knowhow, "saving_share_portfolio", flow), "measure-above-portfolio"
    total = sum(site.values())
    if known is None or measure.stream not in site or total <= 0:
        return []
    percent = 100 * share * site[measure.stream] / total
    if percent <= known.high:
        return []
    facts: dict[str, Fact] = {"measure": measure.id, "value": percent, "high": known.high, "source": known.source}
    severity = Severity.WARNING if known.sure else Severity.NOTE
    return [Finding(f"plausibility.{slug}", severity, Where(f"measures/{measure.id}"), facts)]


def _together(plant: Plant, knowhow: KnowHow, claimed: dict[str, list[float]]) -> list[Finding]:
    out: list[Finding] = []
    flows = {flow: None for s in claimed if (flow := _flow_of(plant, knowhow, s)) is not None}
    for flow in flows:
        site = _site_energy(plant, knowhow, flow)
        known = _seen(knowhow, "saving_share_portfolio", flow)
        total = sum(site.values())
        several = sum(len(claimed.get(stream, ())) for stream in site) > 1
        if known is None or total <= 0 or not several:
            continue
        saved = sum(amount * (1 - prod(1 - s for s in claimed.get(stream, ()))) for stream, amount in site.items())
        percent = 100 * saved / total
        if percent > known.high:
            facts: dict[str, Fact] = {"value": percent, "high": known.high, "source": known.source}
            severity = Severity.WARNING if known.sure else Severity.NOTE
            out.append(Finding("plausibility.measures-above-seen", severity, Where("measures"), facts))
    return out


def _money(plant: Plant, costs: CostTable, measure: Measure) -> list[Finding]:
    if measure.saving_money is None:
        return []
    path = f"measures/{measure.id}"
    saved = money(plant, measure.saving_money, path).value
    if saved is None:
        return []
    out: list[Finding] = []
    spent = costs.total / plant.years
    if not costs.unpriced and 0 < spent < saved:
        facts: dict[str, Fact] = {"measure": measure.id, "saved": round(saved), "spent": round(spent)}
        out.append(warning("plausibility.measure-above-cost", path, currency=costs.currency, **facts))
    paid = money(plant, measure.investment, path).value if measure.investment is not None else None
    if paid and saved > 0 and paid / saved < FASTEST:
        days: dict[str, Fact] = {"measure": measure.id, "days": paid / saved * 365.25}
        out.append(Finding("plausibility.measure-very-short", Severity.NOTE, Where(path), days))
    return out
