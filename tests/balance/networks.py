"""Random networks and independent reference solutions for the tests."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@st.composite
def networks(draw: Any, nodes: int = 6, streams: int = 12, exact: bool = False) -> tuple[Floats, Floats, Floats]:
    """Draw A [m, n], y [n] (NaN = unmeasured) and sd [n] of one layer; ends may coincide with the surroundings."""
    m = draw(st.integers(1, nodes))
    n = draw(st.integers(1, streams))
    seed = draw(st.integers(0, 2**32 - 1))
    share = draw(st.sampled_from([0.3, 0.5, 0.7, 0.9, 1.0]))
    rng = np.random.default_rng(seed)
    tail, head = rng.integers(0, m + 1, n), rng.integers(0, m + 1, n)
    A = np.zeros((m + 1, n))
    A[head, np.arange(n)] += 1
    A[tail, np.arange(n)] -= 1
    y = np.exp(rng.normal(2.0, 1.0, n))
    sd = y * rng.uniform(0.01, 0.3, n)
    if exact:
        sd[rng.random(n) < 0.15] = 0.0
    y[rng.random(n) >= share] = np.nan
    return A[:m], y, sd


def by_null_space(A: Floats, y: Floats, variance: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Solve by the general solution x = x0 + N t of A x = b with dense SVD; return x (NaN = not unique) and its
    covariance.

    Independent of the library: weighted least squares over t; only for sd > 0 everywhere.
    """
    known = ~np.isnan(y)
    _, values, right = np.linalg.svd(A)
    rank = int((values > 1e-10 * max(values.max(initial=0.0), 1.0)).sum())
    null = right[rank:].T
    null = np.where(np.abs(null) > 1e-13, null, 0.0)
    x0 = np.linalg.lstsq(A, b, rcond=None)[0]
    weight = 1.0 / np.sqrt(variance[known])
    left = null[known] * weight[:, None]
    u, s, vt = np.linalg.svd(left, full_matrices=False)
    keep = s > 1e-9 * max(s.max(initial=0.0), 1e-300)
    inverse = (vt[keep].T / s[keep]) @ u[:, keep].T
    t = inverse @ ((y[known] - x0[known]) * weight)
    free = null - null @ (vt[keep].T @ vt[keep])  # directions that no measurement fixes
    x = x0 + null @ t
    x[np.linalg.norm(free, axis=1) > 1e-8] = np.nan
    half = null @ (vt[keep].T / s[keep])
    return x, half @ half.T


def by_quadratic_program(A: Floats, y: Floats, sd: Floats) -> tuple[Floats, float] | None:
    """Solve min sum ((x - y)/sd)^2, A x = 0, x >= 0 by Clarabel on the whole problem; None when there is no
    solution."""
    import clarabel
    from scipy.sparse import csc_array, diags_array, vstack

    m, n = A.shape
    known = ~np.isnan(y)
    scale = float(np.nanmax(y, initial=1.0))
    weight = np.where(known, (scale / np.where(known, sd, 1.0)) ** 2, 0.0)
    weight /= max(float(weight.max()), 1.0)
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-11
    solver = clarabel.DefaultSolver(
        diags_array(weight).tocsc(),
        -weight * np.where(known, y, 0.0) / scale,
        vstack([csc_array(A), -diags_array(np.ones(n))], format="csc"),
        np.zeros(m + n),
        [clarabel.ZeroConeT(m), clarabel.NonnegativeConeT(n)],
        settings,
    )
    answer = solver.solve()
    if "Solved" not in str(answer.status):
        return None
    x = np.array(answer.x) * scale
    return x, float((((x - y)[known] / sd[known]) ** 2).sum())
