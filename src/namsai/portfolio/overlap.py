"""Overlapping savings on one stream: what options save together, one after the other, and each one's fair share."""

from __future__ import annotations

import math
from collections.abc import Sequence

from namsai.findings import NamsaiError, error


def check_shares(shares: Sequence[float], path: str = "options") -> tuple[float, ...]:
    """Return the shares. Errors: ``portfolio.share-range`` for each one that does not lie within 0..1."""
    bad = [(i, s) for i, s in enumerate(shares) if not 0 <= s <= 1]
    if bad:
        raise NamsaiError(*(error("portfolio.share-range", f"{path}/{i}", value=s) for i, s in bad))
    return tuple(float(s) for s in shares)


def joint(shares: Sequence[float]) -> float:
    """Share saved by all options together: 1 - prod(1 - s_i). Never above 1 and never above the sum of the shares.

    Args: shares s_i - of the same stream, each alone, 0..1 [1]. Returns [1]. Errors: ``portfolio.share-range``.
    Source: independent proportional reductions acting one on the rest of the other.

    >>> round(joint([0.2, 0.2, 0.1]), 6)
    0.424
    """
    return 1.0 - math.prod(1.0 - s for s in check_shares(shares))


def marginal(shares: Sequence[float]) -> tuple[float, ...]:
    """Share that each option adds when they are done in this order: s_i prod_{j<i} (1 - s_j).

    Args: shares in the order of doing, 0..1 [1]. Returns [1] for each; they sum to `joint`. Errors:
    ``portfolio.share-range``.

    >>> [round(m, 6) for m in marginal([0.3, 0.25, 0.1])]
    [0.3, 0.175, 0.0525]
    """
    left, added = 1.0, []
    for share in check_shares(shares):
        added.append(left * share)
        left *= 1.0 - share
    return tuple(added)


def shapley(shares: Sequence[float]) -> tuple[float, ...]:
    """Each option's part of the joint saving, the mean over all orders of doing (Shapley value), exact for any number.

    Formula: s_i times the integral over t in 0..1 of prod_{j != i} (1 - t s_j), by Gauss-Legendre points, which are
    exact for this polynomial. The parts sum to `joint`.
    Args: shares of the same stream, 0..1 [1]. Returns [1] for each option. Errors: ``portfolio.share-range``.
    Source: Shapley 1953; multilinear extension, Owen 1972.

    >>> [round(part, 6) for part in shapley([0.3, 0.25, 0.1])]
    [0.25, 0.2025, 0.075]
    """
    given = check_shares(shares)
    if len(given) < 2:
        return given
    import numpy as np

    points, weights = np.polynomial.legendre.leggauss(min(len(given) // 2 + 1, 100))
    rest = 1.0 - np.outer((points + 1) / 2, given)  # rows: points, columns: options; never 0 inside 0 < t < 1
    products = rest.prod(axis=1, keepdims=True) / rest
    parts = np.array(given) * (weights / 2 @ products)
    return tuple(float(p) for p in parts)
