"""What the analysis of work hands on."""

from __future__ import annotations

from dataclasses import dataclass

from namsai.findings import Finding


@dataclass(frozen=True, slots=True)
class LineResult:
    """Labour of one line or team: minutes paid, minutes earned (standard minutes x pieces), the difference and its
    cost.
    """

    line: str
    process: str
    efficiency: float | None  # earned / paid
    target: float | None
    paid_minutes: float
    earned_minutes: float | None
    lost_minutes: float | None  # paid - earned, not below zero; None when unknown
    idle_minutes: float | None
    cost_of_loss: int | None  # in the currency of the case, per period; None without a wage


@dataclass(frozen=True, slots=True)
class Work:
    """All lines of the plant."""

    currency: str
    lines: tuple[LineResult, ...] = ()
    findings: tuple[Finding, ...] = ()
