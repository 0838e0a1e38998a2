"""Risk: how likely an option loses money when its figures are only known as low, likely and high."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from namsai.appraisal.discounting import check_rate, upv
from namsai.findings import Finding, NamsaiError, error
from namsai.options.model import Range

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
MOST_DRAWS = 10_000_000


@dataclass(frozen=True, slots=True)
class UncertainFlow:
    """The flow of an option: investment today, then saving less running cost each year; the middle of a range is the
    likely value.
    """

    investment: Range  # money
    saving: Range  # money/year
    running: Range  # money/year
    years: int
    rate: float  # discount rate per year
    tax_rate: float = 0.0  # above 0: straight-line write-off over the years, as in `cash_flow`


@dataclass(frozen=True, slots=True)
class Risk:
    """What many drawn futures say: chance of a net present value below zero, its standard error, mean and quantiles."""

    loss: float  # share of the draws with a net present value below zero
    loss_error: float  # standard error of that share, from the number of draws
    mean: float  # net present value
    quantiles: tuple[tuple[float, float], ...]  # (level, net present value)
    draws: int
    seed: int


def risk(flow: UncertainFlow, draws: int, seed: int) -> Risk:
    """Draw the figures of an option many times and work out the net present value of each.

    Formula: I, S, R triangular (low, likely, high), each drawn alone; NPV = -I + ((S - R - D)(1 - T) + D) UPV(r, n)
    with D = I/n where T > 0. The same seed gives the same draws (with the same version of NumPy).
    Args: flow - rates per year [1], money in one currency; draws - 1 to 10 million; seed - 0 or more. Returns Risk
    [money]. Validity: the three figures do not depend on each other, and each stays the same in all years.
    Errors: ``calculators.out-of-range`` (likely not between low and high, draws, seed), ``appraisal.not-finite``,
    ``appraisal.rate-too-low``, ``appraisal.no-periods`` - the ranges all at once.
    Source: Hertz 1964, Risk Analysis in Capital Investment; triangular distribution, Johnson 1997.

    >>> fixed, none = Range(140, 140, 140), Range(0, 0, 0)
    >>> found = risk(UncertainFlow(fixed, Range(20, 30, 40), none, years=5, rate=0.0), draws=100_000, seed=1)
    >>> round(found.loss, 2), round(found.mean)  # by hand: (28 - 20)^2 / (20 x 10) = 0.32 and 5 x 30 - 140 = 10
    (0.32, 10)
    """
    import numpy as np

    factor = upv(check_rate(flow.rate), flow.years)
    parts = {"investment": flow.investment, "saving": flow.saving, "running": flow.running}
    wrong = [finding for name, part in parts.items() for finding in _wrong(name, part)]
    if not 1 <= draws <= MOST_DRAWS:
        wrong.append(error("calculators.out-of-range", "draws", value=draws, range=f"1 .. {MOST_DRAWS}"))
    if seed < 0:
        wrong.append(error("calculators.out-of-range", "seed", value=seed, range="0 .."))
    if wrong:
        raise NamsaiError(*wrong)
    random = np.random.default_rng(seed)
    investment, saving, running = (_drawn(random, part, draws) for part in parts.values())
    written_off = investment / flow.years if flow.tax_rate else 0.0
    yearly = (saving - running - written_off) * (1 - flow.tax_rate) + written_off
    values = yearly * factor - investment
    loss = float((values < 0).mean())
    quantiles = np.quantile(values, LEVELS)
    return Risk(
        loss,
        math.sqrt(loss * (1 - loss) / draws),
        float(values.mean()),
        tuple((level, float(q)) for level, q in zip(LEVELS, quantiles, strict=True)),
        draws,
        seed,
    )


def _wrong(name: str, part: Range) -> list[Finding]:
    """Return what is wrong with a range: numbers that are none, or a likely value outside low and high."""
    sides = {"low": part.low, "mid": part.mid, "high": part.high}
    bad = [error("appraisal.not-finite", f"{name}/{k}", value=str(v)) for k, v in sides.items() if not math.isfinite(v)]
    if bad or part.low <= part.mid <= part.high:
        return bad
    return [error("calculators.out-of-range", f"{name}/mid", value=part.mid, range=f"{part.low} .. {part.high}")]


def _drawn(random: Any, part: Range, draws: int) -> Floats:
    """Draw from the triangular distribution; a range without width is its one value."""
    import numpy as np

    if part.low == part.high:
        return np.full(draws, float(part.mid))
    drawn: Floats = random.triangular(part.low, part.mid, part.high, draws)
    return drawn
