"""Reconciliation with x >= 0, used when the solution without bounds has a negative stream.

Streams at zero are pinned as exact data and the linear method is run again until the signs of values and multipliers
agree
(primal-dual active set, Hintermueller, Ito and Kunisch 2003); where that does not settle, Clarabel solves the quadratic
program and the streams it leaves at zero are pinned. Either way the result is verified.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from namsai.balance.graph import ends, reduce_graph
from namsai.balance.linear import flow_size, solve_linear
from namsai.balance.loops import Seen, blocked
from namsai.balance.matrices import Bools, Floats
from namsai.balance.problem import Problem, Solution

ROUNDS = 40
ALL_AT_ONCE = 4


def pinned(problem: Problem, at_zero: Bools) -> Problem:
    """Return the problem with some streams exactly zero."""
    return replace(
        problem,
        y=np.where(at_zero, 0.0, problem.y),
        variance=np.where(at_zero, 0.0, problem.variance),
        nonneg=problem.nonneg & ~at_zero,
    )


def _clarabel(matrix: Any, right: Floats, weight: Floats, lines: tuple[Any, Floats]) -> Floats | None:
    """Return z of least sum(weight z^2) with matrix z = right and offset + lines z >= 0, or None."""
    import clarabel
    from scipy.sparse import csc_array, diags_array, vstack

    n = matrix.shape[1]
    stacked = vstack([csc_array(matrix), csc_array(-lines[0])], format="csc")
    offset = np.concatenate([right, lines[1]])
    cones = [clarabel.ZeroConeT(matrix.shape[0]), clarabel.NonnegativeConeT(len(lines[1]))]
    for tolerance in (1e-9, 1e-7, 1e-5):
        settings = clarabel.DefaultSettings()
        settings.verbose = False
        settings.max_threads = 1
        settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = tolerance
        solver = clarabel.DefaultSolver(diags_array(weight).tocsc(), np.zeros(n), stacked, offset, cones, settings)
        answer = solver.solve()
        if str(answer.status) in ("Solved", "AlmostSolved"):
            return np.array(answer.x)
        if "Infeasible" in str(answer.status):
            return None
    return None


def solve_quadratic(problem: Problem) -> Floats | None:
    """Return x >= 0 by Clarabel on the whole problem, or None when no such x exists.

    Variables are z with x = y + L z (L L' = S) for measured streams and the unmeasured streams themselves, so exact
    data stay exact. Args: problem. Returns x [n] in the units of y, to about 1e-9; what cannot be known is one of many.
    """
    from scipy.sparse import csc_array, csr_array, diags_array, hstack

    known = problem.measured
    n = problem.shape[1]
    unknown = np.flatnonzero(~known)
    base = np.where(known, problem.y, 0.0)
    if problem.covariance is not None:
        values, vectors = np.linalg.eigh(problem.covariance)
        root = csc_array(vectors * np.sqrt(np.maximum(values, 0.0)))
        root = root[:, np.flatnonzero(values > 1e-14 * values.max(initial=0.0))]
        unit = np.ones(root.shape[1])
    else:
        inexact = np.flatnonzero(known & ~problem.exact)
        sd = np.sqrt(problem.variance[inexact])
        root = csc_array((sd, (inexact, np.arange(len(inexact)))), shape=(n, len(inexact)))
        unit = np.maximum(np.abs(problem.y[inexact]) / sd, 1.0)  # z in shares of the stream: the best conditioned
    typical = float(np.median(np.abs(problem.y[known]))) if known.any() else 1.0
    pick = csc_array(
        (np.full(len(unknown), typical or 1.0), (unknown, np.arange(len(unknown)))), shape=(n, len(unknown))
    )
    spread = hstack([root @ diags_array(unit), pick], format="csr")
    full = csr_array((problem.values, (problem.rows, problem.cols)), shape=problem.shape)
    sizes = abs(full) @ np.abs(base) / np.maximum(np.bincount(problem.rows, minlength=problem.shape[0]), 1)
    floor = 1e-3 * typical * np.bincount(problem.rows, np.abs(problem.values), minlength=problem.shape[0])
    rows = 1.0 / np.maximum(np.maximum(sizes, floor), 1e-300)
    full, right = diags_array(rows) @ full, problem.b * rows
    weight = np.concatenate([unit**2, np.zeros(len(unknown))])
    bound = np.flatnonzero(problem.nonneg & ~problem.exact)
    height = np.where(known, np.abs(base), typical)[bound]
    shrink = diags_array(1.0 / np.where(height > 0, height, typical or 1.0))
    usual = float(np.median(unit**2)) if len(unit) else 1.0
    lines = (shrink @ spread[bound], shrink @ base[bound])
    answer = _clarabel(full @ spread, right - full @ base, weight / usual, lines)
    return None if answer is None else base + spread @ answer


def _active_set(problem: Problem, at_zero: Bools) -> Solution | None:
    """Return the verified solution found by pinning, or None when it does not settle."""
    at_zero = at_zero.copy()
    matrix = problem.matrix
    known = problem.measured
    y, s = np.where(known, problem.y, 0.0), np.where(known, problem.variance, 1.0)
    sd = np.sqrt(s)
    everyone = np.arange(problem.shape[1])
    steepness, at = abs(matrix).T, ends(problem)
    fewest = problem.shape[1] + 1
    seen: Seen = {}
    for turn in range(ROUNDS):
        tried = pinned(problem, at_zero)
        found = solve_linear(tried, reduction=at and reduce_graph(tried, at, groups=False), spread=False)
        if found.contradictions:
            return None
        # multiplier of x >= 0; measured ones in standard deviations, the others against the terms they are the sum of
        price = matrix.T @ found.multipliers - np.where(known, y / np.where(s > 0, s, 1.0), 0.0)
        terms = steepness @ np.abs(found.multipliers)
        release = at_zero & np.where(known, price * sd < -1e-8, price < -1e-9 * terms)
        if not release.any() and not found.negative:
            more = blocked(problem, found, seen)
            if not more:
                return found
            at_zero[list(more)] = True
            continue
        change = release.copy()
        change[list(found.negative)] = True
        if int(change.sum()) < fewest:
            fewest = int(change.sum())
        elif turn >= ALL_AT_ONCE:  # all at once can go round in circles: change about every second one, in turn
            some = change & (((everyone * 2654435761 + turn * 40503) >> 9) % 2 == 0)
            change = some if some.any() else change
        at_zero ^= change
    return None


def _cost(problem: Problem, x: Floats) -> float:
    """Return the objective of the original problem at x."""
    gap = np.where(problem.measured, problem.y - x, 0.0)
    if problem.covariance is not None:
        return float(gap @ np.linalg.pinv(problem.covariance, rcond=1e-12, hermitian=True) @ gap)
    inexact = problem.measured & ~problem.exact
    return float((gap[inexact] ** 2 / problem.variance[inexact]).sum())


def solve_bounded(problem: Problem, free: Solution) -> Solution:
    """Return the solution with x >= 0, or `free` itself (with its `negative`) when no such solution exists.

    Args: problem; free - its solution without bounds. The test statistics and sd stay those without bounds.
    Returns Solution, balances exact, optimality verified by the signs of values and multipliers.
    Source: Hintermueller, Ito & Kunisch 2003; Goulart & Chen 2024 (Clarabel).
    """
    start = np.zeros(problem.shape[1], dtype=bool)
    start[list(free.negative)] = True
    simple = problem.covariance is None and not free.contradictions
    found = _active_set(problem, start) if simple else None
    if found is not None:
        x = found.x
    else:
        answer = solve_quadratic(problem)
        if answer is None:
            return free
        near = problem.nonneg & ~problem.exact & (answer <= 1e-8 * flow_size(problem))
        polished = _active_set(problem, near) if simple else None
        x = answer if polished is None else polished.x
    x = np.where(free.observable, x, np.nan)
    return replace(
        free,
        x=x,
        objective=_cost(problem, x),
        adjustment=np.where(problem.measured, problem.y - x, np.nan),
        bounded=True,
        negative=free.negative,
    )


def needs_bounds(problem: Problem, free: Solution) -> bool:
    """Tell whether the solution without bounds breaks x >= 0, also in streams that cannot be known."""
    return bool(free.negative) or bool(blocked(problem, free))
