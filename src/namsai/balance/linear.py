"""Linear reconciliation without bounds: dual form, never inverts S, so exact and fully correlated data are welcome."""

from __future__ import annotations

import numpy as np

from namsai.balance.elimination import reduce_general
from namsai.balance.factor import Factor, factor
from namsai.balance.graph import ends, reduce_graph
from namsai.balance.matrices import (
    Bools,
    Floats,
    Ints,
    Table,
    cleaned,
    row_sums_of_products,
    rows_of,
    scale_columns,
    used_columns,
)
from namsai.balance.problem import Problem, Reduction, Solution


def reduce(problem: Problem, method: str = "") -> Reduction:
    """Return the balances without unmeasured streams. Args: method - "" (choose), "graph" or "elimination"."""
    at = ends(problem) if method in ("", "graph") else None
    return reduce_general(problem) if at is None else reduce_graph(problem, at)


def _contradictions(reduction: Reduction, problem: Problem, known: Table) -> tuple[tuple[tuple[int, ...], float], ...]:
    """Return the balances of exact data alone that do not close."""
    checks = reduction.checks
    if checks.shape[0] == 0:
        return ()
    y = np.where(problem.measured, problem.y, 0.0)
    terms = abs(known) @ np.abs(y) + np.abs(problem.b)
    left = checks @ (known @ y - problem.b)
    limit = 1e-9 * (abs(checks) @ terms)
    bad = np.flatnonzero(np.abs(left) > limit)
    rows = rows_of(checks)
    return tuple((rows[i][0], float(left[i])) for i in bad.tolist())


def _variances(
    problem: Problem, reduced: Table, link: Table, v: Factor, weights: Floats, crossed: Floats, recovered: Ints
) -> Floats:
    """Return the posterior variances: measured s - s^2 w, recovered E S E' - (E S G') V^-1 (G S E').

    `link` E [q, n] makes the recovered streams of the measured ones; `crossed` [q] is the second term.
    """
    n = problem.shape[1]
    out = np.full(n, np.nan)
    known = problem.measured
    if problem.covariance is not None:
        full = problem.covariance
        carried = reduced @ full
        posterior = full - carried.T @ v.solve(carried)
        out[known] = posterior.diagonal()[known]
        out[recovered] = row_sums_of_products(link @ posterior, link)
        return out
    s = np.where(known, problem.variance, 0.0)
    out[known] = (s * (1.0 - np.minimum(s * np.nan_to_num(weights), 1.0)))[known]
    out[recovered] = row_sums_of_products(scale_columns(link, s), link) - crossed
    return out


def solve_linear(
    problem: Problem, *, method: str = "", reduction: Reduction | None = None, spread: bool = True
) -> Solution:
    """Return the weighted least-squares solution of A x = b near y, without bounds.

    Formula: G = T A, r = G y - T b, lambda = (G S G')^-1 r, x = y - S G' lambda, objective = r' lambda.
    Args: problem; method - see `reduce`; reduction - when known; spread - False leaves out sd and weights (NaN), for
    speed.
    Returns Solution in the units of y. Source: Crowe 1983, Narasimhan & Jordache 2000.
    """
    red = reduction or reduce(problem, method)
    matrix = problem.matrix
    known = problem.measured
    held = scale_columns(matrix, known.astype(float))
    y = np.where(known, problem.y, 0.0)
    s: Floats = np.where(known, problem.variance, 0.0)
    reduced = cleaned(red.projector @ held, problem.scale)
    right = red.projector @ problem.b
    r = reduced @ y - right
    if problem.covariance is not None:
        carried = reduced @ problem.covariance  # G S
    else:
        carried = scale_columns(reduced, s)
    link = -(red.recover @ held)
    crossing = carried @ link.T if spread else reduced
    exact = reduced[:, np.flatnonzero(problem.exact)]
    v = factor(carried @ reduced.T, (crossing, exact, red.projector) if spread else ())
    multipliers = v.solve(r)
    x = y - carried.T @ multipliers
    again = v.solve(reduced @ x - right)  # one step of refinement, so that balances close to the last digit
    multipliers = multipliers + again
    x = x - carried.T @ again
    out = np.where(known, x, np.nan)
    out[red.recovered] = red.recover @ problem.b + link @ np.where(known, x, 0.0)
    redundant = known & used_columns(reduced)
    if red.checks.shape[0]:
        redundant |= problem.exact & used_columns(cleaned(red.checks @ held, problem.scale))
    n, m = problem.shape[1], problem.shape[0]
    weights, leak, sd = np.full(n, np.nan), np.full(m, np.nan), np.full(n, np.nan)
    if spread:
        weights[known], crossed, leak = v.forms(reduced[:, np.flatnonzero(known)], crossing, red.projector)
        leak[used_columns(red.checks)] = 0.0  # a balance that follows from others cannot lose anything alone
        sd = np.sqrt(np.maximum(_variances(problem, reduced, link, v, weights, crossed, red.recovered), 0.0))
    objective = max(float(r @ multipliers), 0.0)
    return Solution(
        problem=problem,
        reduction=red,
        x=out,
        sd=sd,
        objective=objective,
        equality_objective=objective,
        degrees=v.rank,
        redundant=_bools(redundant),
        adjustment=np.where(known, problem.y - out, np.nan),
        multipliers=np.asarray(red.projector.T @ multipliers),
        weights=weights,
        leak_weights=leak,
        negative=below_zero(problem, out),
        bounded=False,
        contradictions=_contradictions(red, problem, held),
    )


def _bools(mask: Bools) -> Bools:
    return np.asarray(mask, dtype=bool)


def flow_size(problem: Problem) -> float:
    """Return the largest known magnitude of the problem, for tolerances of rounding."""
    exact = float(np.abs(problem.b).max(initial=0.0))
    return max(float(np.nanmax(np.abs(problem.y), initial=0.0)), exact, 1e-300)


def below_zero(problem: Problem, x: Floats) -> tuple[int, ...]:
    """Return the bounded streams whose value is below zero by more than rounding."""
    limit = -1e-12 * flow_size(problem)
    return tuple(np.flatnonzero(problem.nonneg & ~problem.exact & (np.nan_to_num(x) < limit)).tolist())
