"""Prices and money in the currency of the case; what cannot be priced is said, never guessed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from namsai.findings import Finding, NamsaiError, warning
from namsai.plant.amounts import Plant, to_base
from namsai.plant.fields import Money, Price
from namsai.plant.records import Material, Rate

_OLD = 366  # days between a price and its exchange rate from which the reader is warned


class Converted(NamedTuple):
    """An amount of money in the currency of the case, or None with the findings that say why not."""

    value: float | None
    findings: tuple[Finding, ...] = ()


def rate_for(plant: Plant, base: str, on: str | None) -> tuple[float, Rate] | None:
    """Return the exchange rate of the case nearest to a day, direct or turned round.

    Args: base - currency to convert from; on - ISO date, default the end of the period.
    Returns (units of the case currency per unit of `base`, the rate record) or None when the case has none.
    """
    quote = plant.case.finance.currency
    day = date.fromisoformat(on or plant.case.period.end)
    pairs = [(r.rate, r) for r in plant.case.rates if (r.base, r.quote) == (base, quote)]
    pairs += [(1 / r.rate, r) for r in plant.case.rates if (r.base, r.quote) == (quote, base)]
    if not pairs:
        return None
    return min(pairs, key=lambda p: (abs((date.fromisoformat(p[1].date) - day).days), p[1].date))


def in_case_currency(plant: Plant, amount: float, currency: str, on: str | None, path: str) -> Converted:
    """Convert money to the currency of the case by a dated rate of the case.

    Args: amount [currency]; currency; on - ISO date of the price, None = end of the period; path for findings.
    Returns Converted [case currency]; without a rate None and ``costing.no-rate``; with a rate more than a year away
    the value and ``costing.old-rate``.
    """
    wanted = plant.case.finance.currency
    if currency == wanted:
        return Converted(amount)
    found = rate_for(plant, currency, on)
    if found is None:
        return Converted(None, (warning("costing.no-rate", path, currency=currency, wanted=wanted),))
    factor, rate = found
    apart = abs((date.fromisoformat(rate.date) - date.fromisoformat(on or plant.case.period.end)).days)
    old = warning("costing.old-rate", path, currency=currency, wanted=wanted, date=rate.date, days=apart)
    return Converted(amount * factor, (old,) if apart > _OLD else ())


def money(plant: Plant, amount: Money, path: str) -> Converted:
    """Return an amount of money in the currency of the case (see `in_case_currency`)."""
    return in_case_currency(plant, amount.amount, amount.currency, amount.date, path)


def per_base_unit(material: Material, per: str, unit: str) -> float | None:
    """Return how many base units of a material one price unit holds.

    Args: per - the price unit (t, m3, kWh ...); unit - base unit of the amounts (kg, J, m3 ...).
    Returns base units per price unit; None when the two cannot be compared (no density, mass per piece or heating
    value).
    Errors: ``quantity.unknown-unit``.
    """
    have = to_base(material, 1.0, per)
    if have.unit == unit:
        return have.value
    joule_per_kg = (material.heating_value or 0.0) * 1e6
    if joule_per_kg and (have.unit, unit) == ("kg", "J"):
        return have.value * joule_per_kg
    if joule_per_kg and (have.unit, unit) == ("J", "kg"):
        return have.value / joule_per_kg
    return None


def worth(plant: Plant, material: Material, price: Price, amount: float, unit: str, path: str) -> Converted:
    """Return what an amount of a material is worth at a price.

    Formula: amount / (base units per price unit) x price, converted to the currency of the case.
    Args: amount [unit, a base unit]; price; path of the price for findings.
    Returns Converted [case currency]; None with ``costing.price-unit``, ``quantity.unknown-unit`` or
    ``costing.no-rate``.
    """
    try:
        size = per_base_unit(material, price.per, unit)
    except NamsaiError as problem:
        return Converted(None, tuple(warning(f.code, path, **f.facts) for f in problem.findings))
    if not size:
        return Converted(None, (warning("costing.price-unit", path, material=material.id, per=price.per, unit=unit),))
    one = in_case_currency(plant, price.amount, price.currency, price.date, path)
    return Converted(None if one.value is None else one.value * amount / size, one.findings)
