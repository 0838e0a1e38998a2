"""Check a whole plant: plant(plant, balance, costs, indicators, knowhow) -> findings."""

from __future__ import annotations

from namsai.balance.model import Balance
from namsai.costing.model import CostTable
from namsai.findings import Fact, Finding, warning
from namsai.indicators.model import Indicators
from namsai.knowhow import KnowHow
from namsai.plant.amounts import Plant
from namsai.plausibility.check_claims import claims
from namsai.plausibility.measures import claimed_savings
from namsai.plausibility.statements import INTENSITY_FACTOR
from namsai.plausibility.streams import bought_prices, lost_factors


def plant(plant: Plant, balance: Balance, costs: CostTable, indicators: Indicators, knowhow: KnowHow) -> list[Finding]:
    """Check the prices, amounts, intensities, measures and stated figures of a plant.

    Args: plant; balance (measured and reconciled amounts); costs of the period; indicators with their benchmark
    positions; knowhow.
    Returns findings, all of them; nothing is changed. Source: docs/plausibility.md.
    """
    out = bought_prices(plant, knowhow)
    out += lost_factors(plant, balance)
    out += _intensities(indicators)
    out += claimed_savings(plant, costs, knowhow)
    return out + claims(plant.case.claims, knowhow, sector=plant.case.enterprise.sector)


def _intensities(indicators: Indicators) -> list[Finding]:
    """Flag an intensity more than 3 times outside the benchmark range, best to poor: a question, not an error."""
    out: list[Finding] = []
    for position in indicators.benchmarks:
        bounds = [v for v in (position.best, position.typical, position.poor) if v is not None]
        if not bounds or min(bounds) <= 0:
            continue
        low, high = min(bounds), max(bounds)
        if not low / INTENSITY_FACTOR <= position.value <= high * INTENSITY_FACTOR:
            facts: dict[str, Fact] = {"value": position.value, "unit": position.unit, "low": low, "high": high}
            slug = "plant-intensity" if high > low else "plant-intensity-typical"
            path = f"indicators/{position.indicator}"
            out.append(warning(f"plausibility.{slug}", path, source=position.source, **facts))
    return out
