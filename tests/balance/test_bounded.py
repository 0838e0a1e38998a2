"""Bounds: nothing below zero, balances close, and no other solution is better."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from namsai.balance.bounded import solve_quadratic
from namsai.balance.linear import solve_linear
from namsai.balance.loops import blocked, nonnegative_least_squares
from namsai.balance.problem import make_problem
from namsai.balance.reconcile import reconcile, solve
from tests.balance.networks import Floats, by_quadratic_program, networks


@settings(max_examples=250, deadline=None)
@given(networks())
def test_bounded_solution_is_feasible_and_optimal(case: tuple[Floats, Floats, Floats]) -> None:
    A, y, sd = case
    found = reconcile(A, y, sd=sd)
    size = float(np.nanmax(y, initial=1.0))
    best = by_quadratic_program(A, y, sd)
    assert best is not None  # x = 0 is always allowed
    assert np.nanmin(found.x, initial=0.0) >= -1e-9 * size
    assert found.objective == pytest.approx(best[1], rel=1e-6, abs=1e-6)
    known = ~np.isnan(y)
    np.testing.assert_allclose(found.x[known], best[0][known], rtol=1e-4, atol=1e-5 * size)
    if not np.isnan(found.x).any():
        assert np.abs(A @ found.x).max() <= 1e-9 * size
    assert found.objective >= found.equality_objective - 1e-9


def test_a_backward_stream_is_set_to_zero() -> None:
    """By hand: in 10, out 12, unmeasured second output would be -2; with x >= 0 both are the mean 11 and it is 0."""
    found = reconcile([[1, -1, -1]], [10.0, 12.0, None], sd=[1.0, 1.0, None])
    np.testing.assert_allclose(found.x, [11, 11, 0], atol=1e-12)
    assert (found.bounded, found.negative) == (True, (2,))
    assert found.objective == pytest.approx(2.0)
    assert found.equality_objective == pytest.approx(0.0, abs=1e-12)
    free = reconcile([[1, -1, -1]], [10.0, 12.0, None], sd=[1.0, 1.0, None], nonneg=False)
    assert free.x[2] == pytest.approx(-2)


def test_loops_that_would_run_backwards_are_seen() -> None:
    """Two unmeasured parallel outputs cannot be known, yet they cannot carry -2 together."""
    A, y, sd = [[1, -1, -1, -1]], [10.0, 12.0, None, None], [1.0, 1.0, None, None]
    problem = make_problem(A, y, sd=sd)
    assert set(blocked(problem, solve_linear(problem))) == {2, 3}
    found = solve(problem)
    np.testing.assert_allclose(found.x[:2], [11, 11])
    assert np.isnan(found.x[2:]).all()
    assert found.bounded
    fine = make_problem([[1, -1, -1, 1]], y, sd=sd)
    assert blocked(fine, solve_linear(fine)) == ()


def test_what_has_no_solution_is_said() -> None:
    """An exact output with an exact smaller input: the unmeasured second output would have to be -2."""
    found = reconcile([[1, -1, -1]], [10.0, 12.0, None], sd=[0.0, 0.0, None])
    assert (found.bounded, found.negative) == (False, (2,))
    assert found.x[2] == pytest.approx(-2)


def test_correlated_measurements_with_bounds() -> None:
    """By hand as above, with a correlation that only scales the objective: S = [[1, .5], [.5, 1]]."""
    full = [[1, 0.5, 0], [0.5, 1, 0], [0, 0, 0]]
    found = reconcile([[1, -1, -1]], [10.0, 12.0, None], covariance=full)
    np.testing.assert_allclose(found.x, [11, 11, 0], atol=1e-6)
    assert found.objective == pytest.approx(4.0, rel=1e-6)


@settings(max_examples=60, deadline=None)
@given(networks(nodes=10, streams=30))
def test_quadratic_program_alone_gives_the_same(case: tuple[Floats, Floats, Floats]) -> None:
    A, y, sd = case
    problem = make_problem(A, y, sd=sd)
    x = solve_quadratic(problem)
    assert x is not None
    known = ~np.isnan(y)
    objective = float((((x - y)[known] / sd[known]) ** 2).sum())
    assert solve(problem).objective == pytest.approx(objective, rel=1e-5, abs=1e-5)


def test_nonnegative_least_squares_against_scipy() -> None:
    from scipy.optimize import nnls

    rng = np.random.default_rng(5)
    for _ in range(40):
        matrix, right = rng.normal(size=(6, 9)), rng.normal(size=6)
        ours = np.linalg.norm(matrix @ nonnegative_least_squares(matrix, right) - right)
        assert ours == pytest.approx(nnls(matrix, right)[1], abs=1e-9)
