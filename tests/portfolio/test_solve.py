"""The choice under a budget against plain enumeration, and what must hold for every problem."""

import subprocess
import sys
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from namsai.findings import NamsaiError
from namsai.portfolio.model import Candidate, Solution
from namsai.portfolio.problem import Problem, make_problem
from namsai.portfolio.programme import Programme
from namsai.portfolio.solve import solve, solve_by_groups, solve_problem


def every_set(problem: Problem) -> list[tuple[int, ...]]:
    sets = (tuple(i for i, b in enumerate(bits) if b) for bits in product((0, 1), repeat=len(problem.candidates)))
    return [chosen for chosen in sets if problem.feasible(chosen)]


def enumerate_all(problem: Problem) -> tuple[float, tuple[int, ...]] | None:
    return max(((problem.value(s), s) for s in every_set(problem)), key=lambda found: found[0], default=None)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    n, streams = draw(st.integers(1, 7)), draw(st.integers(1, 3))
    share = st.one_of(st.just(0.0), st.floats(0.01, 0.95), st.just(1.0))
    ids = [f"o{i}" for i in range(n)]
    other = st.lists(st.sampled_from(ids), max_size=1).map(tuple)
    scale = draw(st.sampled_from([1.0, 1e4, 1e9]))
    candidates = [
        Candidate(
            ids[i],
            scale * draw(st.integers(0, 60)),
            scale * draw(st.integers(-20, 40)),
            {f"s{k}": draw(share) for k in range(streams)},
            draw(st.integers(0, 9)) == 0,
            tuple(x for x in draw(other) if x != ids[i]),
            tuple(x for x in draw(other) if x != ids[i]),
        )
        for i in range(n)
    ]
    worth = {f"s{k}": scale * draw(st.integers(0, 200)) for k in range(streams)}
    budget = draw(st.one_of(st.none(), st.integers(0, 150).map(lambda b: scale * b)))
    return make_problem(candidates, worth, budget)


def by_programme(problem: Problem) -> Solution | None:
    return Programme(problem).best()


WAYS = {"groups": solve_by_groups, "programme": by_programme}


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=120, deadline=None)
@given(problems())
def test_the_answer_is_that_of_enumeration_with_its_proof(way: str, problem: Problem) -> None:
    found, best = WAYS[way](problem), enumerate_all(problem)
    assert found is not None
    if best is None:
        assert found.status == "infeasible"
        return
    size = max(abs(a) for a in (*problem.worth, *problem.fixed, 1.0))
    assert found.status == "optimal"
    assert found.value == pytest.approx(best[0], abs=1e-6 * size)
    assert found.bound >= best[0] - 1e-9 * size
    assert found.gap <= 1e-7
    place = {c.id: i for i, c in enumerate(problem.candidates)}
    chosen = [place[i] for i in found.chosen]
    assert problem.feasible(chosen)
    assert found.value == pytest.approx(problem.value(chosen), abs=1e-9 * size)


@settings(max_examples=60, deadline=None)
@given(problems(), st.floats(0.0, 1.0), st.integers(0, 60))
def test_a_better_option_never_lowers_the_optimum(problem: Problem, share: float, cost: int) -> None:
    before = solve_problem(problem)
    if before.status == "infeasible":
        return
    worth = dict(zip(problem.streams, problem.worth, strict=True))
    extra = Candidate("new", float(cost), 0.0, {problem.streams[0]: share})
    after = solve([*problem.candidates, extra], worth, problem.budget)
    cheaper = solve(
        [
            Candidate(c.id, c.investment / 2, c.other_value, c.shares, c.must, c.excludes, c.requires)
            for c in problem.candidates
        ],
        worth,
        problem.budget,
    )
    slack = 1e-6 * max(abs(a) for a in (*problem.worth, *problem.fixed, 1.0))
    assert after.value >= before.value - slack
    assert cheaper.value >= before.value - slack


@settings(max_examples=60, deadline=None)
@given(problems())
def test_a_larger_budget_is_never_worse_and_savings_stay_below_the_flow(problem: Problem) -> None:
    small = solve_problem(problem)
    if small.status == "infeasible" or problem.budget is None:
        return
    worth = dict(zip(problem.streams, problem.worth, strict=True))
    large = solve(problem.candidates, worth, problem.budget * 1.5 + 10)
    slack = 1e-6 * max(abs(a) for a in (*problem.worth, *problem.fixed, 1.0))
    assert large.value >= small.value - slack
    chosen = [i for i, c in enumerate(problem.candidates) if c.id in small.chosen]
    assert problem.value(chosen) - sum(problem.fixed[i] for i in chosen) <= sum(problem.worth) + slack


def test_kip_amounts_and_a_stream_saved_whole() -> None:
    options = [
        Candidate("stop", 4e12, 0.0, {"coal": 1.0}),
        Candidate("tune", 1e11, 0.0, {"coal": 0.2}),
        Candidate("lag", 2e11, 0.0, {"coal": 0.1}),
    ]
    assert solve(options, {"coal": 5e12}).chosen == ("tune", "lag")
    assert solve(options, {"coal": 9e12}).chosen == ("stop",)


def test_the_budget_is_kept_to_the_last_kip() -> None:
    options = [Candidate(f"o{i}", 333_333_334.0, 0.0, {"w": 0.3}) for i in range(3)]
    assert len(solve(options, {"w": 5e12}, 1_000_000_001.0).chosen) == 2
    assert len(solve(options, {"w": 5e12}, 1_000_000_002.0).chosen) == 3


def test_what_requires_an_unknown_option_is_barred_and_rules_are_named() -> None:
    options = [
        Candidate("a", 1, 10, {}, requires=("ghost",), excludes=("b", "b")),
        Candidate("b", 1, 5, {}, excludes=("nobody",)),
    ]
    problem = make_problem(options, {})
    assert {f.code for f in problem.findings} == {
        "portfolio.unknown-requires",
        "portfolio.unknown-excludes",
        "portfolio.doubled-rule",
    }
    assert solve_problem(problem).chosen == ("b",)
    assert make_problem(options, {}, known=["ghost", "nobody"]).findings[0].code == "portfolio.doubled-rule"


def test_all_mistakes_of_the_input_come_at_once() -> None:
    bad = [Candidate("a", -1, 0, {"x": 1.5}), Candidate("a", 1, float("nan"), {"y": 0.1})]
    with pytest.raises(NamsaiError) as caught:
        make_problem(bad, {"x": -1.0}, -5)
    assert {f.code.split(".")[1] for f in caught.value.findings} == {
        "duplicate-option",
        "negative-investment",
        "share-range",
        "no-value",
        "unknown-stream",
        "negative-stream",
        "negative-budget",
    }


def test_nothing_to_choose_is_worth_nothing() -> None:
    assert solve([], {}).value == 0
    none = solve([Candidate("a", 5, 1, {})], {})
    assert (none.chosen, none.value, none.gap, none.status) == ((), 0, 0, "optimal")


def test_the_solver_writes_nothing_on_standard_output() -> None:
    code = (
        "from namsai.portfolio.solve import solve; from namsai.portfolio.model import Candidate\n"
        "solve([Candidate('a', 1, 2, {'w': 0.5})], {'w': 3.0}, 5.0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert (done.stdout, done.stderr) == ("", "")
