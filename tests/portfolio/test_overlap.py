"""Overlapping savings: published figures, the definition of the Shapley value, and bounds that must always hold."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namsai.findings import NamsaiError
from namsai.portfolio.overlap import joint, marginal, shapley

shares = st.lists(st.floats(0, 1), max_size=12)


def test_published_figures() -> None:
    assert 100000 * joint([0.2, 0.2, 0.1]) == pytest.approx(42400)  # not 50,000
    assert [100000 * m for m in marginal([0.3, 0.25, 0.1])] == pytest.approx([30000, 17500, 5250])
    assert [100000 * p for p in shapley([0.3, 0.25, 0.1])] == pytest.approx([25000, 20250, 7500])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_the_shapley_value_is_the_mean_over_all_orders(given_shares: list[float]) -> None:
    n = len(given_shares)
    total, count = [0.0] * n, 0
    for order in permutations(range(n)):
        count += 1
        for place, part in zip(order, marginal([given_shares[i] for i in order]), strict=True):
            total[place] += part
    assert shapley(given_shares) == pytest.approx([t / count for t in total], abs=1e-12)


@given(shares)
def test_savings_never_exceed_the_flow_nor_the_plain_sum(given_shares: list[float]) -> None:
    together = joint(given_shares)
    assert 0 <= together <= 1
    assert together <= sum(given_shares) + 1e-12
    assert sum(marginal(given_shares)) == pytest.approx(together, abs=1e-12)
    assert sum(shapley(given_shares)) == pytest.approx(together, abs=1e-12)


@given(shares, st.floats(0, 1))
def test_one_more_option_never_saves_less(given_shares: list[float], more: float) -> None:
    assert joint([*given_shares, more]) >= joint(given_shares) - 1e-15


def test_two_hundred_options_are_shared_out_exactly() -> None:
    many = [0.001 * (i % 90 + 1) for i in range(200)]
    assert sum(shapley(many)) == pytest.approx(joint(many), abs=1e-12)


def test_every_share_outside_zero_to_one_is_named() -> None:
    with pytest.raises(NamsaiError) as caught:
        joint([0.5, 1.2, -0.1])
    assert [f.where.path for f in caught.value.findings] == ["options/1", "options/2"]
