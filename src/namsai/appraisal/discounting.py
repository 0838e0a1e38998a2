"""Discounting: present values of flows once a period or on given days, and the factors of annuity tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from namsai.findings import NamsaiError, error

Rate = float | Sequence[float]


def finite(values: Sequence[float], path: str) -> tuple[float, ...]:
    """Return the values as floats. Errors: ``appraisal.empty-flow``, ``appraisal.not-finite``."""
    if not values:
        raise NamsaiError(error("appraisal.empty-flow", path))
    numbers = tuple(float(v) for v in values)
    bad = [i for i, v in enumerate(numbers) if not math.isfinite(v)]
    if bad:
        raise NamsaiError(*(error("appraisal.not-finite", f"{path}/{i}", value=str(numbers[i])) for i in bad))
    return numbers


def check_rate(rate: float, path: str = "rate") -> float:
    """Return the rate. Errors: ``appraisal.rate-too-low`` at -100 % and below (or when it is no number)."""
    if not (math.isfinite(rate) and rate > -1):
        raise NamsaiError(error("appraisal.rate-too-low", path, rate=str(rate)))
    return float(rate)


def discount_factors(rate: Rate, count: int, first: int = 0) -> tuple[float, ...]:
    """Discount factors 1/(1+r)^t, or 1/prod(1+r_j) along a path of rates.

    Args: rate - per period [1], or the rates of periods 1, 2, ... [1]; count - number of flows; first - period of the
    first flow (0 or 1). Returns the factors [1]. Validity: each rate > -1, a path at least as long as the last period.
    Errors: ``appraisal.rate-too-low``, ``appraisal.rate-path-short``. Source: NIST Handbook 135, discounting.

    >>> [round(f, 6) for f in discount_factors([0.1, 0.2], 3)]
    [1.0, 0.909091, 0.757576]
    """
    last = first + count - 1
    if isinstance(rate, (int, float)):
        base = 1.0 + check_rate(rate)
        return tuple(base**-t for t in range(first, last + 1))
    path = [check_rate(r, f"rate/{i}") for i, r in enumerate(rate)]
    if len(path) < last:
        raise NamsaiError(error("appraisal.rate-path-short", "rate", given=len(path), needed=last))
    factors = [1.0]
    for r in path[:last]:
        factors.append(factors[-1] / (1.0 + r))
    return tuple(factors[first:])


def npv(rate: Rate, cashflows: Sequence[float], first_flow_at: int = 0) -> float:
    """Net present value: sum CF_t / (1+r)^t.

    Args: rate - per period [1] or a path of rates; cashflows [money]; first_flow_at - 0 when the first flow is today
    (undiscounted), 1 when it comes one period ahead (the convention of the spreadsheet function NPV). Returns [money].
    Errors: as `discount_factors`. Source: UNIDO, Manual for the Preparation of Industrial Feasibility Studies, 1991.

    >>> round(npv(0.05, [-15000, 1500, 2500, 3500, 4500, 6000]), 2)
    122.89
    """
    flows = finite(cashflows, "cashflows")
    return math.fsum(c * f for c, f in zip(flows, discount_factors(rate, len(flows), first_flow_at), strict=True))


def npv_profile(cashflows: Sequence[float], rates: Sequence[float]) -> tuple[float, ...]:
    """Net present values at several rates.

    Args: cashflows [money], first one today; rates [1]. Returns [money] for each rate.

    >>> [round(v, 2) for v in npv_profile([-4, 3.5, 2.5, 1.5, 0.5, -0.5, -1.5, -2.5], [0, 0.1, 0.5])]
    [-0.5, 0.28, -0.36]
    """
    return tuple(npv(r, cashflows) for r in rates)


def crf(rate: float, years: float) -> float:
    """Capital recovery factor r(1+r)^n / ((1+r)^n - 1), its limit 1/n at r = 0.

    Args: rate - per period [1]; years - number of periods n > 0. Returns [1/period].
    Errors: ``appraisal.rate-too-low``, ``appraisal.no-periods``. Source: NIST Handbook 135.

    >>> round(crf(0.1, 10), 9)
    0.162745395
    """
    return 1.0 / upv(rate, years)


def upv(rate: float, years: float) -> float:
    """Uniform present value factor (1 - (1+r)^-n) / r, its limit n at r = 0.

    Args: rate - per period [1]; years - number of periods n > 0. Returns [period]. Errors and source: as `crf`.

    >>> round(upv(0.1, 10), 9)
    6.144567106
    """
    check_rate(rate)
    if not (math.isfinite(years) and years > 0):
        raise NamsaiError(error("appraisal.no-periods", "n", value=str(years)))
    if rate == 0:
        return float(years)
    return -math.expm1(-years * math.log1p(rate)) / rate


def spv(rate: float, years: float) -> float:
    """Single present value factor (1+r)^-n.

    Args: rate - per period [1]; years - periods n. Returns [1].

    >>> round(spv(0.1, 10), 9)
    0.385543289
    """
    return float((1.0 + check_rate(rate)) ** -years)


def year_fractions(dates: Sequence[str], cashflows: Sequence[float]) -> tuple[float, ...]:
    """Years from the first date to each date by actual days / 365.

    Args: dates - ISO dates, one per flow, none before the first; cashflows [money]. Returns [year].
    Errors: ``appraisal.dates-differ`` (counts), ``appraisal.bad-date``, ``appraisal.date-before-first``.
    """
    if len(dates) != len(cashflows):
        raise NamsaiError(error("appraisal.dates-differ", "dates", dates=len(dates), flows=len(cashflows)))
    days, wrong = [], []
    for i, text in enumerate(dates):
        try:
            days.append(date.fromisoformat(text).toordinal())
        except (TypeError, ValueError):
            wrong.append(error("appraisal.bad-date", f"dates/{i}", value=str(text)))
    if not wrong:
        early = [i for i, day in enumerate(days) if day < days[0]]
        wrong = [error("appraisal.date-before-first", f"dates/{i}", value=dates[i], first=dates[0]) for i in early]
    if wrong:
        raise NamsaiError(*wrong)
    return tuple((day - days[0]) / 365.0 for day in days)


def xnpv(rate: float, dates: Sequence[str], cashflows: Sequence[float]) -> float:
    """Net present value of dated flows: sum CF_i / (1+r)^(days_i/365).

    Args: rate - per year [1]; dates - ISO dates; cashflows [money]. Returns [money] on the first date.
    Errors: as `year_fractions`. Source: Microsoft Excel documentation of XNPV (actual/365).

    >>> days = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]
    >>> round(xnpv(0.09, days, [-10000, 2750, 4250, 3250, 2750]), 4)
    2086.6476
    """
    flows = finite(cashflows, "cashflows")
    base = 1.0 + check_rate(rate)
    return math.fsum(c * base**-t for c, t in zip(flows, year_fractions(dates, flows), strict=True))
