"""What the option finder hands on. Money per year in the currency of the case."""

from __future__ import annotations

from dataclasses import dataclass, field

from namsai.findings import Fact, Finding
from namsai.plant.fields import Text


@dataclass(frozen=True, slots=True)
class Range:
    """A low, a middle and a high value."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class StreamSaving:
    """The share of one stream's cost that an option saves. `cost` is the yearly cost that the share is taken of."""

    stream: str
    share: Range  # 0..1
    cost: int
    amount: float | None  # yearly amount of the stream
    unit: str


def total_of(savings: tuple[StreamSaving, ...], other: Range | None = None) -> Range | None:
    """Return the money saved per year by an option alone: sum of share x cost, and other savings; None without any.

    >>> total_of((StreamSaving("s", Range(0.1, 0.2, 0.3), 1000, None, ""),), Range(5, 5, 5))
    Range(low=105.0, mid=205.0, high=305.0)
    """
    if not savings and other is None:
        return None
    extra = other or Range(0.0, 0.0, 0.0)
    return Range(
        extra.low + sum(s.cost * s.share.low for s in savings),
        extra.mid + sum(s.cost * s.share.mid for s in savings),
        extra.high + sum(s.cost * s.share.high for s in savings),
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """One option for this plant, with the reason in facts (text key `options.because-...`).

    `origin`: "knowhow" or "case" (the assessor's own figures). `calculated`: a saving could be calculated from
    evidence that may be used (R, C, S, M or the case); when False the option is shown without a number (`why_not`
    says why).
    """

    id: str
    title: Text
    technique: str
    origin: str
    knowhow_id: str | None
    process: str | None
    subject: str  # hot spot subject it answers
    flow: str
    reason: str  # text key
    reason_facts: dict[str, Fact]
    savings: tuple[StreamSaving, ...] = ()
    other_saving: Range | None = None  # other money per year, not tied to a stream
    saving: Range | None = None  # money per year alone (without other options)
    investment: Range | None = None
    running_cost: float = 0.0
    life: int | None = None
    evidence_saving: str = "N"
    evidence_payback: str = "N"
    capex_class: str = ""
    lao_fit: str = ""
    source: str = ""
    calculated: bool = False
    why_not: str = ""  # text key
    must: bool = False
    excludes: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposals:
    """All options proposed, best first, and what they save together (overlap counted once)."""

    items: tuple[Proposal, ...]
    joint: dict[str, Range]  # stream id -> money saved per year when all calculated options are done
    findings: tuple[Finding, ...] = ()
