"""Following one material: tiers that fill up, recycles, and nothing lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from namsai.costing.trace import Tier, follow
from namsai.findings import NamsaiError


def test_recycled_material_comes_round_again() -> None:
    tiers = {"a": [Tier((("to_b", 95.0), ("loss", 15.0)))], "b": [Tier((("back", 10.0), ("good", 85.0)))]}
    out = follow({"a": 100.0}, tiers, {"to_b": "b", "back": "a"})
    assert out == pytest.approx({"to_b": 95, "loss": 15, "back": 10, "good": 85})


def test_a_full_tier_hands_on() -> None:
    tiers = {"a": [Tier((("x", 30.0), ("y", 10.0)), True), Tier((("z", 5.0),), True), Tier((("rest", 1.0),))]}
    assert follow({"a": 20.0}, tiers, {}) == pytest.approx({"x": 15, "y": 5})
    assert follow({"a": 42.0}, tiers, {}) == pytest.approx({"x": 30, "y": 10, "z": 2})
    assert follow({"a": 50.0}, tiers, {}) == pytest.approx({"x": 30, "y": 10, "z": 5, "rest": 5})


def test_a_loop_that_is_full_only_when_it_circulates() -> None:
    # 10 enter; b sends 30 back (capped) before anything leaves: the exact solution has 40 arriving at a
    tiers = {"a": [Tier((("on", 1.0),))], "b": [Tier((("back", 30.0),), True), Tier((("out", 1.0),))]}
    out = follow({"a": 10.0}, tiers, {"on": "b", "back": "a"})
    assert out == pytest.approx({"on": 40, "back": 30, "out": 10})


def test_a_trap_is_refused() -> None:
    tiers = {"a": [Tier((("on", 1.0),))], "b": [Tier((("back", 1.0),))]}
    with pytest.raises(NamsaiError, match=r"costing\.no-exit"):
        follow({"a": 10.0}, tiers, {"on": "b", "back": "a"})


@settings(deadline=None)
@given(
    supply=st.lists(st.floats(0, 1000), min_size=4, max_size=4),
    weights=st.lists(st.floats(0.01, 100), min_size=16, max_size=16),
    caps=st.lists(st.floats(0, 100), min_size=8, max_size=8),
)
def test_what_enters_leaves(supply: list[float], weights: list[float], caps: list[float]) -> None:
    names = ["p", "q", "r", "s"]
    tiers: dict[str, list[Tier]] = {}
    targets: dict[str, str | None] = {}
    for i, name in enumerate(names):
        following, other = names[(i + 1) % 4], names[(i + 2) % 4]
        targets |= {f"{name}cap": other, f"{name}on": following}
        tiers[name] = [
            Tier(((f"{name}cap", caps[2 * i]), (f"{name}own", caps[2 * i + 1])), True),
            Tier(((f"{name}on", weights[2 * i]), (f"{name}out", weights[2 * i + 1]))),
        ]
    out = follow(dict(zip(names, supply, strict=True)), tiers, targets)
    left = sum(v for k, v in out.items() if targets.get(k) is None)
    assert left == pytest.approx(sum(supply), rel=1e-7, abs=1e-7)
    assert min(out.values(), default=0.0) >= -1e-9
