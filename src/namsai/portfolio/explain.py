"""The chosen set explained: order of doing, each option's part of the saving, and why the others were left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from namsai.options.overlap import place_in_order
from namsai.portfolio.candidates import Offer
from namsai.portfolio.model import Chosen, Left
from namsai.portfolio.overlap import shapley
from namsai.portfolio.problem import Problem


def doing_order(problem: Problem, chosen: Iterable[int], technique: Mapping[str, str]) -> tuple[int, ...]:
    """Order of doing: what brings most first; on one stream prevention before recovery; what is required before it.

    Args: problem; chosen - numbers of candidates; technique - by id. Returns the numbers in the order of doing.
    """
    waiting = sorted(chosen, key=lambda i: (-problem.value((i,)), problem.candidates[i].id))
    place = {i: place_in_order(technique.get(problem.candidates[i].id, "")) for i in waiting}
    streams: dict[int, set[int]] = {i: set() for i in waiting}
    for stream, row in enumerate(problem.touching):
        for i, _ in row:
            if i in streams:
                streams[i].add(stream)

    def is_ready(i: int) -> bool:
        required = any(a == i and b in waiting for a, b in problem.requirements)
        return not required and not any(place[j] < place[i] and streams[i] & streams[j] for j in waiting)

    done: list[int] = []
    while waiting:
        ready = next((i for i in waiting if is_ready(i)), waiting[0])
        waiting.remove(ready)
        done.append(ready)
    return tuple(done)


def attributed(problem: Problem, offer: Offer, chosen: Sequence[int]) -> dict[int, float]:
    """Each chosen option's part of the joint saving, present value less running costs [money].

    Overlapping savings of a stream by the Shapley value, other savings to the option itself.
    """
    parts = {i: offer.other_saving[problem.candidates[i].id] * offer.annuity for i in chosen}
    for worth, row in zip(problem.worth, problem.touching, strict=True):
        acting = [(i, s) for i, s in row if i in parts]
        for (i, _), part in zip(acting, shapley([s for _, s in acting]), strict=True):
            parts[i] += worth * part
    return parts


def steps(problem: Problem, offer: Offer, order: Sequence[int]) -> tuple[Chosen, ...]:
    """The chosen options in the order of doing, each with the value it adds to those before it [money, whole units]."""
    parts, before, rows = attributed(problem, offer, order), 0.0, []
    for place, i in enumerate(order, 1):
        value = problem.value(order[:place])
        candidate = problem.candidates[i]
        rows.append(
            Chosen(
                candidate.id,
                float(round(candidate.investment)),
                float(round(value)) - float(round(before)),
                float(round(parts[i])),
            )
        )
        before = value
    return tuple(rows)


def left_out(problem: Problem, chosen: Iterable[int]) -> tuple[Left, ...]:
    """Why each candidate that was not chosen is not in the plan: the first reason that holds.

    Order of reasons: what it requires is missing, it is worth nothing alone, a chosen one excludes it, the chosen ones
    already save what it would save, the budget does not reach.
    """
    inside = set(chosen)
    rows = []
    for i in range(len(problem.candidates)):
        if i not in inside:
            key, other = _reason(problem, inside, i)
            name = "" if other is None else other
            rows.append(
                Left(problem.candidates[i].id, f"portfolio.left-{key}", float(round(problem.value((i,)))), name)
            )
    return tuple(rows)


def _reason(problem: Problem, inside: set[int], i: int) -> tuple[str, str | None]:
    c = problem.candidates[i]
    if i in problem.barred:
        return "requires", next(r for r in c.requires if r not in {d.id for d in problem.candidates})
    if problem.value((i,)) <= 0:
        return "not-worth", None
    against = [b if a == i else a for a, b in problem.exclusions if i in (a, b)]
    if any(j in inside for j in against):
        return "excluded", problem.candidates[next(j for j in against if j in inside)].id
    missing = [b for a, b in problem.requirements if a == i and b not in inside]
    if missing:
        return "requires", problem.candidates[missing[0]].id
    fits = problem.budget is None or problem.spent((*inside, i)) <= problem.budget
    if fits or problem.value((*inside, i)) - problem.value(tuple(inside)) <= 0:
        return "overlap", None
    return "budget", None
