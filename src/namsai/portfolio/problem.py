"""The choice as a problem: candidates checked, ids turned into numbers, the true value of a set."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from namsai.findings import Finding, NamsaiError, error, warning
from namsai.portfolio.model import Candidate


@dataclass(frozen=True)
class Problem:
    """Candidates with numbers instead of ids.

    Value of a set: sum_k a_k (1 - prod_i (1 - s_ik)) + sum_i (other_i - investment_i).
    """

    candidates: tuple[Candidate, ...]
    streams: tuple[str, ...]
    worth: tuple[float, ...]  # a_k: present value of the cost of each stream
    budget: float | None
    exclusions: tuple[tuple[int, int], ...]
    requirements: tuple[tuple[int, int], ...]  # (i, j): i only with j
    barred: frozenset[int] = frozenset()  # what they require does not exist
    findings: tuple[Finding, ...] = ()

    @cached_property
    def touching(self) -> tuple[tuple[tuple[int, float], ...], ...]:
        """For each stream the (candidate, share) that act on it."""
        found: list[list[tuple[int, float]]] = [[] for _ in self.streams]
        place = {k: n for n, k in enumerate(self.streams)}
        for i, candidate in enumerate(self.candidates):
            for stream, share in candidate.shares.items():
                if share:
                    found[place[stream]].append((i, share))
        return tuple(tuple(row) for row in found)

    @cached_property
    def fixed(self) -> tuple[float, ...]:
        """Value of each candidate that no overlap touches: other value less investment."""
        return tuple(c.other_value - c.investment for c in self.candidates)

    @cached_property
    def useless(self) -> frozenset[int]:
        """Candidates that are worth nothing even alone, and that nothing else needs: overlap can only make them
        worse.
        """
        needed = {j for _, j in self.requirements}
        return frozenset(
            i for i, c in enumerate(self.candidates) if not c.must and i not in needed and self.value((i,)) <= 0
        )

    def value(self, chosen: Sequence[int]) -> float:
        """True value of a set of candidates [money]."""
        inside = set(chosen)
        parts = [self.fixed[i] for i in inside]
        for worth, row in zip(self.worth, self.touching, strict=True):
            parts.append(worth * (1.0 - math.prod(1.0 - s for i, s in row if i in inside)))
        return math.fsum(parts)

    def spent(self, chosen: Sequence[int]) -> float:
        """Investment of a set [money]."""
        return math.fsum(self.candidates[i].investment for i in chosen)

    def feasible(self, chosen: Sequence[int]) -> bool:
        """Tell whether a set keeps the budget, the exclusions, the prerequisites and the musts."""
        inside = set(chosen)
        return (
            (self.budget is None or self.spent(chosen) <= self.budget * (1 + 1e-12))
            and not any(i in inside and j in inside for i, j in self.exclusions)
            and not any(i in inside and j not in inside for i, j in self.requirements)
            and not inside & self.barred
            and all(i in inside for i, c in enumerate(self.candidates) if c.must)
        )


def make_problem(
    candidates: Sequence[Candidate],
    stream_worth: Mapping[str, float],
    budget: float | None = None,
    known: Collection[str] = (),
) -> Problem:
    """Check the candidates and number them.

    Args: candidates; stream_worth - present value of the cost of each stream [money]; budget [money] or None for no
    limit.
    Returns Problem; an unknown id in excludes or requires is a warning (unknown prerequisites cannot be met: the
    option is then out). Errors: ``portfolio.duplicate-option``, ``portfolio.share-range``,
    ``portfolio.negative-investment``, ``portfolio.negative-stream``, ``portfolio.unknown-stream``,
    ``portfolio.negative-budget`` - all of them at once.
    """
    wrong: list[Finding] = []
    for id_, count in Counter(c.id for c in candidates).items():
        if count > 1:
            wrong.append(error("portfolio.duplicate-option", f"options/{id_}", option=id_, count=count))
    for c in candidates:
        path = f"options/{c.id}"
        if not (math.isfinite(c.investment) and c.investment >= 0):
            wrong.append(error("portfolio.negative-investment", path, option=c.id, value=str(c.investment)))
        if not math.isfinite(c.other_value):
            wrong.append(error("portfolio.no-value", path, option=c.id))
        for stream, share in c.shares.items():
            if stream not in stream_worth:
                wrong.append(error("portfolio.unknown-stream", path, option=c.id, stream=stream))
            if not 0 <= share <= 1:
                wrong.append(error("portfolio.share-range", f"{path}/{stream}", value=share))
    for stream, worth in stream_worth.items():
        if not (math.isfinite(worth) and worth >= 0):
            wrong.append(error("portfolio.negative-stream", f"streams/{stream}", stream=stream, value=str(worth)))
    if budget is not None and not (math.isfinite(budget) and budget >= 0):
        wrong.append(error("portfolio.negative-budget", "budget", value=str(budget)))
    if wrong:
        raise NamsaiError(*wrong)
    return _number(tuple(candidates), stream_worth, budget, known)


def _number(
    candidates: tuple[Candidate, ...], stream_worth: Mapping[str, float], budget: float | None, known: Collection[str]
) -> Problem:
    """Turn ids into numbers; doubled rules once, unknown ids as findings."""
    place = {c.id: i for i, c in enumerate(candidates)}
    exclusions: set[tuple[int, int]] = set()
    requirements: set[tuple[int, int]] = set()
    barred: set[int] = set()
    findings: list[Finding] = []
    for i, c in enumerate(candidates):
        for kind, others in (("excludes", c.excludes), ("requires", c.requires)):
            path = f"options/{c.id}/{kind}"
            for other, count in Counter(others).items():
                if count > 1:
                    findings.append(warning("portfolio.doubled-rule", path, option=c.id, other=other))
                if other == c.id or (other not in place and other not in known):
                    findings.append(warning(f"portfolio.unknown-{kind}", path, option=c.id, other=other))
                if other == c.id:
                    continue
                if other not in place:
                    barred |= {i} if kind == "requires" else set()
                elif kind == "excludes":
                    exclusions.add((min(i, place[other]), max(i, place[other])))
                else:
                    requirements.add((i, place[other]))
    streams = tuple(stream_worth)
    return Problem(
        candidates,
        streams,
        tuple(float(stream_worth[k]) for k in streams),
        budget,
        tuple(sorted(exclusions)),
        tuple(sorted(requirements)),
        frozenset(barred),
        tuple(findings),
    )
