"""The pure numerical problem of reconciliation, and its solution. Linear today; the solution says nothing about
linearity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from namsai.balance.matrices import SMALL, Bools, Floats, Ints, Table, table
from namsai.findings import NamsaiError, error


@dataclass(frozen=True, slots=True)
class Problem:
    """Find x close to y with A x = b, and x >= 0 where `nonneg`.

    A is kept as entries (rows, cols, values) of shape (balances m, streams n). y [n] is NaN where unmeasured;
    `variance` [n]
    is 0 for exact data and NaN where unmeasured; `covariance` [n, n] replaces it where measurements are correlated.
    """

    rows: Ints
    cols: Ints
    values: Floats
    shape: tuple[int, int]
    b: Floats
    y: Floats
    variance: Floats
    covariance: Floats | None
    nonneg: Bools
    scale: Floats = field(repr=False)  # largest absolute coefficient of each column of A, 1 for an empty one
    matrix: Table = field(repr=False)  # A as a table

    @property
    def dense(self) -> bool:
        """Tell whether plain arrays are used."""
        return isinstance(self.matrix, np.ndarray)

    @property
    def measured(self) -> Bools:
        """Streams with a measured value."""
        known: Bools = ~np.isnan(self.y)
        return known

    @property
    def exact(self) -> Bools:
        """Measured streams that are exact by definition (standard deviation 0): they are substituted."""
        fixed: Bools = self.measured & (self.variance == 0)
        return fixed


@dataclass(frozen=True, slots=True)
class Group:
    """Streams that cannot be known because they form loops of unmeasured streams; measuring `needed` makes all
    known."""

    streams: tuple[int, ...]
    needed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reduction:
    """What is left of the balances when the unmeasured streams are removed.

    `projector` T [k, m]: T A has no unmeasured stream. `checks` [c, m]: balances that contain exact data only.
    `recover` R [q, m]: the unmeasured streams `recovered` are x_u = R (b - A_measured x_measured).
    """

    projector: Table
    checks: Table
    recover: Table
    recovered: Ints
    observable: Bools
    groups: tuple[Group, ...]
    method: str


@dataclass(frozen=True, slots=True)
class Solution:
    """Reconciled values. `x`, `sd` [n] are NaN where a stream cannot be known. `sd` is the standard uncertainty of the
    balanced value before bounds (a bound can only narrow it). `objective` = sum of ((x - y)/sd)^2, chi-square
    distributed
    with `degrees`; `equality_objective` is the same without the bounds. `multipliers` [m] of the balances without
    bounds.
    `contradictions`: sets of balances that exact data alone contradict, with the remainder."""

    problem: Problem
    reduction: Reduction
    x: Floats
    sd: Floats
    objective: float
    equality_objective: float
    degrees: int
    redundant: Bools
    adjustment: Floats  # y - x, NaN where unmeasured
    multipliers: Floats
    weights: Floats  # variance of d = S^-1 (y - x) of each measured stream, NaN where unmeasured
    leak_weights: Floats  # the same for a loss at each balance
    negative: tuple[int, ...]  # streams below zero before the bounds
    bounded: bool
    contradictions: tuple[tuple[tuple[int, ...], float], ...]

    @property
    def observable(self) -> Bools:
        """Streams that are measured or follow from the balances."""
        return self.reduction.observable


def _entries(coefficients: Any) -> tuple[Ints, Ints, Floats, tuple[int, int]]:
    if hasattr(coefficients, "tocoo"):
        coo = coefficients.tocoo()
        rows, cols = coo.coords if hasattr(coo, "coords") else (coo.row, coo.col)
        keep = coo.data != 0
        return rows[keep].astype(np.int64), cols[keep].astype(np.int64), coo.data[keep].astype(float), coo.shape
    full = np.asarray(coefficients, dtype=float)
    if full.ndim != 2:
        raise NamsaiError(error("balance.shape", expected="A[m, n]"))
    rows, cols = np.nonzero(full)
    return rows, cols, full[rows, cols], (full.shape[0], full.shape[1])


def _vector(values: Any, size: int, name: str) -> Floats:
    out = np.array(
        [np.nan if v is None else v for v in values] if isinstance(values, list | tuple) else values, dtype=float
    )
    if out.shape != (size,):
        raise NamsaiError(error("balance.shape", expected=f"{name}[{size}]"))
    return out


def make_problem(
    A: Any,
    y: Sequence[float | None] | Floats,
    *,
    sd: Sequence[float | None] | Floats | None = None,
    variance: Sequence[float | None] | Floats | None = None,
    covariance: Any = None,
    b: Sequence[float] | Floats | None = None,
    nonneg: bool | Bools = True,
) -> Problem:
    """Return the checked problem.

    Args: A - balances [m, n], nested lists, array or SciPy sparse; y - measured values [n], None or NaN = unmeasured;
    one of sd [n], variance [n], covariance [n, n] in units of y; b [m], default 0; nonneg - bool or [n].
    Returns Problem. Errors: ``balance.shape``, ``balance.no-uncertainty``, ``balance.bad-uncertainty``.
    """
    rows, cols, values, shape = _entries(A)
    m, n = shape
    measurement = _vector(y, n, "y")
    known = ~np.isnan(measurement)
    full: Floats | None = None
    if covariance is not None:
        full = np.array([[0.0 if v is None else v for v in row] for row in covariance], dtype=float)
        if full.shape != (n, n):
            raise NamsaiError(error("balance.shape", expected=f"covariance[{n}, {n}]"))
        full = np.where(np.outer(known, known), full, 0.0)
        spread = full.diagonal().copy()
        if not np.allclose(full, full.T, rtol=1e-9, atol=0):
            raise NamsaiError(error("balance.bad-uncertainty", streams="covariance"))
    elif variance is not None:
        spread = _vector(variance, n, "variance")
    elif sd is not None:
        given = _vector(sd, n, "sd")
        spread = np.where(given < 0, -1.0, given**2)
    else:
        raise NamsaiError(error("balance.no-uncertainty", streams="y"))
    spread = np.where(known, spread, np.nan)
    if np.isnan(spread[known]).any():
        raise NamsaiError(error("balance.no-uncertainty", streams=_names(known & np.isnan(spread))))
    if not np.isfinite(spread[known]).all() or (spread[known] < 0).any() or not np.isfinite(measurement[known]).all():
        raise NamsaiError(
            error("balance.bad-uncertainty", streams=_names(known & ~(np.isfinite(spread) & (spread >= 0))))
        )
    right = np.zeros(m) if b is None else _vector(b, m, "b")
    if not (np.isfinite(values).all() and np.isfinite(right).all()):
        raise NamsaiError(error("balance.shape", expected="A, b: finite"))
    scale = np.zeros(n)
    np.maximum.at(scale, cols, np.abs(values))
    scale[scale == 0] = 1.0
    bound = np.broadcast_to(np.asarray(nonneg, dtype=bool), (n,)).copy()
    made = table(rows, cols, values, shape, n <= SMALL or full is not None)
    return Problem(rows, cols, values, shape, right, measurement, spread, full, bound, scale, made)


def _names(mask: Bools) -> str:
    return ", ".join(str(i) for i in np.flatnonzero(mask))
