"""Gross errors: which meters or losses explain that the balances do not close, and how sure that is.

Tests: global chi-square; measurement test of maximum power; generalised likelihood ratio for the bias of a stream
and for a
loss at a process; nodal test. Streams that no balance can tell apart form one class and are always named together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from namsai.balance.matrices import Floats, columns_of, scale_columns, used_columns
from namsai.balance.problem import Problem, Solution

LEVEL = 0.95


def normal_quantile(probability: float) -> float:
    """Return the quantile of the standard normal distribution.

    >>> round(normal_quantile(0.975), 6)
    1.959964
    """
    return NormalDist().inv_cdf(probability)


def _gamma_share(a: float, x: float) -> float:
    """Return the regularised lower incomplete gamma function P(a, x), a > 0, x >= 0 (series and continued fraction)."""
    if x <= 0:
        return 0.0
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1.0:
        term = total = 1.0 / a
        k = a
        while abs(term) > 1e-17 * abs(total):
            k += 1.0
            term *= x / k
            total += term
        return front * total
    b = x + 1.0 - a
    c, d = 1e300, 1.0 / b
    h = d
    for i in range(1, 100_000):
        step = -i * (i - a)
        b += 2.0
        d = 1.0 / (step * d + b or 1e-300)
        c = b + step / c or 1e-300
        change = d * c
        h *= change
        if abs(change - 1.0) < 1e-16:
            break
    return 1.0 - front * h


def chi_square_quantile(probability: float, degrees: int) -> float:
    """Return the quantile of the chi-square distribution; 0 with no degrees of freedom.

    Args: probability 0..1; degrees >= 0. Source: Wilson and Hilferty 1931 as start, Newton on the incomplete gamma
    function.

    >>> round(chi_square_quantile(0.95, 4), 6)
    9.487729
    """
    if degrees == 0:
        return 0.0
    a = degrees / 2.0
    spread = 2.0 / (9.0 * degrees)
    x = max(degrees * (1.0 - spread + normal_quantile(probability) * math.sqrt(spread)) ** 3, 1e-10)
    for _ in range(100):
        density = 0.5 * math.exp((a - 1.0) * math.log(x / 2.0) - x / 2.0 - math.lgamma(a))
        step = (_gamma_share(a, x / 2.0) - probability) / density
        x = x - step if step < x else x / 2.0
        if abs(step) <= 1e-13 * x:
            break
    return x


def sidak(count: int, level: float = LEVEL) -> float:
    """Return the two-sided critical value for `count` tests together (Sidak).

    >>> round(sidak(6), 6)
    2.631038
    """
    return normal_quantile(1.0 - (1.0 - level ** (1.0 / max(count, 1))) / 2.0)


@dataclass(frozen=True, slots=True)
class Tests:
    """All tests of one solution. Arrays [n] are NaN where unmeasured, 0 where no balance checks the stream; [m] per
    balance.

    z - measurement test; `glr` = z^2; `bias` - the error that explains the gap best, in the unit of the stream;
    `detectable` - bias that would be found with 90 % power; `leak`, `leak_glr` - loss at each balance;
    `classes` - streams (>= 0) and balances (-1 - k) that cannot be told apart.
    """

    critical: float
    rejects: bool
    z: Floats
    z_critical: float
    glr: Floats
    bias: Floats
    detectable: Floats
    leak: Floats
    leak_glr: Floats
    classes: tuple[tuple[int, ...], ...]
    nodal_z: Floats
    nodal_gap: Floats

    def most_suspect(self) -> tuple[int, ...]:
        """Return the streams with the largest statistic (all that tie), empty when no stream is checked."""
        top = float(np.nanmax(self.glr, initial=0.0))
        return tuple(np.flatnonzero(self.glr >= top * (1 - 1e-8)).tolist()) if top > 0 else ()


def _ratio(top: Floats, bottom: Floats, scale: Floats) -> Floats:
    sound = bottom * scale > 1e-12
    return np.where(sound, top / np.where(sound, bottom, 1.0), 0.0)


def classes_of(solution: Solution) -> tuple[tuple[int, ...], ...]:
    """Return the classes of streams (and balances, as -1 - k) whose errors look the same in every balance."""
    problem, red = solution.problem, solution.reduction
    held = scale_columns(problem.matrix, (solution.redundant).astype(float))
    found: dict[object, list[int]] = {}
    scale = problem.scale.tolist()
    for j, (rows, values) in enumerate(columns_of(red.projector @ held)):
        clean = [(r, v) for r, v in zip(rows, values, strict=True) if abs(v) > 1e-10 * scale[j]]
        if clean:
            lead = clean[0][1]
            found.setdefault(tuple((r, round(v / lead, 9)) for r, v in clean), []).append(j)
    implied = used_columns(red.checks)
    for k, (rows, values) in enumerate(columns_of(red.projector)):
        if rows and not implied[k]:
            found.setdefault(tuple((r, round(v / values[0], 9)) for r, v in zip(rows, values, strict=True)), []).append(
                -1 - k
            )
    return tuple(tuple(c) for c in found.values())


def _nodal(problem: Problem, solution: Solution) -> tuple[Floats, Floats]:
    """Return the gap of each reduced balance and its normal score (before any adjustment)."""
    red = solution.reduction
    known = problem.measured
    reduced = red.projector @ scale_columns(problem.matrix, known.astype(float))
    gap = reduced @ np.where(known, problem.y, 0.0) - red.projector @ problem.b
    if problem.covariance is not None:
        spread = np.einsum("ij,jk,ik->i", reduced, problem.covariance, reduced)
    else:
        s = np.where(known, problem.variance, 0.0)
        spread = (reduced * reduced if isinstance(reduced, np.ndarray) else reduced.multiply(reduced)) @ s
    sd = np.sqrt(np.maximum(spread, 0.0))
    return gap, np.divide(np.abs(gap), sd, out=np.zeros_like(gap), where=sd > 0)


def examine(solution: Solution, level: float = LEVEL) -> Tests:
    """Return all tests of a solution.

    Formula: d = A' lambda; z = |d| / sqrt(w); GLR = d^2 / w; bias = d / w; w = g' V^-1 g. Args: solution; level 0..1.
    Source: Tamhane & Mah 1985; Narasimhan & Mah 1987.
    """
    problem = solution.problem
    known = problem.measured
    d = np.where(known, problem.matrix.T @ solution.multipliers, np.nan)
    w = np.where(solution.redundant, solution.weights, 0.0)
    size = np.where(known & (problem.variance > 0), problem.variance, 1.0)
    bias = np.where(known, _ratio(np.nan_to_num(d), w, size), np.nan)
    glr = np.where(known, np.nan_to_num(bias) * np.nan_to_num(d), np.nan)
    count = int(known.sum())
    leak_size = np.where(
        solution.leak_weights > 0, 1.0 / np.where(solution.leak_weights > 0, solution.leak_weights, 1), 0
    )
    leak = _ratio(solution.multipliers, solution.leak_weights, leak_size)
    critical = chi_square_quantile(level, solution.degrees)
    gap, z = _nodal(problem, solution)
    power = normal_quantile(1 - (1 - level) / 2) + normal_quantile(0.9)
    with np.errstate(divide="ignore"):
        detectable = np.where(w * size > 1e-12, power / np.sqrt(np.where(w > 0, w, 1.0)), np.nan)
    return Tests(
        critical=critical,
        rejects=solution.degrees > 0 and solution.objective > critical,
        z=np.sqrt(np.maximum(glr, 0.0)),
        z_critical=sidak(count, level),
        glr=glr,
        bias=bias,
        detectable=detectable,
        leak=leak,
        leak_glr=leak * solution.multipliers,
        classes=classes_of(solution),
        nodal_z=z,
        nodal_gap=gap,
    )
