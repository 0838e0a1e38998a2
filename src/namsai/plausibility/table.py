"""The one table of rules: each looks at one group of stated figures and returns what is implausible in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from namsai.findings import Finding
from namsai.plausibility import emissions, exchange, prices, statements, sums, worth
from namsai.plausibility.stated import Context, Group

Check = Callable[[Group, Context], list[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, the roles it reads, the function."""

    name: str
    roles: tuple[str, ...]
    check: Check


RULES: tuple[Rule, ...] = (
    Rule("sums", ("total", "part", "some_part"), sums.sums_of_parts),
    Rule("capacity", ("production", "capacity"), sums.above_capacity),
    Rule("shares", ("share", "quantity", "money"), sums.shares_of_one_base),
    Rule("implied-price", ("money", "quantity"), prices.implied_prices),
    Rule("stated-price", ("price", "money", "quantity"), prices.stated_prices),
    Rule("prices-differ", ("money", "quantity"), prices.differing_prices),
    Rule(
        "emission-factor",
        ("energy_saved", "ghg_avoided", "energy_used", "ghg_emitted"),
        emissions.implied_emission_factors,
    ),
    Rule("emission-per-money", ("money", "ghg_avoided"), emissions.emissions_per_money),
    Rule("implied-rate", ("amount_local", "amount_foreign"), exchange.implied_rates),
    Rule("stated-rate", ("rate", "inflation"), exchange.stated_rates),
    Rule("rates-differ", ("amount_local", "amount_foreign"), exchange.differing_rates),
    Rule("series", ("rate_series",), exchange.impossible_series),
    Rule("low-cost", ("low_cost", "investment", "saving"), worth.low_cost_label),
    Rule("payback", ("investment", "saving", "payback", "payback_low", "payback_high"), worth.stated_payback),
    Rule("worth", ("bc_ratio", "npv", "irr", "discount_rate"), worth.worth_identity),
    Rule("contradiction", ("same",), statements.contradictions),
    Rule("trivial", ("energy_saved", "quantity", "use", "saving", "total"), statements.trivial_values),
    Rule("ever-seen", ("option_saving", "portfolio_saving"), statements.above_ever_seen),
    Rule("intensity", ("intensity",), statements.intensities),
)
