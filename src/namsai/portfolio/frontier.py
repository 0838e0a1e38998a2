"""Money against emissions: the sets of options that no other set beats in both, by the constraint method.

The most valuable set is sought again and again, each time with a larger least amount of emissions avoided.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from namsai.findings import NamsaiError, error
from namsai.portfolio.model import Candidate, Solution
from namsai.portfolio.problem import Problem, make_problem
from namsai.portfolio.programme import Programme
from namsai.portfolio.solve import solve_problem

_HAIR = 1e-9  # relative: levels lie this far lower, so that rounding cannot cut off the largest amount


@dataclass(frozen=True, slots=True)
class Point:
    """One set of the frontier: options, net present value [money], amount avoided per year, investment, proven gap."""

    chosen: tuple[str, ...]
    value: float
    amount: float
    spent: float
    gap: float


@dataclass(frozen=True)
class _Amounts(Problem):
    """The same options and streams; the value of a set is the amount that it avoids."""

    other: tuple[float, ...] = ()

    @cached_property
    def fixed(self) -> tuple[float, ...]:
        """Amount of each candidate that no overlap touches."""
        return self.other


def frontier(
    candidates: Sequence[Candidate],
    stream_worth: Mapping[str, float],
    stream_amount: Mapping[str, float],
    budget: float | None = None,
    *,
    other_amount: Mapping[str, float] | None = None,
    points: int = 9,
) -> tuple[Point, ...]:
    """Return sets of options under a budget that no set beats both in net present value and in amount avoided.

    Formula: max value(x) subject to amount(x) >= e, for `points` levels e evenly spaced from the amount of the most
    valuable set to the largest amount possible; both count overlapping savings once: sum_k a_k (1 - prod_i (1 - s_ik)).
    Args: candidates; stream_worth - present value of the cost of each stream [money]; stream_amount - what each stream
    gives off [kg CO2e/year], for every stream that a candidate acts on; budget [money]; other_amount - avoided by an
    option apart from streams, by id (none: 0); points - levels, 2 at least.
    Returns the points by value descending, each set once, without beaten ones; none when the options that must be done
    cannot be. Between the levels there may be more. Errors: as `make_problem`, ``portfolio.solver-stopped``,
    ``calculators.unknown-input`` (an id in other_amount), ``calculators.out-of-range`` (points).
    Source: epsilon-constraint method, Haimes, Lasdon and Wismer 1971.

    >>> lamp, oven = Candidate("lamp", 10, 0, {"power": 0.1}), Candidate("oven", 90, 0, {"coal": 0.5})
    >>> found = frontier([lamp, oven], {"power": 300.0, "coal": 100.0}, {"power": 50.0, "coal": 800.0}, points=3)
    >>> [(p.chosen, round(p.value), round(p.amount)) for p in found]
    [(('lamp',), 20, 5), (('lamp', 'oven'), -20, 405)]
    """
    used = {stream for c in candidates for stream in c.shares}
    money = make_problem(candidates, {k: v for k, v in stream_worth.items() if k in used}, budget)
    streams = {k: stream_amount[k] for k in money.streams if k in stream_amount}
    same = make_problem(candidates, streams, budget)
    extra = _checked(other_amount or {}, candidates, points)
    amounts = _Amounts(
        same.candidates, same.streams, same.worth, budget, same.exclusions, same.requirements, same.barred,
        other=tuple(float(extra.get(c.id, 0.0)) for c in candidates),
    )  # fmt: skip
    first, most = solve_problem(money), solve_problem(amounts)
    if first.status == "infeasible":
        return ()
    place = {c.id: i for i, c in enumerate(candidates)}
    found = [first]
    lowest, highest = amounts.value([place[i] for i in first.chosen]), most.value
    span = highest - lowest
    levels = [lowest + span * n / (points - 1) for n in range(1, points)] if span > _HAIR * abs(highest) else []
    reached = lowest
    for level in (e - _HAIR * abs(highest) for e in levels):
        if reached < level:  # else the set found last is the most valuable one of this level too
            found.append(_best_with(money, amounts, level))
            reached = amounts.value([place[i] for i in found[-1].chosen])
    sets: dict[tuple[str, ...], Point] = {}
    for value, gap in dict.fromkeys((s.value, s.gap) for s in found):
        same_value = _best_with(amounts, money, value)  # of sets of equal value the one that avoids most
        chosen = [place[i] for i in same_value.chosen]
        sets[same_value.chosen] = Point(
            same_value.chosen, money.value(chosen), amounts.value(chosen), money.spent(chosen), max(gap, same_value.gap)
        )
    return tuple(sorted(_unbeaten(tuple(sets.values())), key=lambda p: (-p.value, -p.amount)))


def _checked(extra: Mapping[str, float], candidates: Sequence[Candidate], points: int) -> Mapping[str, float]:
    """Return the other amounts when each is a number of an option that is there, and two levels at least are wanted."""
    known = ", ".join(c.id for c in candidates)
    ids = {c.id for c in candidates}
    wrong = [error("calculators.unknown-input", "other_amount", input=i, known=known) for i in extra if i not in ids]
    wrong += [error("portfolio.no-value", f"options/{i}", option=i) for i, v in extra.items() if not math.isfinite(v)]
    if points < 2:
        wrong.append(error("calculators.out-of-range", "points", value=points, range="2 .."))
    if wrong:
        raise NamsaiError(*wrong)
    return extra


def _best_with(problem: Problem, second: Problem, least: float) -> Solution:
    """Return the best set that has at least this much of the second value."""
    found = Programme(problem, second, least).best()
    if found.status != "optimal":
        raise NamsaiError(error("portfolio.solver-stopped", status=found.status))
    return found


def _unbeaten(points: Sequence[Point]) -> list[Point]:
    def beats(p: Point, q: Point) -> bool:
        return p.value >= q.value and p.amount >= q.amount and (p.value, p.amount) != (q.value, q.amount)

    return [q for q in points if not any(beats(p, q) for p in points)]
