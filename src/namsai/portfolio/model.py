"""The choice under a budget: what it is given and what it hands on."""

from __future__ import annotations

from dataclasses import dataclass

from namsai.findings import Finding


@dataclass(frozen=True, slots=True)
class Candidate:
    """One option as the solver sees it: present values of money that is not tied to a stream, and shares saved of
    streams.
    """

    id: str
    investment: float
    other_value: float  # present value of other savings less running costs
    shares: dict[str, float]  # stream id -> share saved (0..1)
    must: bool = False
    excludes: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """One option of the plan in the order of doing, with what it adds to those before it."""

    id: str
    investment: float
    added_value: float  # net present value it adds in this order
    attributed_saving: float  # Shapley share of the joint saving (present value), sums to the joint saving


@dataclass(frozen=True, slots=True)
class Left:
    """One option that is not in the plan, and why (text key `portfolio.left-...`)."""

    id: str
    reason: str
    worth_alone: float | None  # None = not known
    other: str = ""  # the option that stands against it, or the one that is missing


@dataclass(frozen=True, slots=True)
class Plan:
    """The best set of options under the budget with the proof of how good it is."""

    currency: str
    budget: float | None
    chosen: tuple[Chosen, ...]
    left: tuple[Left, ...]
    value: float  # net present value of the set
    bound: float  # proven upper bound of any set
    gap: float  # (bound - value) / |value|
    spent: float
    joint_saving_per_year: float  # less running costs
    next_budget: float | None = None  # 10 % more budget ...
    next_value: float | None = None  # ... would bring this value ...
    next_added: tuple[str, ...] = ()  # ... with these options more
    next_dropped: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Solution:
    """The best set the solver found, with its proof. `status`: optimal, infeasible (the options that must be done
    cannot all be done) or limit (stopped early; the gap says how good it is)."""

    chosen: tuple[str, ...]
    value: float
    bound: float
    gap: float
    spent: float
    status: str
    rounds: int = 0
