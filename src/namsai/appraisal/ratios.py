"""Ratios and costs per unit: profitability, benefits to costs, a saved unit, a year, a life cycle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from namsai.appraisal.discounting import Rate, crf, npv, spv, upv
from namsai.findings import NamsaiError, error


def _divided(top: float, bottom: float) -> float | None:
    return top / bottom if bottom != 0 else None


def benefit_cost_ratio(rate: Rate, benefits: Sequence[float], costs: Sequence[float]) -> float | None:
    """Benefit-cost ratio PV(benefits) / PV(costs); None when the costs are worth nothing.

    Args: rate - per period [1]; benefits, costs [money], both as positive amounts, first one today. Returns [1].
    Errors: as `npv`. Source: UNIDO manual 1991.

    >>> round(benefit_cost_ratio(0.08, [0, 500, 600], [1000, 200, 200]) or 0, 9)
    0.720424671
    """
    return _divided(npv(rate, benefits), npv(rate, costs))


@dataclass(frozen=True, slots=True)
class Profitability:
    """Net present value, present value of the investment, their ratio NPVR and the index PI = 1 + NPVR."""

    npv: float
    pv_investment: float
    npvr: float | None
    pi: float | None


def profitability_index(rate: Rate, cashflows: Sequence[float], investment: Sequence[float]) -> Profitability:
    """Profitability index 1 + NPV / PV(I). Ranks only independent, divisible projects under one single budget.

    Args: rate - per period [1]; cashflows - net flows [money]; investment - outlays as positive amounts [money].
    Returns Profitability; ratios None without investment. Errors: as `npv`. Source: UNIDO manual 1991.

    >>> round(profitability_index(0.1, [-1000, 300, 400, 500, 200], [1000, 0, 0, 0, 0]).pi or 0, 9)
    1.115565877
    """
    value, outlay = npv(rate, cashflows), npv(rate, investment)
    ratio = _divided(value, outlay)
    return Profitability(value, outlay, ratio, None if ratio is None else 1 + ratio)


def saved_unit_cost(rate: float, life: float, investment: float, om_per_year: float, annual_saving: float) -> float:
    """Levelised cost of a saved unit for a constant saving: (I * CRF + O&M) / q.

    Args: rate - per year [1]; life [year]; investment [money]; om_per_year - running cost [money/year], co-benefits
    negative; annual_saving q > 0 [unit/year]. Returns [money/unit]. Errors: ``appraisal.no-saving``, as `crf`. Source:
    Meier 1982.

    >>> round(saved_unit_cost(0.1, 10, 24000, 500, 120000), 6)
    0.036716
    """
    if not annual_saving > 0:
        raise NamsaiError(error("appraisal.no-saving", "annual_saving", value=annual_saving))
    return (investment * crf(rate, life) + om_per_year) / annual_saving


def saved_unit_cost_of_path(rate: Rate, costs: Sequence[float], savings: Sequence[float]) -> float:
    """Levelised cost of a saved unit for any course: PV(costs) / PV(physical savings).

    Args: rate - per year [1]; costs [money]; savings [unit], both from today on. Returns [money/unit].
    Errors: ``appraisal.no-saving``, as `npv`. Source: Meier 1982.

    >>> round(saved_unit_cost_of_path(0.1, [24000, 500, 500], [0, 120000, 116400]), 6)
    0.121135
    """
    units = npv(rate, savings)
    if not units > 0:
        raise NamsaiError(error("appraisal.no-saving", "savings", value=units))
    return npv(rate, costs) / units


def equivalent_annual_cost(rate: float, investment: float, life: float, om: float) -> float:
    """Equivalent annual cost I * CRF(r, life) + O&M: the fair comparison of machines with unequal lives.

    Args: rate - per year [1]; investment [money]; life [year]; om - running cost [money/year]. Returns [money/year].
    Errors: as `crf`. Source: NIST Handbook 135.

    >>> round(equivalent_annual_cost(0.1, 10000, 3, 2000), 2)
    6021.15
    """
    return investment * crf(rate, life) + om


@dataclass(frozen=True, slots=True)
class LifeCycle:
    """Life-cycle costs of two alternatives, net savings, savings-to-investment ratio, adjusted rate of return."""

    base: float
    alternative: float
    net_savings: float
    sir: float | None
    airr: float | None


def life_cycle_cost(rate: float, years: float, base: Mapping[str, float], alt: Mapping[str, float]) -> LifeCycle:
    """Life-cycle cost I + (E + OM) UPV - RV SPV of two alternatives, with SIR and AIRR = (1+r) SIR^(1/N) - 1.

    Args: rate - per year [1]; years N; base, alt - investment [money], energy and om [money/year], replacement (present
    value) and residual [money at the end]; what is not named is 0. Returns LifeCycle; sir and airr None without extra
    investment.
    Errors: as `upv`. Source: NIST Handbook 135.

    >>> plain = {"investment": 20000, "energy": 8000, "om": 500}
    >>> better = {"investment": 30000, "energy": 5500, "om": 700, "residual": 4000}
    >>> round(life_cycle_cost(0.03, 15, plain, better).net_savings, 2)
    20024.7
    """
    annual, final = upv(rate, years), spv(rate, years)

    def capital(a: Mapping[str, float]) -> float:
        return a.get("investment", 0.0) + a.get("replacement", 0.0) - a.get("residual", 0.0) * final

    def running(a: Mapping[str, float]) -> float:
        return (a.get("energy", 0.0) + a.get("om", 0.0)) * annual

    extra, saved = capital(alt) - capital(base), running(base) - running(alt)
    sir = saved / extra if extra > 0 else None
    airr = (1 + rate) * sir ** (1 / years) - 1 if sir is not None and sir > 0 else None
    first, second = capital(base) + running(base), capital(alt) + running(alt)
    return LifeCycle(first, second, first - second, sir, airr)


def coverage(variable_margin: Sequence[float], fixed_costs: Sequence[float]) -> tuple[float | None, ...]:
    """Coverage of fixed costs per period: variable margin / fixed costs; break-even where it passes 1.

    Args: variable_margin, fixed_costs [money], one per period. Returns [1], None where there are no fixed costs.
    Errors: ``appraisal.lengths-differ``. Source: UNIDO manual 1991, annex I.

    >>> [round(c or 0, 2) for c in coverage([3217, 4388], [3652, 3676])]
    [0.88, 1.19]
    """
    if len(variable_margin) != len(fixed_costs):
        raise NamsaiError(
            error("appraisal.lengths-differ", "fixed_costs", first=len(variable_margin), second=len(fixed_costs))
        )
    return tuple(_divided(m, f) for m, f in zip(variable_margin, fixed_costs, strict=True))


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of an abatement curve: name, net present value [money] and amount avoided [t]."""

    name: str
    npv: float
    amount: float


