"""The two doors of the room: `reconcile` for numbers, `balance` for a plant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from namsai.balance.bounded import needs_bounds, solve_bounded
from namsai.balance.gross_errors import examine
from namsai.balance.layers import Equations, equations
from namsai.balance.linear import solve_linear
from namsai.balance.matrices import Bools, Floats, rows_of
from namsai.balance.model import Balance, BalancedStream
from namsai.balance.problem import Problem, Solution, make_problem
from namsai.balance.verdict import gaps, suspects, verdict
from namsai.plant.amounts import Plant
from namsai.plant.fields import Source

if TYPE_CHECKING:
    from namsai.knowhow import KnowHow


def solve(problem: Problem, *, spread: bool = True) -> Solution:
    """Return the reconciled solution of a problem, with bounds where they matter. Args: problem; spread - also sd
    and tests."""
    free = solve_linear(problem, spread=spread)
    return solve_bounded(problem, free) if needs_bounds(problem, free) else free


def reconcile(
    A: Any,
    y: Sequence[float | None] | Floats,
    *,
    sd: Sequence[float | None] | Floats | None = None,
    variance: Sequence[float | None] | Floats | None = None,
    covariance: Any = None,
    b: Sequence[float] | Floats | None = None,
    nonneg: bool | Bools = True,
    spread: bool = True,
) -> Solution:
    """Adjust measured values as little as their uncertainty allows so that every balance A x = b closes.

    Formula: minimise (x - y)' S^-1 (x - y) subject to A x = b, x >= 0. Args: A - [m, n] coefficients; y - [n] measured
    values, None = unmeasured; one of sd [n], variance [n], covariance [n, n], in units of y (0 = exact); b - [m],
    default 0;
    nonneg - bool or [n]; spread - also compute sd and test statistics. Returns Solution (x, sd in units of y).
    Errors: ``balance.shape``, ``balance.no-uncertainty``, ``balance.bad-uncertainty``. Valid for linear balances.
    Source: Crowe 1983; Narasimhan & Jordache 2000.

    >>> s = reconcile([[1, -1, -1]], [101.0, 60.0, 40.0], sd=[1.0, 1.0, 1.0])
    >>> [round(float(v), 4) for v in s.x], round(s.objective, 4), s.degrees
    ([100.6667, 60.3333, 40.3333], 0.3333, 1)
    """
    problem = make_problem(A, y, sd=sd, variance=variance, covariance=covariance, b=b, nonneg=nonneg)
    return solve(problem, spread=spread)


def _defaults(plant: Plant, knowhow: KnowHow | Mapping[str, float]) -> dict[str, float]:
    """Return the default uncertainty in % of each source that the case needs."""
    needed = {str(s.amount.source) for s in plant.case.streams if s.amount is not None and s.amount.uncertainty is None}
    if isinstance(knowhow, Mapping):
        return {k: float(knowhow[k]) for k in needed if k in knowhow}
    out: dict[str, float] = {}
    for source in Source:
        if str(source) in needed:
            factor = knowhow.default_uncertainty(str(source))
            if factor is not None and factor.value is not None:
                out[str(source)] = float(factor.value)
    return out


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _streams(made: Equations, solution: Solution) -> tuple[BalancedStream, ...]:
    problem, red = solution.problem, solution.reduction
    by: dict[int, tuple[str, ...]] = {}
    for stream, (rows, _) in zip(red.recovered.tolist(), rows_of(red.recover), strict=True):
        by[stream] = tuple(dict.fromkeys(made.rows[r].process for r in rows))
    sd = np.where(problem.measured, np.sqrt(np.nan_to_num(problem.variance)), np.nan)
    return tuple(
        BalancedStream(
            id=s.id,
            source=s.from_,
            target=s.to,
            material=s.material,
            unit=made.units[j],
            measured=_number(problem.y[j]),
            measured_sd=_number(sd[j]),
            value=_number(solution.x[j]),
            sd=_number(solution.sd[j]),
            observable=bool(solution.observable[j]),
            redundant=bool(solution.redundant[j]),
            determined_by=by.get(j, ()),
        )
        for j, s in enumerate(made.streams)
    )


def balance(plant: Plant, knowhow: KnowHow | Mapping[str, float]) -> Balance:
    """Reconcile the streams of a plant over all layers that its processes must close, and say what does not fit.

    Args: plant; knowhow - the know-how (for the default uncertainty of a source), or a mapping source -> expanded
    uncertainty
    in %. Returns Balance; values in base units (kg, J, m3, m2, m, piece), sd with k = 1. Findings say what was left
    out.
    Source: VDI 2048 for the tests.
    """
    made = equations(plant, _defaults(plant, knowhow))
    solution = solve(made.problem)
    tests = examine(solution)
    gap_list = gaps(made)
    suspect_list = suspects(made, tests)
    closes = not solution.contradictions and (solution.degrees == 0 or solution.objective <= tests.critical)
    if solution.negative and not solution.bounded:
        closes = False
    found = made.findings + verdict(made, solution, tests, gap_list, suspect_list, closes)
    return Balance(
        streams=_streams(made, solution),
        layers=made.layers,
        gaps=gap_list,
        objective=solution.objective,
        degrees=solution.degrees,
        critical=tests.critical,
        closes=closes,
        suspects=suspect_list,
        findings=found,
    )
