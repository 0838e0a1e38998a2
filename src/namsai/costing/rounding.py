"""Whole units of money that keep their sum: the largest-remainder method."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor


def whole(values: Sequence[float], total: int | None = None) -> list[int]:
    """Round amounts to whole units so that they add up to the rounded total (largest remainder, ties by order).

    Formula: floor every amount, then add 1 to those with the largest remainder until the sum is the total.
    Args: values - amounts [money], any sign; total - sum wanted [money], default the rounded sum of the values.
    Returns the whole amounts [money], same length. Validity: the total must be the sum of the values but for rounding;
    what is missing beyond one unit per amount is given to all in turn. An empty list gives an empty list.
    Source: Hamilton's method; ISO 14051 asks that costs are conserved.

    >>> whole([100 / 3, 100 / 3, 100 / 3])
    [34, 33, 33]
    """
    if not values:
        return []
    wanted = nearest(sum(values)) if total is None else total
    # amounts are cleared of the last bits of the arithmetic, so that 33.33 and 33.33 count as a tie
    tidy = [round(v, 6) for v in values]
    out = [floor(v) for v in tidy]
    order = sorted(range(len(tidy)), key=lambda i: (-round(tidy[i] - out[i], 6), i))
    missing = wanted - sum(out)
    turns, rest = divmod(missing, len(out))
    for place, i in enumerate(order):
        out[i] += turns + (1 if place < rest else 0)
    return out


def nearest(value: float) -> int:
    """Return the nearest whole unit, halves away from zero.

    Args: value [money]. Returns whole units [money].

    >>> nearest(2.5), nearest(-2.5), nearest(2.4)
    (3, -3, 2)
    """
    size = floor(abs(value) + 0.5)
    return size if value >= 0 else -size


def shared(amount: float, shares: Sequence[float]) -> list[int]:
    """Share a whole amount of money out by weights, conserving it to the last unit.

    Args: amount [money]; shares - weights, not negative, any scale. Returns whole amounts [money] whose sum is the
    rounded amount. Validity: where all weights are zero the first takes all.

    >>> shared(100, [1, 1, 1])
    [34, 33, 33]
    """
    weight = sum(shares)
    if weight <= 0:
        return [nearest(amount), *[0] * (len(shares) - 1)] if shares else []
    return whole([amount * s / weight for s in shares], nearest(amount))