@dataclass(frozen=True, slots=True)
class AbatementStack:
    """Measures that pay (undominated first) and measures that cost, the latter by cost per unit."""

    cost_per_unit: dict[str, float]
    classic_order: tuple[str, ...]
    front: tuple[str, ...]  # pay for themselves; no other is better in money and in amount
    dominated: tuple[str, ...]
    costly: tuple[str, ...]  # by cost per unit


def abatement_stack(measures: Sequence[Measured]) -> AbatementStack:
    """Order measures: those that pay by Pareto dominance in money and amount, those that cost by cost per unit.

    Money per unit is no order for measures that pay: a small measure can stand before one that is better in both
    (Taylor 2012, Energy Policy 48:430). Args: measures with amount > 0. Returns AbatementStack (money per unit).
    Errors: ``appraisal.no-saving``.

    >>> abatement_stack([Measured("A", 5000, 100), Measured("C", 4000, 5)]).dominated
    ('C',)
    """
    bad = [m for m in measures if not m.amount > 0]
    if bad:
        raise NamsaiError(*(error("appraisal.no-saving", f"measures/{m.name}", value=m.amount) for m in bad))
    cost = {m.name: -m.npv / m.amount for m in measures}
    pays = [m for m in measures if m.npv >= 0]

    def beaten(m: Measured) -> bool:
        return any(
            o.npv >= m.npv and o.amount >= m.amount and (o.npv > m.npv or o.amount > m.amount)
            for o in pays
            if o is not m
        )

    front = sorted((m for m in pays if not beaten(m)), key=lambda m: (-m.amount, m.name))
    costly = sorted((m for m in measures if m.npv < 0), key=lambda m: (cost[m.name], m.name))
    return AbatementStack(
        cost,
        tuple(sorted(cost, key=lambda n: (cost[n], n))),
        tuple(m.name for m in front),
        tuple(sorted(m.name for m in pays if beaten(m))),
        tuple(m.name for m in costly),
    )
