"""Implied emission factors: greenhouse gases divided by the energy, or by the money, they are said to come with."""

from __future__ import annotations

from namsai.findings import Fact, Finding
from namsai.plausibility.known_ranges import seen
from namsai.plausibility.stated import Context, Figure, Group, finding

_KWH = 3.6e6
_PAIRS = (("energy_saved", "ghg_avoided"), ("energy_used", "ghg_emitted"))


def _gas_for(group: Group, word: str, tag: str) -> Figure | None:
    """Return the gas figure with the same tag, or the only one without a tag."""
    return group.one(word, tag) or group.one(word, "")


def implied_emission_factors(group: Group, context: Context) -> list[Finding]:
    """Flag kg CO2e / kWh outside what grids and fuels emit; say when a factor of 1,000 would explain it."""
    out: list[Finding] = []
    for energy_word, gas_word in _PAIRS:
        for energy in group.all(energy_word):
            gas = _gas_for(group, gas_word, energy.tag)
            if gas is None or energy.dimension != "energy" or gas.dimension != "mass" or energy.value <= 0:
                continue
            known = seen(context.knowhow, "emission_factor", energy.flow or "energy", energy.claim.year)
            factor = gas.value / (energy.value / _KWH)
            if known is None or known.unit != "kg CO2e/kWh" or known.holds(factor):
                continue
            lost = next((n for n in (1_000, 1_000_000) if known.holds(factor / n)), None)
            facts: dict[str, Fact] = {
                "factor": factor,
                "high": known.high,
                "unit": known.unit,
                "source": known.source,
                "lost": lost,
            }
            out.append(finding("implied-emission-factor", group, (energy, gas), facts, sure=known.sure))
    return out


def emissions_per_money(group: Group, context: Context) -> list[Finding]:
    """Flag more greenhouse gas than the cheapest, dirtiest energy could give for the money said to be saved on
    energy.
    """
    out: list[Finding] = []
    for money in group.all("money"):
        flow = money.flow
        if not flow or flow not in context.knowhow.flows or not context.knowhow.is_a(flow, "energy"):
            continue
        gas = _gas_for(group, "ghg_avoided", money.tag)
        if gas is None or gas.dimension != "mass" or money.value <= 0 or money.claim.currency is None:
            continue
        known = seen(context.knowhow, "emission_per_money", flow, money.claim.year)
        if known is None or known.unit != f"kg CO2e/{money.claim.currency}":
            continue
        each = gas.value / money.value
        if not known.holds(each):
            lost = next((n for n in (1_000, 1_000_000) if known.holds(each / n)), None)
            facts: dict[str, Fact] = {
                "each": each,
                "high": known.high,
                "unit": known.unit,
                "source": known.source,
                "lost": lost,
            }
            out.append(finding("emissions-per-money", group, (gas, money), facts, sure=known.sure))
    return out
