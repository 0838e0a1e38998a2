"""Cost networks: the constructed cases M06, M07 and M10 (checked there by exact rational elimination), and
properties.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from namsai.costing import Arc, solve_network, unbalanced
from namsai.costing.network import solve_linear
from namsai.costing.site import components
from namsai.findings import NamsaiError

REWORK = [
    Arc("IN", "QC1", 100),
    Arc("QC1", "QC2", 95),
    Arc("QC1", "loss1", 15),
    Arc("QC2", "product", 80),
    Arc("QC2", "QC1", 10, recycle=True),
    Arc("QC2", "loss2", 5),
]
DIRECT = {"QC1": {"material": 1000.0, "energy": 110.0, "system": 330.0}, "QC2": {"energy": 95.0, "system": 475.0}}


def test_closed_loop_circulates_all_categories() -> None:
    solved = solve_network(["QC1", "QC2"], REWORK, DIRECT)
    assert solved.unit_cost["energy"] == pytest.approx({"QC1": 1.2, "QC2": 2.2})
    assert {k: sum(v.values()) for k, v in solved.exits.items()} == pytest.approx(
        {"loss1": 225, "loss2": 105, "product": 1680}
    )
    assert solved.recycling_loss == {}


def test_value_only_view_shows_the_cost_of_rework() -> None:
    solved = solve_network(["QC1", "QC2"], REWORK, DIRECT, ("energy", "system"))
    assert {k: sum(v.values()) for k, v in solved.exits.items()} == pytest.approx(
        {"loss1": 210, "loss2": 100, "product": 1600}
    )
    assert solved.recycling_loss["QC2->QC1"] == pytest.approx({"material": 0, "energy": 20, "system": 80})


def test_a_loop_without_exit_is_refused_by_name() -> None:
    arcs = [Arc("IN", "QC1", 10), Arc("QC1", "QC2", 10), Arc("QC2", "QC1", 10, recycle=True)]
    with pytest.raises(NamsaiError) as refused:
        solve_network(["QC1", "QC2"], arcs, {"QC1": {"material": 100.0}})
    assert [f.code for f in refused.value.findings] == ["costing.no-exit", "costing.unbalanced"]
    assert refused.value.findings[0].facts["centres"] == "QC1, QC2"
    assert refused.value.findings[1].facts["process"] == "QC1"


def test_only_the_closed_class_is_named() -> None:
    arcs = [Arc("A", "p", 8), Arc("A", "B", 2), Arc("B", "C", 2), Arc("C", "B", 2)]
    with pytest.raises(NamsaiError) as refused:
        solve_network(["A", "B", "C"], arcs, {"A": {"energy": 1.0}})
    assert refused.value.findings[0].facts["centres"] == "B, C"


def test_a_closed_class_that_no_cost_reaches_does_no_harm() -> None:
    arcs = [Arc("A", "p", 8), Arc("B", "C", 2), Arc("C", "B", 2)]
    solved = solve_network(["A", "B", "C"], arcs, {"A": {"energy": 4.0}})
    assert solved.exits == {"p": {"energy": 4.0}}
    assert solved.unit_cost["energy"]["B"] == 0


def test_cutting_the_recycle_can_open_a_closed_loop() -> None:
    arcs = [Arc("A", "B", 10), Arc("B", "A", 10, recycle=True)]
    solved = solve_network(["A", "B"], arcs, {"A": {"energy": 7.0}}, ("energy",))
    assert solved.recycling_loss == {"B->A": {"energy": pytest.approx(7.0)}}


def test_negative_mass_is_refused() -> None:
    with pytest.raises(NamsaiError, match=r"costing\.negative-mass"):
        solve_network(["A"], [Arc("A", "p", -1)], {"A": {"energy": 1.0}})


def test_unbalanced_centres_are_all_named() -> None:
    arcs = [Arc("IN", "A", 10), Arc("A", "B", 8), Arc("B", "p", 9)]
    assert [f.facts["process"] for f in unbalanced(["A", "B"], arcs)] == ["A", "B"]
    assert unbalanced(["QC1", "QC2"], REWORK) == []


@settings(deadline=None)
@given(
    size=st.integers(2, 8),
    masses=st.lists(st.floats(0.1, 50), min_size=80, max_size=80),
    costs=st.lists(st.floats(0, 1000), min_size=8, max_size=8),
    cut=st.booleans(),
)
def test_costs_are_conserved_in_any_network_with_exits(
    size: int, masses: list[float], costs: list[float], cut: bool
) -> None:
    centres = [f"c{i}" for i in range(size)]
    take = iter(masses)
    arcs = [Arc(a, b, next(take), recycle=b <= a) for a in centres for b in centres]
    arcs += [Arc(c, f"exit{i}", next(take)) for i, c in enumerate(centres)]
    direct = {c: {"energy": costs[i]} for i, c in enumerate(centres)}
    solved = solve_network(centres, arcs, direct, ("energy",) if cut else ())
    carried = sum(v["energy"] for v in solved.exits.values())
    lost = sum(v["energy"] for v in solved.recycling_loss.values())
    assert carried + lost == pytest.approx(sum(costs[:size]), rel=1e-9, abs=1e-9)
    assert min((v["energy"] for v in solved.exits.values()), default=0) >= -1e-9


def test_the_sparse_solver_agrees_with_the_dense_one() -> None:
    size = 250  # above the limit for the dense one; a chain with a recycle from each centre to the one before
    entries = [(i, i, 3.0) for i in range(size)] + [(i + 1, i, -1.5) for i in range(size - 1)]
    entries += [(i, i + 1, -0.5) for i in range(size - 1)]
    x = solve_linear(size, entries, [1.0] * size)
    inside = [3 * x[i] - (1.5 * x[i - 1] if i else 0) - (0.5 * x[i + 1] if i + 1 < size else 0) for i in range(size)]
    assert inside == pytest.approx([1.0] * size)


def test_loops_are_found() -> None:
    part = components("abcd", [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])
    assert part["a"] == part["b"] == part["c"] != part["d"]
