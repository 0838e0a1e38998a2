"""The best set of options under a budget, exactly: small groups by trying all sets, else by the solver."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from namsai.portfolio.groups import best_of_groups
from namsai.portfolio.model import Candidate, Solution
from namsai.portfolio.problem import Problem, make_problem
from namsai.portfolio.programme import TOLERANCE, Programme, proven


def solve(
    candidates: Sequence[Candidate],
    stream_worth: Mapping[str, float],
    budget: float | None = None,
    *,
    tolerance: float = TOLERANCE,
    max_rounds: int = 60,
) -> Solution:
    """Maximise sum_k a_k (1 - prod_i (1 - s_ik x_i)) + sum_i (other_i - investment_i) x_i under the budget.

    Args: candidates - with investment and other value [money], shares 0..1 by stream, must, excludes, requires;
    stream_worth - a_k, present value of the cost of each stream [money]; budget [money] or None; tolerance - relative
    gap at which to stop [1]; max_rounds - of adding tangents. Returns Solution; the gap is (bound - value) / |value|
    [1].
    Errors: as `make_problem`. Source: outer approximation, Duran and Grossmann 1986.

    >>> two = [Candidate("a", 10, 0, {"water": 0.5}), Candidate("b", 10, 0, {"water": 0.5})]
    >>> solve(two, {"water": 30.0}).chosen
    ('a',)
    """
    return solve_problem(make_problem(candidates, stream_worth, budget), tolerance=tolerance, max_rounds=max_rounds)


def solve_problem(problem: Problem, *, tolerance: float = TOLERANCE, max_rounds: int = 60) -> Solution:
    """As `solve`, for a problem made before."""
    found = solve_by_groups(problem)
    return Programme(problem).best(tolerance=tolerance, max_rounds=max_rounds) if found is None else found


def solve_by_groups(problem: Problem) -> Solution | None:
    """As `solve`, without the solver; None where the groups are too large for that."""
    if not problem.candidates:
        return Solution((), 0.0, 0.0, 0.0, 0.0, "optimal")
    found = best_of_groups(problem)
    if found is None:
        return None
    chosen, bound = found
    if bound == -math.inf:
        return Solution((), 0.0, 0.0, 0.0, 0.0, "infeasible")
    return proven(problem, chosen, problem.value(chosen), bound, "optimal", 0)
