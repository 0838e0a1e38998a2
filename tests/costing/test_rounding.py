"""Whole units of money: the published case M11 and properties."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from namsai.costing import nearest, shared, whole


def test_ties_go_by_order() -> None:
    assert whole([100 * 0.3333333333333333] * 3, 100) == [34, 33, 33]


def test_negative_amounts_keep_their_sum() -> None:
    assert whole([-1.5, 2.5, -0.4]) == [-1, 2, 0]


def test_nothing_to_share() -> None:
    assert whole([]) == []
    assert shared(5, []) == []
    assert shared(5, [0, 0]) == [5, 0]


@settings(deadline=None)
@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=40))
def test_the_sum_is_kept_and_no_amount_moves_by_a_whole_unit(values: list[float]) -> None:
    out = whole(values)
    assert sum(out) == nearest(sum(values))
    assert all(abs(a - b) < 1 + 1e-5 for a, b in zip(out, values, strict=True))


@settings(deadline=None)
@given(st.integers(0, 10**12), st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
def test_sharing_conserves_the_amount(amount: int, weights: list[float]) -> None:
    assert sum(shared(amount, weights)) == amount
