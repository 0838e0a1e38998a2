"""Rates of return: all internal rates with proof, the modified rate, rates of dated flows, the rate of a difference."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from namsai.appraisal.discounting import check_rate, finite, npv, year_fractions
from namsai.appraisal.model import RateSet
from namsai.appraisal.polynomial import positive_roots, to_integers
from namsai.findings import NamsaiError, error

UNDEFINED = RateSet((), (), "undefined", None)


def irr(cashflows: Sequence[float]) -> RateSet:
    """All real internal rates of return r > -1 with NPV(r) = 0, complete and proven, with their multiplicity.

    Formula: sum CF_t x^(n-t) = 0 with x = 1 + r; Descartes' rule of signs and exact bisection in integers.
    Args: cashflows [money], one per period, the first one today; each amount is read as the decimal it is written as.
    Returns RateSet, rates per period [1]: verdict unique, multiple (no rate is preferred), none, undefined (all flows
    zero).
    Errors: ``appraisal.empty-flow``, ``appraisal.not-finite``. Source: Norstrom 1972; Collins and Akritas 1976.

    >>> irr([-100, 230, -132]).rates, irr([-100, 230, -132]).verdict
    ((0.1, 0.2), 'multiple')
    >>> irr([1000, -3000, 2500]).verdict
    'none'
    """
    flows = finite(cashflows, "cashflows")
    if not any(flows):
        return UNDEFINED
    numbers = to_integers(flows)
    while numbers[-1] == 0:
        numbers.pop()
    found = [(_rate(x), m) for x, m in positive_roots(numbers)]
    sign = 1 if numbers[-1] > 0 else -1  # near r = -1 the last flow decides
    signs = [sign]
    for _, multiplicity in found:
        signs.append(signs[-1] * (-1) ** multiplicity)
    return _rate_set(found, tuple(signs) if found else (sign,))


def _rate(x: float) -> float:
    return round(x - 1.0, 15) if x > 0.5 else x - 1.0


def _rate_set(found: Sequence[tuple[float, int]], signs: tuple[int, ...] = ()) -> RateSet:
    rates = tuple(r for r, _ in found)
    verdict = "none" if not rates else "unique" if len(rates) == 1 else "multiple"
    return RateSet(rates, tuple(m for _, m in found), verdict, rates[0] if len(rates) == 1 else None, signs)


def mirr(cashflows: Sequence[float], finance_rate: float, reinvest_rate: float) -> float | None:
    """Modified internal rate of return: (FV of inflows / PV of outflows)^(1/n) - 1; None without either.

    Formula: (sum_{CF>0} CF_t (1+k_re)^(n-t) / -sum_{CF<0} CF_t (1+k_f)^-t)^(1/n) - 1.
    Args: cashflows [money], the first one today; finance_rate, reinvest_rate - per period [1]. Returns [1] per period.
    Errors: as `npv`. Source: Microsoft Excel documentation of MIRR; UNIDO manual 1991.

    >>> round(mirr([-120000, 39000, 30000, 21000, 37000, 46000], 0.10, 0.12) or 0, 6)
    0.126094
    """
    flows = finite(cashflows, "cashflows")
    lend, borrow = 1 + check_rate(reinvest_rate, "reinvest_rate"), 1 + check_rate(finance_rate, "finance_rate")
    n = len(flows) - 1
    gained = math.fsum(c * lend ** (n - t) for t, c in enumerate(flows) if c > 0)
    spent = -math.fsum(c * borrow**-t for t, c in enumerate(flows) if c < 0)
    if n == 0 or gained == 0 or spent == 0:
        return None
    return float((gained / spent) ** (1 / n) - 1)


def xirr(dates: Sequence[str], cashflows: Sequence[float]) -> RateSet:
    """All internal rates of return of dated flows: sum CF_i / (1+r)^(days_i/365) = 0.

    Between the roots of its derivative (each term divided by the first power, so one term fewer) such a sum is
    monotonic: all roots are bracketed. The evaluation is in floats, so roots that nearly touch may be missed.
    Args: dates - ISO dates; cashflows [money]. Returns RateSet, rates per year [1]. Errors: as `year_fractions`.
    Source: Microsoft Excel documentation of XIRR (actual/365).

    >>> days = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]
    >>> round(xirr(days, [-10000, 2750, 4250, 3250, 2750]).rates[0], 8)
    0.37336253
    """
    flows = finite(cashflows, "cashflows")
    terms: dict[float, float] = {}
    for t, c in zip(year_fractions(dates, flows), flows, strict=True):
        terms[t] = terms.get(t, 0.0) + c
    live = sorted((t, c) for t, c in terms.items() if c)
    if not live:
        return UNDEFINED
    return _rate_set([(math.expm1(-u), 1) for u in reversed(_exponential_roots(live))])


def _exponential_roots(terms: Sequence[tuple[float, float]]) -> list[float]:
    """Roots u = -ln(1+r) of sum c exp(t u), t ascending, by brackets between the roots of the reduced derivative."""
    if sum((a[1] > 0) != (b[1] > 0) for a, b in pairwise(terms)) == 0:
        return []
    first = terms[0][0]
    reduced = [(t - first, c * (t - first)) for t, c in terms[1:]]
    edges = [-_LARGE, *_exponential_roots(reduced), _LARGE]
    found: list[float] = []
    for low, high in pairwise(edges):
        left, right = _sign(terms, low), _sign(terms, high)
        if left * right >= 0:
            continue
        for _ in range(200):
            middle = (low + high) / 2
            if _sign(terms, middle) == left:
                low = middle
            else:
                high = middle
        found.append((low + high) / 2)
    return found


_LARGE = 700.0


def _sign(terms: Sequence[tuple[float, float]], u: float) -> int:
    top = max(t * u for t, _ in terms)
    value = math.fsum(c * math.exp(t * u - top) for t, c in terms)
    return (value > 0) - (value < 0)


def difference(first: Sequence[float], second: Sequence[float]) -> tuple[float, ...]:
    """The flow of going from the first to the second alternative: CF2 - CF1.

    Args: first, second - flows [money] of the same length. Returns [money]. Errors: ``appraisal.lengths-differ``.
    """
    if len(first) != len(second):
        raise NamsaiError(error("appraisal.lengths-differ", "B", first=len(first), second=len(second)))
    return tuple(b - a for a, b in zip(finite(first, "A"), finite(second, "B"), strict=True))


def choose_by_increment(first: Sequence[float], second: Sequence[float], hurdle: float) -> tuple[RateSet, str]:
    """The internal rates of the difference of two alternatives and the better one at the hurdle rate.

    Args: first (A), second (B) - flows [money]; hurdle - rate wanted [1]. Returns the rates of B - A and the choice.
    Ranking by IRR alone can choose wrongly when sizes differ; the choice is by NPV. Source: Fisher 1930.

    >>> rates, choice = choose_by_increment([-100, 130], [-1000, 1220], 0.10)
    >>> round(rates.rates[0], 6), choice
    (0.211111, 'B')
    """
    gap = difference(first, second)
    return irr(gap), "B" if npv(hurdle, gap) > 0 else "A"
