"""What the search for hot spots hands on."""

from __future__ import annotations

from dataclasses import dataclass, field

from namsai.findings import Fact


@dataclass(frozen=True, slots=True)
class HotSpot:
    """One place to look first, under one concern. Money per year in the currency of the case.

    `concern`: money, material, energy, water, climate, waste, waste_water, hazard, labour.
    `subject` is what it is about: ``stream:<id>``, ``use:<id>`` (energy, water, auxiliary bought), ``line:<id>``,
    ``unexplained:<process>``, ``recycle:<stream>``.
    """

    concern: str
    rank: int
    subject: str
    process: str
    material: str
    flow: str  # flow kind of the know-how (fabric, water, coal, labour ...)
    amount: float | None  # per year, in `unit`
    unit: str
    money: int | None  # per year; None = not known
    share: float | None  # of the concern's total
    facts: dict[str, Fact] = field(default_factory=dict)
