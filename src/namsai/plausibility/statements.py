"""Several statements of one figure, values that lost their unit, claims above what was seen, intensities."""

from __future__ import annotations

from namsai.findings import Fact, Finding, NamsaiError
from namsai.knowhow.model import Benchmark
from namsai.plausibility.known_ranges import seen
from namsai.plausibility.stated import Context, Figure, Group, finding, power_of_ten
from namsai.quantity.units import base_factor

SAME_TOLERANCE = 1.01
TRIVIAL_OF_USE = 1e-4
TRIVIAL_OF_MONEY = 1e-3
INTENSITY_FACTOR = 3.0


def contradictions(group: Group, context: Context) -> list[Finding]:
    """Flag statements of the same figure that differ beyond their printed rounding; say when they differ by 100 or
    1,000.
    """
    del context
    out: list[Finding] = []
    for tag in dict.fromkeys(f.tag for f in group.all("same")):
        rows = sorted(group.all("same", tag), key=lambda f: f.value)
        low, high = rows[0], rows[-1]
        facts: dict[str, Fact] = {"low": low.claim.value, "low_unit": low.claim.unit}
        facts |= {"high": high.claim.value, "high_unit": high.claim.unit}
        if len({f.dimension for f in rows}) > 1:
            out.append(finding("unit-differs", group, rows, facts))
            continue
        if low.value <= 0:
            continue
        ratio = high.value / low.value
        if ratio <= SAME_TOLERANCE or low.high >= high.low:
            continue
        power = power_of_ten(ratio)
        if power:
            out.append(finding("factor", group, (low, high), {**facts, "factor": power}))
        else:
            out.append(finding("contradiction", group, (low, high), {**facts, "difference": 100 * (ratio - 1)}))
    return out


def trivial_values(group: Group, context: Context) -> list[Finding]:
    """Flag a saving so small beside the site's use, or beside the money saved, that "thousand" or "M" was probably
    lost.
    """
    out: list[Finding] = []
    for saved in (*group.all("energy_saved"), *group.all("quantity")):
        if saved.value <= 0:
            continue
        use = group.one("use", saved.tag) or group.one("use", saved.flow)
        if use is not None and use.dimension == saved.dimension and use.value > 0:
            if saved.value / use.value < TRIVIAL_OF_USE:
                out.append(_trivial(group, saved, use, saved.value / use.value))
            continue
        money = group.one("saving") or group.one("total")
        worth = _worth(context, saved, money)
        if money is not None and worth is not None and worth < TRIVIAL_OF_MONEY * money.value:
            out.append(_trivial(group, saved, money, worth / money.value))
    return out


def _worth(context: Context, saved: Figure, money: Figure | None) -> float | None:
    """Return the most a quantity can be worth in the currency of the money, from the prices seen."""
    if money is None or money.claim.currency is None:
        return None
    year = saved.claim.year or money.claim.year
    known = seen(context.knowhow, "price", saved.flow, year, sector=context.sector, currency=money.claim.currency)
    if known is None:
        return None
    dimension, factor = base_factor(known.unit.partition("/")[2])
    return saved.value / factor * known.high if dimension == saved.dimension else None


def _trivial(group: Group, saved: Figure, beside: Figure, share: float) -> Finding:
    facts: dict[str, Fact] = {"value": saved.claim.value, "unit": saved.claim.unit, "share": 100 * share}
    return finding("trivial", group, (saved, beside), facts)


def above_ever_seen(group: Group, context: Context) -> list[Finding]:
    """Flag a saving, in % of the site's use, above what nine of ten single options, or three of four portfolios,
    reach.
    """
    out: list[Finding] = []
    for word, kind in (("option_saving", "saving_share_option"), ("portfolio_saving", "saving_share_portfolio")):
        for claimed in group.all(word):
            percent = 100 * claimed.value if claimed.dimension == "share" else claimed.claim.value
            known = seen(context.knowhow, kind, claimed.flow, None)
            slug = f"above-seen-{word.partition('_')[0]}"
            if known is None and word == "option_saving":  # at least not more than all options of a plant together
                known = seen(context.knowhow, "saving_share_portfolio", claimed.flow, None)
                slug = "above-seen-portfolio"
            if known is not None and percent > known.high:
                facts: dict[str, Fact] = {"value": percent, "high": known.high, "source": known.source}
                out.append(finding(slug, group, (claimed,), facts, sure=known.sure))
    return out


def intensities(group: Group, context: Context) -> list[Finding]:
    """Flag a use per product more than 3 times outside the benchmark range (best to poor) of the same product and
    unit.
    """
    out: list[Finding] = []
    for figure in group.all("intensity"):
        flow, _, per = figure.tag.partition(".")
        rows = [b for b in context.knowhow.benchmarks if b.usable and b.flow == flow and _word(b.per) == _word(per)]
        bounds = [row for b in rows if (row := bounds_of(b, figure.claim.unit)) is not None]
        if not bounds:
            continue
        low, high = min(b[0] for b in bounds), max(b[1] for b in bounds)
        value = figure.claim.value
        if not low / INTENSITY_FACTOR <= value <= high * INTENSITY_FACTOR:
            nearest = low if value < low else high
            source = "; ".join(dict.fromkeys(b.source for b in rows))
            facts: dict[str, Fact] = {"value": value, "unit": figure.claim.unit, "low": low, "high": high}
            factor = power_of_ten(value / nearest, 0.5) if nearest > 0 else None
            out.append(finding("intensity", group, (figure,), {**facts, "source": source, "factor": factor}))
    return out


def bounds_of(benchmark: Benchmark, unit: str) -> tuple[float, float] | None:
    """Return the lowest and highest value of a benchmark in a unit, None where the units do not match."""
    have, want = per_unit(benchmark.unit), per_unit(unit)
    values = [v for v in (benchmark.best, benchmark.typical, benchmark.poor) if v is not None]
    if not values or have is None or want is None or have[:2] != want[:2]:
        return None
    scaled = [v * have[2] / want[2] for v in values]
    return min(scaled), max(scaled)


def per_unit(unit: str) -> tuple[str, str, float] | None:
    """Return dimension over dimension and the factor to base units of a unit like ``kWh/t``; None where one is not
    known.

    >>> per_unit("kWh/t"), per_unit("hl/hl")
    (('energy', 'mass', 3600.0), ('volume', 'volume', 1.0))
    """
    top, _, bottom = unit.partition("/")
    try:
        (above, factor), (below, divisor) = base_factor(top), base_factor(bottom)
    except NamsaiError:
        return None
    return above, below, factor / divisor


def _word(word: str) -> str:
    return word.strip().lower().replace(" ", "_")
