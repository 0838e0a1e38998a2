"""Financing: loans, the owner's view with grant and loan, debt service cover, weighted cost of capital."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from namsai.appraisal.discounting import crf, npv
from namsai.findings import NamsaiError, error


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan paid back in equal payments at the end of each period."""

    payment: float
    total_interest: float
    interest_first: float
    schedule: tuple[tuple[float, float, float], ...]  # interest, repayment, balance left, per period


def annuity_loan(principal: float, rate: float, periods: int) -> Loan:
    """Equal payments P * CRF(i, n) of a loan, with its schedule.

    Args: principal [money]; rate - per payment period [1]; periods - number of payments. Returns Loan [money].
    Errors: as `crf`. Source: annuity formula.

    >>> round(annuity_loan(100000, 0.10 / 12, 36).payment, 4)
    3226.7187
    """
    payment = principal * crf(rate, periods)
    balance, rows = float(principal), []
    for _ in range(periods):
        interest = balance * rate
        balance -= payment - interest
        rows.append((interest, payment - interest, balance))
    return Loan(payment, payment * periods - principal, principal * rate, tuple(rows))


@dataclass(frozen=True, slots=True)
class Equity:
    """The owner's flows and their value, beside the yearly payment of the loan."""

    annuity: float
    flows: tuple[float, ...]
    npv: float


def financed(
    investment: float,
    annual_saving: float,
    years: int,
    equity_rate: float,
    grant_share: float = 0.0,
    loan_share: float = 0.0,
    loan_rate: float = 0.0,
    loan_years: int = 1,
) -> Equity:
    """The flow of the owner's own money when a grant and a loan carry part of the investment (before tax).

    Formula: CF_0 = -I (1 - grant - loan); CF_t = saving - annuity while the loan runs.
    Args: investment [money]; annual_saving [money/year]; years; equity_rate, loan_rate - per year [1]; shares 0..1.
    Returns Equity [money]. Errors: ``appraisal.shares-above-one``, as `crf`. Source: UNIDO manual 1991 (equity view).

    >>> round(financed(100000, 30000, 6, 0.15, 0.2, 0.5, 0.09, 4).npv, 2)
    39472.36
    """
    if min(grant_share, loan_share) < 0 or grant_share + loan_share > 1:
        raise NamsaiError(error("appraisal.shares-above-one", "loan_share", value=grant_share + loan_share))
    annuity = investment * loan_share * crf(loan_rate, loan_years)
    flows = [-investment * (1 - grant_share - loan_share)]
    flows += [annual_saving - (annuity if year <= loan_years else 0.0) for year in range(1, years + 1)]
    return Equity(annuity, tuple(flows), npv(equity_rate, flows))


def debt_service_cover(
    surplus_after_debt: Sequence[float],
    repayment: Sequence[float],
    interest: Sequence[float],
    fees: Sequence[float] = (),
) -> tuple[float | None, ...]:
    """Debt service cover ratio per year: (surplus after debt service + debt service) / debt service.

    Args: all [money/year], one per year (no fees = 0). Returns [1], None in a year without debt service.
    Errors: ``appraisal.lengths-differ``. Source: COMFAR III.

    >>> [round(d or 0, 4) for d in debt_service_cover([50, -20], [100, 100], [40, 30], [10, 0])]
    [1.3333, 0.8462]
    """
    fees = fees or [0.0] * len(repayment)
    if len({len(surplus_after_debt), len(repayment), len(interest), len(fees)}) > 1:
        raise NamsaiError(
            error("appraisal.lengths-differ", "repayment", first=len(surplus_after_debt), second=len(repayment))
        )
    found: list[float | None] = []
    for left, back, paid, fee in zip(surplus_after_debt, repayment, interest, fees, strict=True):
        service = back + paid + fee
        found.append((left + service) / service if service else None)
    return tuple(found)


def wacc(equity: float, cost_equity: float, debt: Sequence[tuple[float, float]], tax: float = 0.0) -> float:
    """Weighted average cost of capital (E k_e + sum D k_d (1 - T)) / (E + sum D).

    Args: equity [money]; cost_equity [1]; debt - (amount [money], rate [1]) of each loan; tax - rate T [1]. Returns
    [1].
    Errors: ``appraisal.no-capital``. Source: Modigliani and Miller 1963.

    >>> round(wacc(3.6e12, 0.32, [(2.8e12, 0.18), (1.9e12, 0.23)], 0.25), 9)
    0.223825301
    """
    capital = equity + sum(amount for amount, _ in debt)
    if not capital > 0:
        raise NamsaiError(error("appraisal.no-capital", "equity", value=capital))
    return (equity * cost_equity + sum(amount * rate for amount, rate in debt) * (1 - tax)) / capital
