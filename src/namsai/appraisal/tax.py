"""Tax: depreciation schedules, flows after tax, losses carried forward. Off by default: a rate must be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from namsai.appraisal.discounting import Rate, finite, npv
from namsai.findings import NamsaiError, error

Method = Literal["SL", "SYD", "DDB"]


def depreciation(method: Method, cost: float, life: int, salvage: float = 0.0) -> tuple[float, ...]:
    """Depreciation per year: straight line (SL), sum of the years' digits (SYD), double declining balance (DDB).

    Formula: SL (C-S)/n; SYD (C-S)(n-j+1)/(n(n+1)/2); DDB 2/n of the book value, never below the salvage value.
    Args: method; cost, salvage [money]; life n [year]. Returns [money/year] for each year; the sum never exceeds cost
    - salvage.
    Errors: ``appraisal.no-periods``, ``appraisal.unknown-method``. Source: Microsoft Excel documentation of SLN, SYD,
    DDB.

    >>> [round(d) for d in depreciation("DDB", 10000, 5, 1000)]
    [4000, 2400, 1440, 864, 296]
    """
    if life < 1:
        raise NamsaiError(error("appraisal.no-periods", "life", value=str(life)))
    if method == "SL":
        return ((cost - salvage) / life,) * life
    if method == "SYD":
        return tuple((cost - salvage) * (life - j) / (life * (life + 1) / 2) for j in range(life))
    if method == "DDB":
        book, rows = float(cost), []
        for _ in range(life):
            step = min(book * 2 / life, book - salvage)
            book -= step
            rows.append(step)
        return tuple(rows)
    raise NamsaiError(error("appraisal.unknown-method", "method", value=str(method)))


def depreciation_by_months(
    cost: float, life_months: int, first_year_months: int = 12, salvage_rate: float = 0.0, to_scrap: bool = True
) -> tuple[float, ...]:
    """Straight-line depreciation with a partial first year, to the scrap value or to zero (the rules of COMFAR III).

    Args: cost [money]; life_months, first_year_months [month]; salvage_rate [1] of the cost; to_scrap - False ignores
    the scrap value. Returns [money/year] by calendar year. Errors: ``appraisal.no-periods``. Source: COMFAR III,
    section XI.H.

    >>> depreciation_by_months(2750e9, 66, 6, 0.1)[:2]
    (225000000000.0, 450000000000.0)
    """
    if life_months < 1 or not 1 <= first_year_months <= 12:
        raise NamsaiError(error("appraisal.no-periods", "life_months", value=str(life_months)))
    per_month = cost * (1 - salvage_rate if to_scrap else 1) / life_months
    rows, left, months = [], life_months, first_year_months
    while left > 0:
        step = min(months, left)
        rows.append(per_month * step)
        left, months = left - step, 12
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class AfterTax:
    """Flows after tax and the present value of the tax shield of depreciation (None without a discount rate)."""

    cashflows: tuple[float, ...]
    depreciation: tuple[float, ...]
    npv: float | None
    pv_tax_shield: float | None


def after_tax(
    investment: float,
    annual_saving: Sequence[float],
    tax_rate: float,
    written_off: Sequence[float],
    rate: Rate | None = None,
) -> AfterTax:
    """Flows after profit tax of a firm with other profits: (S - D)(1 - T) + D; the shield is worth T sum D_t/(1+r)^t.

    Args: investment - today [money]; annual_saving S of each year [money]; tax_rate T [1]; written_off - depreciation
    D of each year [money]; rate - discount rate [1] or None. Returns AfterTax. Errors: ``appraisal.not-finite``.
    Source: UNEP, Profiting from Cleaner Production.

    >>> round(after_tax(50000, [16000] * 5, 0.2, depreciation("SL", 50000, 5), 0.12).npv or 0, 2)
    3350.69
    """
    savings = finite(annual_saving, "annual_saving")
    spread = [*written_off, *[0.0] * (len(savings) - len(written_off))][: len(savings)]
    flows = (-float(investment), *((s - d) * (1 - tax_rate) + d for s, d in zip(savings, spread, strict=True)))
    if rate is None:
        return AfterTax(flows, tuple(spread), None, None)
    return AfterTax(flows, tuple(spread), npv(rate, flows), npv(rate, [0.0, *(tax_rate * d for d in spread)]))


@dataclass(frozen=True, slots=True)
class TaxBill:
    """Tax and taxable profit per year, and the loss that expired unused."""

    tax: tuple[float, ...]
    taxable: tuple[float, ...]
    expired: float


def loss_carried_forward(pre_tax_profit: Sequence[float], tax_rate: float, carry_forward_years: int) -> TaxBill:
    """Profit tax when losses are set against the profits of the following years, oldest first, until they expire.

    Args: pre_tax_profit [money/year]; tax_rate [1]; carry_forward_years - years a loss may be used after it arose.
    Returns TaxBill [money/year]. Errors: as `npv`. Source: Lao income tax law as summarised by PwC (5 years), rule
    generic.

    >>> loss_carried_forward([-500, 200, 200, 400], 0.2, 3).tax
    (0.0, 0.0, 0.0, 60.0)
    """
    losses: list[list[float]] = []  # year, amount left
    taxable, expired = [], 0.0
    for year, profit in enumerate(finite(pre_tax_profit, "pre_tax_profit")):
        expired += sum(left for since, left in losses if year - since > carry_forward_years)
        losses = [item for item in losses if year - item[0] <= carry_forward_years]
        if profit < 0:
            losses.append([year, -profit])
        rest = max(profit, 0.0)
        for item in losses:
            used = min(item[1], rest)
            item[1] -= used
            rest -= used
        taxable.append(rest)
    return TaxBill(tuple(t * tax_rate for t in taxable), tuple(taxable), expired)
