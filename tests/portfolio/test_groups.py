"""Groups of options that share only a budget: the same answer as the solver, and none where they are too large."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from namsai.portfolio import groups
from namsai.portfolio.groups import best_of_groups, split
from namsai.portfolio.model import Candidate
from namsai.portfolio.problem import Problem, make_problem
from namsai.portfolio.programme import Programme
from namsai.portfolio.solve import solve_by_groups, solve_problem


def many(seed: int, n: int, streams: int, whole: bool, budget_share: float) -> Problem:
    """n options, most on one of many streams, some tied by rules; amounts as they come or in whole millions (ties)."""
    rng = random.Random(seed)
    worth = {f"s{k}": rng.uniform(2e5, 1e6) for k in range(streams)}
    candidates = []
    for i in range(n):
        shares = {f"s{rng.randrange(streams)}": rng.choice([0.1, 0.2, 0.5, rng.random()])}
        cost = sum(worth[k] * s for k, s in shares.items()) * rng.uniform(0.05, 0.9)
        other = rng.randrange(n)
        candidates.append(
            Candidate(
                f"o{i}",
                round(cost, -5) if whole else cost,
                0.0,
                shares,
                rng.random() < 0.03,
                (f"o{other}",) if other != i and rng.random() < 0.08 else (),
                (f"o{other}",) if other != i and rng.random() > 0.92 else (),
            )
        )
    return make_problem(candidates, worth, budget_share * sum(c.investment for c in candidates))


@settings(max_examples=60)
@given(
    st.integers(0, 10**6), st.integers(2, 40), st.integers(1, 15), st.booleans(), st.sampled_from([0.0, 0.1, 0.4, 0.9])
)
def test_the_groups_answer_as_the_solver_does(seed: int, n: int, streams: int, whole: bool, share: float) -> None:
    problem = many(seed, n, streams, whole, share)
    found = solve_by_groups(problem)
    if found is None:
        return
    other = Programme(problem).best()
    assert found.status == other.status
    assert found.value == pytest.approx(other.value, rel=2e-7, abs=1e-3)
    assert found.bound >= other.value - 1e-6
    assert found.gap < 1e-12
    place = {c.id: i for i, c in enumerate(problem.candidates)}
    assert found.status == "infeasible" or problem.feasible([place[i] for i in found.chosen])


def test_groups_are_tied_by_streams_and_rules_and_leave_out_what_is_never_chosen() -> None:
    options = [
        Candidate("a", 1, 0, {"water": 0.5}),
        Candidate("b", 1, 0, {"coal": 0.5}, requires=("c",)),
        Candidate("c", 1, 0, {"steam": 0.5}),
        Candidate("d", 1, 0, {"water": 0.1, "air": 0.1}, excludes=("e",)),
        Candidate("e", 1, 9, {}),
        Candidate("worthless", 9, 0, {"coal": 0.1}),
        Candidate("alone", 1, 9, {}),
        Candidate("barred", 1, 9, {"coal": 0.9}, requires=("nobody",)),
    ]
    problem = make_problem(options, dict.fromkeys(("water", "coal", "steam", "air"), 50.0))
    assert split(problem) == ((0, 3, 4), (1, 2), (6,))


def test_large_groups_and_much_work_are_left_to_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    tied = many(1, groups.LARGEST + 1, 1, False, 0.3)
    assert len(split(tied)[0]) > groups.LARGEST
    assert best_of_groups(tied) is None
    assert solve_problem(tied).rounds > 0
    loose = many(2, 12, 12, False, 0.3)
    assert best_of_groups(loose) is not None
    monkeypatch.setattr(groups, "WIDEST", 1)
    assert best_of_groups(loose) is None


def test_of_equal_sets_the_cheaper_is_chosen() -> None:
    same = [Candidate("dear", 4, 14, {}, excludes=("cheap",)), Candidate("cheap", 3, 13, {})]
    assert solve_problem(make_problem(same, {}, 100.0)).chosen == ("cheap",)
