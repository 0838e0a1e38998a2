"""Implied and stated prices: money divided by quantity against what was seen in the country and year."""

from __future__ import annotations

from namsai.findings import Fact, Finding, NamsaiError
from namsai.plausibility.known_ranges import seen
from namsai.plausibility.stated import Context, Figure, Group, finding, power_of_ten
from namsai.quantity.units import base_factor

DIFFER = 1.5  # two prices of one thing, one source and one year


def implied_prices(group: Group, context: Context) -> list[Finding]:
    """Flag money / quantity outside the range seen for that flow, currency and year (50 % tolerance)."""
    out: list[Finding] = []
    for paid, amount in group.pairs("money", "quantity"):
        if paid.claim.currency is None or amount.value <= 0:
            continue
        out += _check(group, context, (paid, amount), paid.value / amount.value, amount.dimension)
    return out


def stated_prices(group: Group, context: Context) -> list[Finding]:
    """Flag a stated price outside the range seen, and one that money / quantity in the same text contradicts."""
    out: list[Finding] = []
    for price in group.all("price"):
        if price.claim.currency is None:
            continue
        per_base, dimension = _per_base(price)
        if per_base is None:
            continue
        out += _check(group, context, (price,), per_base, dimension)
        for paid, amount in group.pairs("money", "quantity"):
            if paid.tag != price.tag or amount.dimension != dimension or amount.value <= 0 or per_base <= 0:
                continue
            if paid.claim.currency != price.claim.currency:
                continue
            ratio = paid.value / amount.value / per_base
            if not 1 / 1.05 <= ratio <= 1.05:
                facts: dict[str, Fact] = {"stated": price.claim.value, "implied": price.claim.value * ratio}
                unit = f"{price.claim.currency}/{price.claim.unit.rpartition('/')[2]}"
                out.append(finding("price-contradicts", group, (price, paid, amount), {**facts, "unit": unit}))
    return out


def differing_prices(group: Group, context: Context) -> list[Finding]:
    """Flag two implied prices of the same flow in one text and year that differ by more than half."""
    del context
    found: dict[tuple[str, str, str | None, int | None], list[tuple[float, Figure]]] = {}
    for paid, amount in group.pairs("money", "quantity"):
        if amount.value > 0 and paid.value > 0 and paid.claim.currency:
            key = (paid.flow, amount.dimension, paid.claim.currency, paid.claim.year)
            found.setdefault(key, []).append((paid.value / amount.value, paid))
    out: list[Finding] = []
    for rows in found.values():
        low, high = min(rows, key=lambda r: r[0]), max(rows, key=lambda r: r[0])
        ratio = high[0] / low[0]
        if ratio > DIFFER:
            out.append(
                finding("prices-differ", group, (low[1], high[1]), {"ratio": ratio, "factor": power_of_ten(ratio)})
            )
    return out


def _per_base(price: Figure) -> tuple[float | None, str]:
    """Return a stated price per base unit; its unit is ``VND/kWh`` or, with the currency apart, ``kWh``."""
    per = price.claim.unit.rpartition("/")[2]
    try:
        dimension, factor = base_factor(per)
    except NamsaiError:
        return None, ""
    return price.claim.value / factor, dimension


def _check(
    group: Group, context: Context, figures: tuple[Figure, ...], per_base: float, dimension: str
) -> list[Finding]:
    first = figures[0]
    currency = first.claim.currency or ""
    known = seen(context.knowhow, "price", first.flow, first.claim.year, sector=context.sector, currency=currency)
    if known is None:
        return []
    wanted, factor = base_factor(known.unit.partition("/")[2])
    if wanted != dimension:
        return []
    price = per_base * factor
    if known.holds(price):
        return []
    lost = next((n for n in (1_000, 1_000_000) if known.holds(price * n) or known.holds(price / n)), None)
    year = str(first.claim.year or "–")
    facts: dict[str, Fact] = {"price": price, "unit": known.unit, "low": known.low, "high": known.high, "year": year}
    slug = "implied-price-factor" if lost else "implied-price"
    return [finding(slug, group, figures, {**facts, "source": known.source, "factor": lost}, sure=known.sure)]
