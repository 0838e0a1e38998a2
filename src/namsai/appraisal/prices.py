"""Prices over time: real and nominal rates and flows, price escalation, exchange-rate paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from namsai.appraisal.discounting import check_rate, finite, npv
from namsai.appraisal.model import RateSet
from namsai.appraisal.returns import irr
from namsai.findings import NamsaiError, error


def real_rate(nominal: float, inflation: float) -> float:
    """Real rate (1+i)/(1+p) - 1 (subtracting the inflation is only an approximation).

    Args: nominal, inflation - per year [1]. Returns [1]. Errors: ``appraisal.rate-too-low``. Source: Fisher 1930.

    >>> round(real_rate(0.18, 0.10), 6)
    0.072727
    """
    return (1 + check_rate(nominal, "nominal")) / (1 + check_rate(inflation, "inflation")) - 1


def nominal_rate(real: float, inflation: float) -> float:
    """Nominal rate (1+r)(1+p) - 1.

    Args: real, inflation - per year [1]. Returns [1]. Errors and source: as `real_rate`.

    >>> round(nominal_rate(0.08, 0.10), 6)
    0.188
    """
    return (1 + check_rate(real, "real")) * (1 + check_rate(inflation, "inflation")) - 1


def nominal_flows(real_cashflows: Sequence[float], inflation: float) -> tuple[float, ...]:
    """Nominal flows CF_t (1+p)^t.

    Args: real_cashflows - in prices of today [money]; inflation - per period [1]. Returns [money of each period].

    >>> [round(v, 1) for v in nominal_flows([-1000, 400, 400], 0.1)]
    [-1000.0, 440.0, 484.0]
    """
    growth = 1 + check_rate(inflation, "inflation")
    return tuple(c * growth**t for t, c in enumerate(finite(real_cashflows, "real_cashflows")))


def escalation(
    inflation: Sequence[float],
    escalation_rate: float,
    first_year_periods: int = 1,
    mode: Literal["multiplicative", "additive"] = "multiplicative",
) -> tuple[float, ...]:
    """Price factors of a good whose price rises faster (or slower) than inflation, F_0 = 1 before the first year.

    Formula: F_j = F_(j-1) (1+p_j)(1+e_j) (exact), or F_(j-1) (1 + p_j + e_j) (additive in the year, COMFAR III);
    e_1 = (1+e)^k - 1 when the price is k years old in the first year, e_j = e afterwards.
    Args: inflation - per year [1]; escalation_rate - e [1]; first_year_periods - k [year]; mode. Returns the factors
    [1] at the end of each year. Errors: ``appraisal.rate-too-low``. Source: COMFAR III, section XI.

    >>> [round(f, 6) for f in escalation([0.35, 0.32], 0.03, 2, "additive")]
    [1.4109, 1.904715]
    """
    factors, level = [], 1.0
    for year, p in enumerate(inflation):
        e = escalation_rate if year else (1 + escalation_rate) ** first_year_periods - 1
        step = p + e if mode == "additive" else (1 + p) * (1 + e) - 1
        level *= 1 + check_rate(step, f"inflation/{year}")
        factors.append(level)
    return tuple(factors)


def exchange_path(
    initial: float, local_inflation: Sequence[float], foreign_inflation: Sequence[float]
) -> tuple[float, ...]:
    """Exchange rates that follow the difference of inflation: ER_j = ER_(j-1) (1+p_local)/(1+p_foreign).

    Args: initial - local money per foreign money in the first year; inflations - per year [1], of the first year on.
    Returns one rate per year (the inflation of a year moves the rate of the next one). Errors:
    ``appraisal.lengths-differ``, ``appraisal.rate-too-low``.
    Source: COMFAR III, relative inflation.

    >>> [round(r) for r in exchange_path(615000, [0.35, 0.32], [0.03, 0.025])]
    [615000, 806068]
    """
    if len(local_inflation) != len(foreign_inflation):
        raise NamsaiError(
            error(
                "appraisal.lengths-differ",
                "foreign_inflation",
                first=len(local_inflation),
                second=len(foreign_inflation),
            )
        )
    rates, level = [float(initial)], float(initial)
    pairs = list(zip(local_inflation, foreign_inflation, strict=True))[:-1]
    for year, (local, foreign) in enumerate(pairs):
        level *= (1 + check_rate(local, f"local_inflation/{year}")) / (
            1 + check_rate(foreign, f"foreign_inflation/{year}")
        )
        rates.append(level)
    return tuple(rates)


@dataclass(frozen=True, slots=True)
class TwoCurrencies:
    """One project seen in two currencies: the values agree at the spot rate, the internal rates do not."""

    rate_local: float
    npv_foreign: float
    npv_local: float
    npv_local_over_spot: float
    irr_foreign: RateSet
    irr_local: RateSet


def two_currencies(
    cashflows: Sequence[float], spot: float, local_inflation: float, foreign_inflation: float, rate: float
) -> TwoCurrencies:
    """Value a flow in foreign money also in local money, with the parity path of the exchange rate and the parity rate.

    Args: cashflows - foreign money, first one today; spot - local per foreign money; inflations - per period [1];
    rate - discount rate in foreign money [1]. Returns TwoCurrencies. Errors: as `npv`. Source: purchasing power parity.

    >>> both = two_currencies([-10000, 3500, 3500, 3500, 3500], 21500, 0.12, 0.03, 0.10)
    >>> round(both.npv_foreign, 2), round(both.npv_local_over_spot, 2)
    (1094.53, 1094.53)
    """
    growth = (1 + check_rate(local_inflation, "infl_local")) / (1 + check_rate(foreign_inflation, "infl_foreign"))
    local = [c * spot * growth**t for t, c in enumerate(finite(cashflows, "cashflows"))]
    rate_local = (1 + check_rate(rate)) * growth - 1
    value = npv(rate_local, local)
    return TwoCurrencies(rate_local, npv(rate, cashflows), value, value / spot, irr(cashflows), irr(local))
