"""Payback: when the outlay is back, simple or discounted, with the reason when it never is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from namsai.appraisal.discounting import Rate, discount_factors, finite
from namsai.appraisal.model import Payback


def payback(cashflows: Sequence[float], rate: Rate = 0.0, interpolate: bool = True) -> Payback:
    """Periods until the running sum of the (discounted) flows turns from negative to zero or more.

    Formula: t - 1 + (-S_(t-1)) / PV_t at the first t with S_(t-1) < 0 <= S_t, S_t = sum of PV up to t (linear inside a
    period).
    Args: cashflows [money], the first one today; rate - per period [1] (0 = simple payback); interpolate - False gives
    whole periods. Returns Payback, years [period]: None with reason ``never`` within the flows, or ``no-outlay`` when
    the sum is never negative (an early inflow is no payback); `relapses` when the sum turns negative again afterwards.
    Errors: as `npv`. Source: UNIDO manual 1991; cardboard baler, INTECH Integrated Waste Management vol. I.

    >>> payback([-65000, 20000, 20000, 20000, 20000]).years
    3.25
    >>> payback([-10, 1, 2]).reason
    'never'
    """
    flows = finite(cashflows, "cashflows")
    values = [c * f for c, f in zip(flows, discount_factors(rate, len(flows)), strict=True)]
    # A sum that rounding leaves within 1e-12 of the largest amount counts as zero.
    tiny = 1e-12 * max(abs(v) for v in values)
    sums = [0.0 if abs(s) <= tiny else s for s in accumulate(values)]
    if min(sums) >= 0:
        return Payback(None, "no-outlay")
    for t in range(1, len(sums)):
        if sums[t - 1] < 0 <= sums[t]:
            years = t - 1 + -sums[t - 1] / values[t] if interpolate else float(t)
            return Payback(years, "", any(s < 0 for s in sums[t + 1 :]))
    return Payback(None, "never")
