"""Tests of gross errors: quantiles against SciPy, statistics against brute force, classes named whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from namsai.balance.gross_errors import chi_square_quantile, examine, normal_quantile, sidak
from namsai.balance.linear import solve_linear
from namsai.balance.problem import make_problem
from tests.balance.networks import Floats, networks


@pytest.mark.parametrize("probability", [0.01, 0.5, 0.9, 0.95, 0.99, 0.9999])
@pytest.mark.parametrize("degrees", [1, 2, 3, 7, 30, 200, 5_000, 40_000])
def test_chi_square_quantile_against_scipy(probability: float, degrees: int) -> None:
    from scipy.stats import chi2

    assert chi_square_quantile(probability, degrees) == pytest.approx(chi2.ppf(probability, degrees), rel=1e-10)


def test_normal_quantile_against_scipy() -> None:
    from scipy.stats import norm

    for p in (1e-9, 0.025, 0.5, 0.975, 1 - 1e-9):
        assert normal_quantile(p) == pytest.approx(norm.ppf(p), rel=1e-12, abs=1e-12)
    assert sidak(1) == pytest.approx(1.959964, abs=1e-6)
    assert sidak(6) == pytest.approx(2.631038, abs=1e-6)  # printed with the published heat exchanger network


@settings(max_examples=80, deadline=None)
@given(networks())
def test_statistic_is_what_removing_the_meter_saves(case: tuple[Floats, Floats, Floats]) -> None:
    """GLR of a stream = objective with the meter minus objective without it; bias = reading - value without it."""
    A, y, sd = case
    problem = make_problem(A, y, sd=sd)
    found = solve_linear(problem)
    tests = examine(found)
    size = float(np.nanmax(y, initial=1.0))
    for j in np.flatnonzero(found.redundant):
        without = y.copy()
        without[j] = np.nan
        other = solve_linear(make_problem(A, without, sd=sd))
        assert tests.glr[j] == pytest.approx(found.objective - other.objective, rel=1e-6, abs=1e-7)
        assert tests.bias[j] == pytest.approx(y[j] - other.x[j], rel=1e-6, abs=1e-8 * size)
    for j in np.flatnonzero(problem.measured & ~found.redundant):
        assert (tests.z[j], tests.bias[j]) == (0, 0)


@settings(max_examples=80, deadline=None)
@given(networks())
def test_leak_statistic_is_what_dropping_the_balance_saves(case: tuple[Floats, Floats, Floats]) -> None:
    A, y, sd = case
    found = solve_linear(make_problem(A, y, sd=sd))
    tests = examine(found)
    for k in range(len(A)):
        other = solve_linear(make_problem(np.delete(A, k, axis=0), y, sd=sd))
        assert tests.leak_glr[k] == pytest.approx(found.objective - other.objective, rel=1e-6, abs=1e-7)


@settings(max_examples=80, deadline=None)
@given(networks(), st.integers(0, 10**6))
def test_injected_bias_is_found_with_its_class(case: tuple[Floats, Floats, Floats], pick: int) -> None:
    A, y, sd = case
    clean = solve_linear(make_problem(A, y, sd=sd))
    checked = np.flatnonzero(clean.redundant)
    if not len(checked):
        return
    j = int(checked[pick % len(checked)])
    exact = np.where(np.isnan(y), np.nan, clean.x)
    exact[j] += 10 * sd[j]
    tests = examine(solve_linear(make_problem(A, exact, sd=sd)))
    own = next({i for i in c if i >= 0} for c in tests.classes if j in c)
    assert set(tests.most_suspect()) == own
    assert tests.bias[j] == pytest.approx(10 * sd[j], rel=1e-6)
    for i in own:  # members explain the gap equally well
        assert tests.glr[i] == pytest.approx(tests.glr[j], rel=1e-7)


def test_published_heat_exchanger_names_stream_two() -> None:
    """Narasimhan & Jordache 2000 ch. 1 with +4 on stream 2: global 16.674, bias 3.925."""
    A = [[1, -1, -1, 0, 0, 0], [0, 1, 0, -1, 0, 0], [0, 0, 1, 0, -1, 0], [0, 0, 0, 1, 1, -1]]
    found = solve_linear(make_problem(A, [101.91, 68.45, 34.65, 64.2, 36.44, 98.88], variance=[1.0] * 6))
    tests = examine(found)
    assert found.objective == pytest.approx(16.674, abs=5e-4)
    assert tests.rejects
    assert tests.most_suspect() == (1,)
    assert tests.bias[1] == pytest.approx(3.925, abs=5e-4)


def test_a_boundary_meter_and_a_loss_are_one_class() -> None:
    tests = examine(solve_linear(make_problem([[1, -1]], [10.0, 8.0], sd=[0.5, 0.5])))
    assert tests.classes == ((0, 1, -1),)
    assert tests.leak[0] == pytest.approx(2.0)
