"""Streams of a plant: prices outside what was seen, and amounts that lost a factor of 1,000."""

from __future__ import annotations

from statistics import median

from namsai.balance.model import Balance, BalancedStream
from namsai.findings import Fact, Finding, NamsaiError, Severity, Where, note, warning
from namsai.knowhow import KnowHow
from namsai.plant.amounts import Plant
from namsai.plant.records import Material
from namsai.plausibility.known_ranges import seen
from namsai.quantity.units import base_factor

GAP_BEFORE = 0.2  # of the larger side
GAP_AFTER = 0.05
OUTLIER = 300.0  # times the median of the other streams of the process
FACTORS = (1e3, 1e-3, 1e6, 1e-6)


def bought_prices(plant: Plant, knowhow: KnowHow) -> list[Finding]:
    """Flag the price of a bought material outside the range seen for its flow, currency and year; one note names the
    bought materials for which no range is known (not checked is not the same as right)."""
    out: list[Finding] = []
    unchecked: list[str] = []
    bought = {s.material for s in plant.case.streams if s.from_ == "purchase"}
    for material in (m for m in plant.case.materials if m.id in bought and m.price is not None):
        found = _price(plant, knowhow, material)
        if found is None:
            unchecked.append(material.id)
        else:
            out += found
    if unchecked:
        out.append(note("plausibility.prices-not-checked", "materials", materials=", ".join(unchecked)))
    return out


def _price(plant: Plant, knowhow: KnowHow, material: Material) -> list[Finding] | None:
    price = material.price
    if price is None:
        return None
    year = int((price.date or plant.case.period.end)[:4])
    sector = plant.case.enterprise.sector
    known = seen(knowhow, "price", material.kind, year, sector=sector, currency=price.currency)
    if known is None:
        return None
    try:
        (have, factor), (want, wanted) = base_factor(price.per), base_factor(known.unit.partition("/")[2])
    except NamsaiError:
        return None
    value = price.amount / factor * wanted
    if (have, want) == ("volume", "mass") and material.density:
        value /= material.density
    elif (have, want) == ("mass", "volume") and material.density:
        value *= material.density
    elif have != want:
        return None
    if known.holds(value):
        return []
    lost = next((n for n in (1_000, 1_000_000) if known.holds(value * n) or known.holds(value / n)), None)
    facts: dict[str, Fact] = {"material": material.id, "price": value, "unit": known.unit, "year": str(year)}
    facts |= {"low": known.low, "high": known.high, "source": known.source, "factor": lost}
    slug = "plausibility.price-factor" if lost else "plausibility.price"
    severity = Severity.WARNING if known.sure else Severity.NOTE
    return [Finding(slug, severity, Where(f"materials/{material.id}/price"), facts)]


def lost_factors(plant: Plant, balance: Balance) -> list[Finding]:
    """Flag a measured stream that would close a wide open mass balance of its process if it were 1,000 or 1,000,000
    times as large or small, and one that is at the same time over 300 times the median of the others of its process.

    Uses what was measured, not what the reconciliation made of it.
    """
    out: list[Finding] = []
    told: set[str] = set()
    for process in plant.case.processes:
        if "mass" not in process.balance:
            continue
        into = [s for s in balance.streams if s.target == process.id and s.unit == "kg"]
        from_ = [s for s in balance.streams if s.source == process.id and s.unit == "kg"]
        if not into or not from_:
            continue
        if any(s.measured is None for s in (*into, *from_)):
            out += [f for f in _outliers(process.id, [*into, *from_]) if f.where.path not in told]
        else:
            out += [f for f in _closing(process.id, into, from_) if f.where.path not in told]
        told |= {f.where.path for f in out}
    return out


def _closing(process: str, into: list[BalancedStream], from_: list[BalancedStream]) -> list[Finding]:
    total_in, total_out = (sum(s.measured or 0.0 for s in side) for side in (into, from_))
    if _gap(total_in, total_out) < GAP_BEFORE:
        return []
    best: tuple[float, BalancedStream, float] | None = None
    for stream in (*into, *from_):
        for factor in FACTORS:
            more = (stream.measured or 0.0) * (factor - 1)
            inflow = total_in + (more if stream in into else 0.0)
            outflow = total_out + (more if stream in from_ else 0.0)
            left = _gap(inflow, outflow)
            if stream.measured and left < GAP_AFTER and (best is None or left < best[0]):
                best = (left, stream, factor)
    if best is None:
        return []
    left, stream, factor = best
    gap = 100 * _gap(total_in, total_out)
    return [_factor_finding("stream-factor", process, stream, max(factor, 1 / factor), gap=gap, left=100 * left)]


def _outliers(process: str, streams: list[BalancedStream]) -> list[Finding]:
    out: list[Finding] = []
    for stream in streams:
        others = [s.measured for s in streams if s is not stream and s.measured]
        if stream.measured and len(others) >= 2:
            ratio = stream.measured / median(others)
            if ratio > OUTLIER:
                out.append(_factor_finding("stream-outlier", process, stream, ratio))
    return out


def _gap(inflow: float, outflow: float) -> float:
    larger = max(inflow, outflow)
    return abs(inflow - outflow) / larger if larger > 0 else 0.0


def _factor_finding(slug: str, process: str, stream: BalancedStream, factor: float, **facts: Fact) -> Finding:
    path = f"streams/{stream.id}/amount"
    known: dict[str, Fact] = {"stream": stream.id, "process": process, "factor": round(factor)}
    return warning(f"plausibility.{slug}", path, **known, value=stream.measured, unit=stream.unit, **facts)
