"""The methods for large problems give what those for small ones give."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.balance import clarabel_whole, cost, network
from hypothesis import given, settings

from namsai.balance import bounded, factor, forest, graph, linear, matrices
from namsai.balance.forest import _by_levels, _depth_first
from namsai.balance.gross_errors import examine
from namsai.balance.problem import make_problem
from namsai.balance.reconcile import solve
from tests.balance.networks import Floats, networks


@settings(max_examples=300, deadline=None)
@given(networks(nodes=12, streams=24))
def test_forest_by_levels_is_the_depth_first_forest(case: tuple[Floats, Floats, Floats]) -> None:
    A, y, sd = case
    at = graph.ends(make_problem(A, y, sd=sd))
    assert at is not None
    m = A.shape[0]
    edges = np.flatnonzero(at.first != at.second)
    deep = _depth_first(m, edges.tolist(), at.first.tolist(), at.second.tolist())
    wide = _by_levels(m, edges, at.first[edges], at.second[edges])
    assert set(deep.parent_edge[deep.bridge].tolist()) == set(wide.parent_edge[wide.bridge].tolist())
    for one, other in ((deep.cluster, wide.cluster), (deep.block, wide.block)):
        np.testing.assert_array_equal(one[:, None] == one[None, :], other[:, None] == other[None, :])
    for f in (deep, wide):  # a subtree is contiguous: everything below a bridge is cut off by it
        place = np.argsort(f.order)
        for node in np.flatnonzero(f.bridge):
            below = set(f.order[place[node] : place[node] + f.size[node]].tolist())
            crossing = [e for e in edges if (int(at.first[e]) in below) != (int(at.second[e]) in below)]
            assert crossing == [f.parent_edge[node]]


@pytest.mark.parametrize("full", [60, 0])
@pytest.mark.parametrize(("seed", "exact"), [(1, 0.0), (2, 0.0), (3, 0.05)])
def test_sparse_and_dense_agree(monkeypatch: pytest.MonkeyPatch, seed: int, exact: float, full: int) -> None:
    balances, y, sd, _ = network(190, seed)
    rng = np.random.default_rng(seed)
    sd = np.where(rng.random(190) < exact, 0.0, sd)
    answers = []
    monkeypatch.setattr(factor, "FULL", full)
    for small, levels in ((200, 2_000), (10, 1)):
        monkeypatch.setattr("namsai.balance.problem.SMALL", small)
        monkeypatch.setattr(forest, "LARGE", levels)
        problem = make_problem(balances, y, sd=sd)
        assert problem.dense == (small == 200)
        found = linear.solve_linear(problem)
        answers.append((found, examine(found), linear.solve_linear(problem, method="elimination")))
    (a, ta, ga), (b, tb, gb) = answers
    for left, right in ((a, b), (ga, gb), (a, gb)):
        np.testing.assert_allclose(left.x, right.x, rtol=1e-8)
        np.testing.assert_allclose(left.sd, right.sd, rtol=1e-6)
        np.testing.assert_array_equal(left.redundant, right.redundant)
        assert left.objective == pytest.approx(right.objective, rel=1e-9)
    np.testing.assert_allclose(a.leak_weights, b.leak_weights, rtol=1e-6, atol=1e-12 * a.leak_weights.max())
    np.testing.assert_allclose(ga.leak_weights, gb.leak_weights, rtol=1e-6, atol=1e-12 * a.leak_weights.max())
    np.testing.assert_allclose(ta.z, tb.z, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(ta.leak_glr, tb.leak_glr, rtol=1e-6, atol=1e-9)
    assert {frozenset(c) for c in ta.classes} == {frozenset(c) for c in tb.classes}


def test_selected_inversion_is_the_inverse() -> None:
    balances, y, sd, _ = network(4_000, 4)
    problem = make_problem(balances, y, sd=sd)
    red = linear.reduce(problem)
    held = matrices.scale_columns(problem.matrix, problem.measured.astype(float))
    reduced = red.projector @ held
    carried = matrices.scale_columns(reduced, np.nan_to_num(problem.variance))
    crossing = carried @ (red.recover @ held).T
    v = factor.SparseFactor(carried @ reduced.T, (crossing,))
    assert v.rank > factor.FULL
    tables = (reduced[:, problem.measured], crossing, red.projector)
    for columns, found in zip(tables, v.forms(*tables), strict=True):
        np.testing.assert_allclose(found, v.forms_by_solving(columns), rtol=1e-8)


def test_a_thousand_streams_with_bounds_are_optimal() -> None:
    balances, y, sd, _ = network(1_000)
    problem = make_problem(balances, y, sd=sd)
    found = solve(problem)
    assert found.bounded
    assert found.x[~np.isnan(found.x)].min() >= 0
    peer = cost(problem, clarabel_whole(problem))
    assert found.objective <= peer * (1 + 1e-6)
    x = bounded.solve_quadratic(problem)
    assert x is not None
    assert found.objective == pytest.approx(cost(problem, x), rel=1e-6)
