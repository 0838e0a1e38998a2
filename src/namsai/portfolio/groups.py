"""The best set of options exactly, without a solver, where the options fall into small groups that only share a budget.

Options belong together when they act on a common stream or a rule ties them. Within a group all sets are tried; what is
dearer and no better than another is dropped. Groups are then joined one by one: a set is dropped when it exceeds the
budget, when another is no dearer and no worse, or when even the best that the other groups could add stays below a set
that is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from namsai.portfolio.problem import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

LARGEST = 14  # options in a group: all 2^14 sets are tried (above, the solver is faster: measured)
WIDEST = 200_000  # sets looked at when two groups are joined
_HAIR = 1e-12  # relative: what rounding may hide


@dataclass(frozen=True, slots=True)
class Front:
    """The sets of one or more groups that nothing beats, by cost ascending: cost, value [money] and what they are."""

    cost: Floats
    value: Floats
    sets: tuple[tuple[int, ...], ...]


def split(problem: Problem) -> tuple[tuple[int, ...], ...]:
    """Return the groups of candidates that stream or rule ties together, without those that can never be chosen."""
    leader = list(range(len(problem.candidates)))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    out = problem.barred | problem.useless
    tied = [[i for i, _ in row] for row, worth in zip(problem.touching, problem.worth, strict=True) if worth]
    for members in (*tied, *problem.exclusions, *problem.requirements):
        inside = [i for i in members if i not in out]
        for i in inside[1:]:
            leader[find(i)] = find(inside[0])
    found: dict[int, list[int]] = {}
    for i in range(len(leader)):
        if i not in out:
            found.setdefault(find(i), []).append(i)
    return tuple(tuple(members) for members in found.values())


def best_of_groups(problem: Problem) -> tuple[tuple[int, ...], float] | None:
    """Return the best set and the proven upper bound [money] of any set; ((), -inf) where no set keeps the rules.

    Args: problem. Returns None where a group or the work of joining is too large (`LARGEST`, `WIDEST`), or where
    rounding leaves the set a hair outside the budget: then the solver has to answer.
    Source: Nemhauser and Ullmann 1969 (dominance); Dantzig 1957 (bound by the best value per money).
    """
    members = split(problem)
    if max(map(len, members), default=0) > LARGEST:
        return None
    out = problem.barred | problem.useless
    fronts = [front_of(problem, group) for group in members]
    if any(not f.sets for f in fronts) or any(problem.candidates[i].must for i in out):
        return (), float("-inf")
    if problem.budget is None or not fronts:
        chosen = tuple(sorted(i for f in fronts for i in f.sets[-1]))
        return chosen, sum(float(f.value[-1]) for f in fronts)
    limit = problem.budget * (1 + _HAIR)
    if sum(float(f.cost[0]) for f in fronts) > limit:
        return (), float("-inf")
    found = _join(fronts, limit)
    if found is None or not problem.feasible(found[0]):
        return None
    return found


def front_of(problem: Problem, group: Sequence[int]) -> Front:
    """Try all sets of a group that keep the rules; the front is empty when there is none."""
    import numpy as np

    place = {i: n for n, i in enumerate(group)}
    cost, value = np.zeros(1), np.zeros(1)
    for i in group:
        cost = np.concatenate([cost, cost + problem.candidates[i].investment])
        value = np.concatenate([value, value + problem.fixed[i]])
    for worth, row in zip(problem.worth, problem.touching, strict=True):
        shares = {i: s for i, s in row if i in place}
        if shares and worth:
            rest = np.ones(1)
            for i in group:
                rest = np.concatenate([rest, rest * (1.0 - shares.get(i, 0.0))])
            value = value + worth * (1.0 - rest)
    number = np.arange(len(cost))
    bit = [(number >> n) & 1 for n in range(len(group))]
    keeps = np.ones(len(cost), dtype=bool)
    for i, j in problem.exclusions:
        if i in place and j in place:
            keeps &= bit[place[i]] + bit[place[j]] < 2
    for i, j in problem.requirements:
        if i in place:
            keeps &= bit[place[i]] <= (bit[place[j]] if j in place else 0)
    for i in group:
        if problem.candidates[i].must:
            keeps &= bit[place[i]] == 1
    number, cost, value = number[keeps], cost[keeps], value[keeps]
    best = _unbeaten(cost, value)
    sets = tuple(tuple(i for n, i in enumerate(group) if number[b] >> n & 1) for b in best)
    return Front(cost[best], value[best], sets)


def _unbeaten(cost: Floats, value: Floats) -> Floats:
    """Return the numbers of the sets that no other beats in cost and value, by cost; of equal ones the first."""
    import numpy as np

    order = np.lexsort((-value, cost))
    sorted_value = value[order]
    before = np.concatenate([[-np.inf], np.maximum.accumulate(sorted_value)[:-1]])
    kept: Floats = order[sorted_value > before]
    return kept


def _hull(front: Front) -> list[tuple[float, float]]:
    """Return the steps (cost, value) of the concave hull of a front, each worth less per money than the one before."""
    points = list(zip(front.cost.tolist(), front.value.tolist(), strict=True))
    kept = [points[0]]
    for cost, value in points[1:]:
        while len(kept) > 1 and (value - kept[-1][1]) * (kept[-1][0] - kept[-2][0]) >= (kept[-1][1] - kept[-2][1]) * (
            cost - kept[-1][0]
        ):
            kept.pop()
        kept.append((cost, value))
    return [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(kept)]


def _join(fronts: Sequence[Front], limit: float) -> tuple[tuple[int, ...], float] | None:
    """Join the fronts under the budget; None when more than `WIDEST` sets would have to be looked at."""
    import numpy as np

    hulls = [_hull(f) for f in fronts]
    known = _greedy(fronts, hulls, limit)
    scale = max(max(abs(float(f.value[0])), abs(float(f.value[-1]))) for f in fronts)
    floor = known - _HAIR * max(scale, abs(known))
    cost, value = np.zeros(1), np.zeros(1)
    trail: list[tuple[Floats, Floats]] = []
    for n, front in enumerate(fronts):
        if len(cost) * len(front.cost) > WIDEST:
            return None
        rest_cost, rest_value = _rest(fronts[n + 1 :], hulls[n + 1 :])
        width = len(front.cost)
        cost = np.add.outer(cost, front.cost).ravel()
        value = np.add.outer(value, front.value).ravel()
        number = np.flatnonzero(cost + rest_cost[0] <= limit)
        hope = value[number] + np.interp(limit - cost[number], rest_cost, rest_value)
        number = number[hope >= floor]
        best = number[_unbeaten(cost[number], value[number])]
        cost, value = cost[best], value[best]
        trail.append((best // width, best % width))
    at = len(cost) - 1
    chosen: list[int] = []
    for front, (before, own) in zip(reversed(fronts), reversed(trail), strict=True):
        chosen += front.sets[own[at]]
        at = before[at]
    return tuple(sorted(chosen)), float(value[-1])


def _rest(fronts: Sequence[Front], hulls: Sequence[list[tuple[float, float]]]) -> tuple[Floats, Floats]:
    """Return the most that the groups still to come can add, as corners (money spent, value), fractions allowed."""
    import numpy as np

    steps = sorted((s for hull in hulls for s in hull), key=lambda s: -s[1] / s[0])
    start = [(sum(float(f.cost[0]) for f in fronts), sum(float(f.value[0]) for f in fronts))]
    corners = np.cumsum(np.array(start + steps), axis=0)
    return corners[:, 0], corners[:, 1]


def _greedy(fronts: Sequence[Front], hulls: Sequence[list[tuple[float, float]]], limit: float) -> float:
    """Return the value of a set that keeps the budget: the steps of most value per money first."""
    spent = sum(float(f.cost[0]) for f in fronts)
    value = sum(float(f.value[0]) for f in fronts)
    steps = sorted(((s, n) for n, hull in enumerate(hulls) for s in hull), key=lambda t: -t[0][1] / t[0][0])
    closed: set[int] = set()
    for (cost, worth), n in steps:
        if n in closed or spent + cost > limit:
            closed.add(n)
        else:
            spent, value = spent + cost, value + worth
    return value
