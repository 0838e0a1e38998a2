"""Money against emissions: no point is beaten by any set that can be done, and more money never makes it worse."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from namsai.findings import NamsaiError
from namsai.portfolio.frontier import Point, frontier
from namsai.portfolio.model import Candidate
from namsai.portfolio.overlap import joint
from namsai.portfolio.problem import Problem, make_problem
from tests.portfolio.test_solve import every_set, problems


def amount_of(problem: Problem, gas: dict[str, float], extra: dict[str, float], chosen: tuple[int, ...]) -> float:
    picked = [problem.candidates[i] for i in chosen]
    by_stream = sum(g * joint([c.shares.get(k, 0.0) for c in picked]) for k, g in gas.items())
    return by_stream + sum(extra.get(c.id, 0.0) for c in picked)


def of(problem: Problem, gas: dict[str, float], extra: dict[str, float], budget: float | None) -> tuple[Point, ...]:
    worth = dict(zip(problem.streams, problem.worth, strict=True))
    return frontier(problem.candidates, worth, gas, budget, other_amount=extra, points=5)


gases = st.lists(st.integers(0, 90).map(float), min_size=3, max_size=3)
extras = st.dictionaries(st.sampled_from(["o0", "o1", "o2"]), st.integers(-9, 20).map(float), max_size=2)


@settings(max_examples=60)
@given(problems(), gases, extras)
def test_no_set_beats_a_point_and_both_ends_are_there(
    problem: Problem, kg: list[float], extra: dict[str, float]
) -> None:
    extra = {i: v for i, v in extra.items() if i in {c.id for c in problem.candidates}}
    gas = {k: kg[n] for n, k in enumerate(problem.streams)}
    found = of(problem, gas, extra, problem.budget)
    sets = [(problem.value(s), amount_of(problem, gas, extra, s)) for s in every_set(problem)]
    assert bool(found) == bool(sets)
    if not sets:
        return
    money = 1e-6 * max(abs(a) for a in (*problem.worth, *problem.fixed, 1.0))
    weight = 1e-6 * max(*kg, 20.0)
    place = {c.id: i for i, c in enumerate(problem.candidates)}
    for p in found:
        chosen = tuple(place[i] for i in p.chosen)
        assert problem.feasible(chosen)
        assert (p.value, p.amount) == pytest.approx(
            (problem.value(chosen), amount_of(problem, gas, extra, chosen)), abs=weight
        )
        assert not [s for s in sets if s[0] > p.value + money and s[1] >= p.amount]
        assert not [s for s in sets if s[0] >= p.value and s[1] > p.amount + weight]
        assert not [q for q in found if q is not p and q.value >= p.value and q.amount >= p.amount]
    assert max(p.value for p in found) == pytest.approx(max(s[0] for s in sets), abs=money)
    assert max(p.amount for p in found) == pytest.approx(max(s[1] for s in sets), abs=weight)


def trade_off(seed: int) -> tuple[Problem, dict[str, float]]:
    """Eight options of which many lose money, on two streams that cost little where they give off much."""
    rng = random.Random(seed)
    worth, gas = {"s0": 900.0, "s1": 100.0}, {"s0": 10.0, "s1": 800.0}
    options = [
        Candidate(f"o{i}", float(rng.randint(5, 200)), 0.0, {k: round(rng.uniform(0, 0.5), 2) for k in worth})
        for i in range(8)
    ]
    return make_problem(options, worth, rng.choice([None, 400.0])), gas


@pytest.mark.parametrize("seed", range(12))
def test_every_level_has_its_most_valuable_set(seed: int) -> None:
    problem, gas = trade_off(seed)
    found = of(problem, gas, {}, problem.budget)
    assert len(found) > 1
    sets = [(problem.value(s), amount_of(problem, gas, {}, s)) for s in every_set(problem)]
    lowest, highest = max(sets)[1], max(a for _, a in sets)
    for level in (lowest + (highest - lowest) * n / 4 for n in range(5)):
        best = max(v for v, a in sets if a >= level - 1e-6)
        assert max(p.value for p in found if p.amount >= level - 1e-6) == pytest.approx(best, abs=1e-5)
    for p in found:
        assert not [
            s for s in sets if s[0] >= p.value and s[1] >= p.amount and max(s[0] - p.value, s[1] - p.amount) > 1e-5
        ]


def test_of_sets_of_equal_value_the_one_that_avoids_most_is_shown() -> None:
    idle = [
        Candidate("a", 5, 8, {}, excludes=("b",)),
        Candidate("b", 5, 8, {}, excludes=("a",)),
        Candidate("c", 9, 9, {}),
    ]
    found = frontier(idle, {}, {}, other_amount={"a": 1.0, "b": 4.0, "c": 2.0})
    assert [(p.chosen, p.value, p.amount) for p in found] == [(("b", "c"), 3.0, 6.0)]


@settings(max_examples=30)
@given(problems(), gases)
def test_more_budget_never_worsens_either_end(problem: Problem, kg: list[float]) -> None:
    gas = {k: kg[n] for n, k in enumerate(problem.streams)}
    if problem.budget is None:
        return
    small, large = (of(problem, gas, {}, b) for b in (problem.budget, 1.5 * problem.budget + 10))
    if not small:
        return
    money = 1e-6 * max(abs(a) for a in (*problem.worth, *problem.fixed, 1.0))
    assert large[0].value >= small[0].value - money
    assert large[-1].amount >= small[-1].amount - 1e-6 * max(*kg, 1.0)


def test_a_stream_without_an_amount_is_an_error_and_not_zero() -> None:
    with pytest.raises(NamsaiError, match="unknown-stream"):
        frontier([Candidate("a", 1, 0, {"coal": 0.5})], {"coal": 9.0}, {})
    with pytest.raises(NamsaiError) as caught:
        frontier([Candidate("a", 1, 0, {})], {}, {}, other_amount={"b": 1.0, "a": float("nan")}, points=1)
    assert {f.code for f in caught.value.findings} == {
        "calculators.unknown-input",
        "portfolio.no-value",
        "calculators.out-of-range",
    }


def test_where_the_dearest_set_also_avoids_most_there_is_one_point() -> None:
    found = frontier([Candidate("a", 1, 0, {"coal": 0.5})], {"coal": 9.0}, {"coal": 7.0}, 5.0)
    assert [(p.chosen, p.value, p.amount, p.spent) for p in found] == [(("a",), 3.5, 3.5, 1.0)]
