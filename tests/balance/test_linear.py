"""Reconciliation without bounds: balances close, both methods agree, an independent method agrees, units do not
matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from namsai.balance.graph import ends
from namsai.balance.linear import solve_linear
from namsai.balance.problem import make_problem
from namsai.findings import NamsaiError
from tests.balance.networks import Floats, by_null_space, networks

QUICK = settings(max_examples=150, deadline=None)


def _close(a: Floats, b: Floats, size: Floats, rtol: float = 1e-8) -> None:
    """Compare with a tolerance against the largest of `size` (the data of the problem)."""
    np.testing.assert_array_equal(np.isnan(a), np.isnan(b))
    np.testing.assert_allclose(a, b, rtol=rtol, atol=rtol * float(np.nanmax(np.abs(size), initial=0.0)))


@QUICK
@given(networks())
def test_balances_close_and_an_independent_method_agrees(case: tuple[Floats, Floats, Floats]) -> None:
    A, y, sd = case
    found = solve_linear(make_problem(A, y, sd=sd))
    x, covariance = by_null_space(A, y, sd**2, np.zeros(len(A)))
    _close(found.x, x, y)
    known = ~np.isnan(x)
    _close(found.sd[known], np.sqrt(np.maximum(covariance.diagonal(), 0.0))[known], sd, 1e-6)
    np.testing.assert_array_equal(found.observable, known)
    if known.all():
        assert np.abs(A @ found.x).max() <= 1e-13 * np.nanmax(y, initial=0.0) * A.shape[1]


@QUICK
@given(networks(exact=True))
def test_graph_method_is_the_general_method(case: tuple[Floats, Floats, Floats]) -> None:
    A, y, sd = case
    problem = make_problem(A, y, sd=sd)
    assert ends(problem) is not None
    graph, general = solve_linear(problem, method="graph"), solve_linear(problem, method="elimination")
    assert (graph.reduction.method, general.reduction.method) == ("graph", "elimination")
    np.testing.assert_array_equal(graph.observable, general.observable)
    np.testing.assert_array_equal(graph.redundant, general.redundant)
    assert graph.degrees == general.degrees
    assert bool(graph.contradictions) == bool(general.contradictions)
    together = {frozenset(g.streams) for g in graph.reduction.groups}
    assert {i for g in together for i in g} == {i for g in general.reduction.groups for i in g.streams}
    assert sum(len(g.needed) for g in graph.reduction.groups) == sum(len(g.needed) for g in general.reduction.groups)
    if not graph.contradictions:
        _close(graph.x, general.x, y)
        _close(graph.sd, general.sd, sd, 1e-6)
        checked = graph.redundant
        np.testing.assert_allclose(graph.weights[checked], general.weights[checked], rtol=1e-7)


@QUICK
@given(networks())
def test_measuring_what_is_needed_makes_a_group_known(case: tuple[Floats, Floats, Floats]) -> None:
    A, y, sd = case
    groups = solve_linear(make_problem(A, y, sd=sd)).reduction.groups
    for group in groups:
        more = y.copy()
        more[list(group.needed)] = 1.0
        assert solve_linear(make_problem(A, more, sd=sd)).observable[list(group.streams)].all()
        one_less = y.copy()
        one_less[list(group.needed)[1:]] = 1.0
        assert not solve_linear(make_problem(A, one_less, sd=sd)).observable[list(group.streams)].all()


@QUICK
@given(networks())
def test_reconciling_twice_changes_nothing(case: tuple[Floats, Floats, Floats]) -> None:
    A, y, sd = case
    first = solve_linear(make_problem(A, y, sd=sd))
    again = solve_linear(make_problem(A, np.where(np.isnan(y), np.nan, first.x), sd=sd))
    _close(again.x, first.x, y, 1e-11)
    assert again.objective <= 1e-12 * (1 + first.objective)


@QUICK
@given(networks(), st.sampled_from([1e-3, 3.6e6, 1e9]), st.sampled_from(["graph", "elimination"]))
def test_units_change_nothing(case: tuple[Floats, Floats, Floats], unit: float, method: str) -> None:
    A, y, sd = case
    plain = solve_linear(make_problem(A, y, sd=sd), method=method)
    other = solve_linear(make_problem(A, y * unit, sd=sd * unit), method=method)
    _close(other.x / unit, plain.x, y, 1e-10)
    _close(other.sd / unit, plain.sd, sd, 1e-7)
    assert other.objective == pytest.approx(plain.objective, rel=1e-9, abs=1e-12)
    mixed = np.where(np.arange(len(y)) % 2, unit, 1.0)  # every second stream in another unit
    third = solve_linear(make_problem(A / mixed, y * mixed, sd=sd * mixed), method=method)
    _close(third.x / mixed, plain.x, y, 1e-8)
    assert third.objective == pytest.approx(plain.objective, rel=1e-7, abs=1e-10)


@QUICK
@given(networks(), st.integers(0, 1000))
def test_several_layers_agree_with_an_independent_method(case: tuple[Floats, Floats, Floats], seed: int) -> None:
    A, y, sd = case
    share = np.random.default_rng(seed).choice([0.0, 0.2, 0.5, 1.0], A.shape[1])
    both = np.vstack([A, A * share])
    found = solve_linear(make_problem(both, y, sd=sd))
    x, covariance = by_null_space(both, y, sd**2, np.zeros(len(both)))
    _close(found.x, x, y, 1e-6)
    known = ~np.isnan(x)
    size = float(np.nanmax(sd))
    np.testing.assert_allclose(
        found.sd[known], np.sqrt(np.maximum(covariance.diagonal(), 0.0))[known], rtol=1e-5, atol=1e-6 * size
    )


@QUICK
@given(networks(), st.integers(0, 1000))
def test_correlated_measurements_and_right_hand_sides(case: tuple[Floats, Floats, Floats], seed: int) -> None:
    A, y, sd = case
    n = len(y)
    rng = np.random.default_rng(seed)
    mix = np.diag(sd) + 0.3 * np.diag(sd) @ rng.normal(size=(n, n)) / n
    full = mix @ mix.T
    b = A @ rng.uniform(0, 1, n)
    # the same problem in uncorrelated variables: x = mix z with z measured as mix^-1 y, only where all are measured
    y = np.where(np.isnan(y), 1.0, y)
    found = solve_linear(make_problem(A, y, covariance=full, b=b))
    z, covariance = by_null_space(A @ mix, np.asarray(np.linalg.solve(mix, y), dtype=np.float64), np.ones(n), b)
    _close(found.x, mix @ z, y, 1e-7)
    _close(found.sd, np.sqrt(np.maximum((mix @ covariance @ mix.T).diagonal(), 0.0)), sd, 1e-6)
    gap = y - found.x
    assert found.objective == pytest.approx(gap @ np.linalg.solve(full, gap), rel=1e-7, abs=1e-9)


def test_fully_correlated_meters_move_together() -> None:
    """Two readings of one meter (correlation 1) share one error; by hand: x = y - S g' r / (g S g')."""
    found = solve_linear(make_problem([[1, 1, -1]], [10.0, 10.0, 23.0], covariance=[[1, 1, 0], [1, 1, 0], [0, 0, 5]]))
    np.testing.assert_allclose(found.x, [10 + 2 / 3, 10 + 2 / 3, 23 - 5 / 3], rtol=1e-12)
    assert found.objective == pytest.approx(9 / 9)


def test_exact_values_stay_and_contradicting_ones_are_named() -> None:
    A = [[1, -1, 0], [0, 1, -1]]
    fine = solve_linear(make_problem(A, [10.0, 11.0, None], sd=[0.0, 1.0, None]))
    np.testing.assert_allclose(fine.x, [10, 10, 10])
    assert fine.sd[0] == 0
    assert fine.contradictions == ()
    wrong = solve_linear(make_problem(A, [10.0, None, 12.0], sd=[0.0, None, 0.0]))
    assert wrong.contradictions == (((0, 1), -2.0),)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sd": [1.0, None]}, "balance.no-uncertainty"),
        ({"sd": [1.0, -1.0]}, "balance.bad-uncertainty"),
        ({"variance": [1.0, np.inf]}, "balance.bad-uncertainty"),
        ({"covariance": [[1.0, 0.5], [0.1, 1.0]]}, "balance.bad-uncertainty"),
        ({"sd": [1.0]}, "balance.shape"),
        ({"sd": [1.0, 1.0], "b": [0.0, 0.0]}, "balance.shape"),
        ({}, "balance.no-uncertainty"),
    ],
)
def test_bad_numbers_are_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(NamsaiError) as caught:
        make_problem([[1, -1]], [1.0, 2.0], **changes)  # type: ignore[arg-type]
    assert [f.code for f in caught.value.findings] == [code]
