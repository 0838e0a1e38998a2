"""Implied and stated exchange rates, and series of rates that cannot be."""

from __future__ import annotations

from itertools import combinations, pairwise

from namsai.findings import Fact, Finding
from namsai.plausibility.known_ranges import Seen, seen
from namsai.plausibility.stated import Context, Figure, Group, finding

NEAR = 1.15  # two rates of one pair of currencies, at most a year apart
SPIKE = 1.3  # a month between two that agree with each other
JUMP = 2.0  # between two neighbours less than a year apart


def _known(context: Context, pair: str, year: int | None) -> Seen | None:
    return seen(context.knowhow, "exchange_rate", pair.partition("/")[0], year, unit=pair)


def implied_rates(group: Group, context: Context) -> list[Finding]:
    """Flag local / foreign amount outside the rates seen in that year (5 % tolerance)."""
    out: list[Finding] = []
    for pair, rate, figures in _implied(group):
        known = _known(context, pair, figures[0].claim.year)
        if known is not None and not known.holds(rate):
            out.append(_outside(group, figures, pair, rate, known))
    return out


def stated_rates(group: Group, context: Context) -> list[Finding]:
    """Flag a stated exchange rate, or a stated inflation, outside what was seen in that year."""
    out: list[Finding] = []
    for rate in group.all("rate"):
        known = _known(context, rate.claim.unit, rate.claim.year)
        if known is not None and not known.holds(rate.claim.value):
            out.append(_outside(group, (rate,), rate.claim.unit, rate.claim.value, known))
    for inflation in group.all("inflation"):
        known = seen(context.knowhow, "inflation", "", inflation.claim.year)
        if known is not None and not known.holds(inflation.claim.value):
            facts: dict[str, Fact] = {
                "value": inflation.claim.value,
                "low": known.low,
                "high": known.high,
                "source": known.source,
            }
            year = str(inflation.claim.year)
            out.append(finding("inflation-outside", group, (inflation,), {**facts, "year": year}, sure=known.sure))
    return out


def differing_rates(group: Group, context: Context) -> list[Finding]:
    """Flag two implied rates of one pair of currencies, at most a year apart, that differ by more than 15 %.

    Where both are confirmed by what was seen in their years the currency really moved, and nothing is flagged.
    """
    out: list[Finding] = []
    for (pair, one, a), (other_pair, two, b) in combinations(_implied(group), 2):
        if pair != other_pair or abs((a[0].claim.year or 0) - (b[0].claim.year or 0)) > 1:
            continue
        ratio = max(one, two) / min(one, two)
        confirmed = [k is not None and k.holds(r) for r, k in _pairs_known(context, pair, ((one, a), (two, b)))]
        if ratio > NEAR and not all(confirmed):
            facts: dict[str, Fact] = {"first": one, "second": two, "difference": 100 * (ratio - 1)}
            out.append(finding("rates-differ", group, (*a, *b), {**facts, "pair": pair}))
    return out


def impossible_series(group: Group, context: Context) -> list[Finding]:
    """Flag a month that lies far from both its neighbours while they agree, and a jump of more than 2 within a year."""
    del context
    out: list[Finding] = []
    for unit in dict.fromkeys(f.claim.unit for f in group.all("rate_series")):
        rows = sorted((f for f in group.all("rate_series") if f.claim.unit == unit), key=lambda f: f.tag)
        spikes = []
        for before, now, after in zip(rows, rows[1:], rows[2:], strict=False):
            a, x, c = before.claim.value, now.claim.value, after.claim.value
            ups = x / a > SPIKE and x / c > SPIKE
            downs = a / x > SPIKE and c / x > SPIKE
            if (ups or downs) and max(a, c) / min(a, c) < SPIKE:
                spikes.append(now)
                facts: dict[str, Fact] = {"value": x, "before": a, "after": c, "month": now.tag, "pair": unit}
                out.append(finding("series-spike", group, (now, before, after), facts))
        for before, now in pairwise(rows):
            ratio = max(now.claim.value, before.claim.value) / min(now.claim.value, before.claim.value)
            if ratio > JUMP and _months(before, now) <= 12 and before not in spikes and now not in spikes:
                facts = {
                    "value": now.claim.value,
                    "before": before.claim.value,
                    "month": now.tag,
                    "pair": unit,
                }
                out.append(finding("series-jump", group, (now, before), facts))
    return out


def _months(one: Figure, two: Figure) -> int:
    (y1, _, m1), (y2, _, m2) = (f.tag.partition("-") for f in (one, two))
    if not (y1.isdigit() and y2.isdigit()):
        return 0
    return (int(y2) - int(y1)) * 12 + int(m2 or 1) - int(m1 or 1)


def _implied(group: Group) -> list[tuple[str, float, tuple[Figure, ...]]]:
    out: list[tuple[str, float, tuple[Figure, ...]]] = []
    for local, foreign in group.pairs("amount_local", "amount_foreign"):
        if local.claim.currency and foreign.claim.currency and foreign.value > 0 and local.value > 0:
            pair = f"{local.claim.currency}/{foreign.claim.currency}"
            out.append((pair, local.value / foreign.value, (local, foreign)))
    return out


def _pairs_known(
    context: Context, pair: str, rows: tuple[tuple[float, tuple[Figure, ...]], ...]
) -> list[tuple[float, Seen | None]]:
    return [(rate, _known(context, pair, figures[0].claim.year)) for rate, figures in rows]


def _outside(group: Group, figures: tuple[Figure, ...], pair: str, rate: float, known: Seen) -> Finding:
    facts: dict[str, Fact] = {"rate": rate, "pair": pair, "low": known.low, "high": known.high, "source": known.source}
    year = str(figures[0].claim.year or "–")
    return finding("exchange-rate-outside", group, figures, {**facts, "year": year}, sure=known.sure)
