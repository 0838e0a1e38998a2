"""What the appraisal of one option hands on. Money in the currency of the case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from namsai.findings import Finding


@dataclass(frozen=True, slots=True)
class Convention:
    """How a cash flow is to be read: without this, two right figures can contradict each other."""

    first_flow_at: Literal["t0", "t1"] = "t0"
    day_count: Literal["annual", "30/360", "act/365"] = "annual"
    prices: Literal["real", "nominal"] = "real"
    tax: Literal["pre", "post"] = "pre"
    view: Literal["project", "equity"] = "project"
    currency: str = ""


@dataclass(frozen=True, slots=True)
class RateSet:
    """All internal rates of return. `verdict`: unique, multiple, none or undefined; `preferred` only when unique.

    `signs` are the signs of the net present value left of the first rate, between the rates and right of the last.
    """

    rates: tuple[float, ...]
    multiplicity: tuple[int, ...]
    verdict: str
    preferred: float | None
    signs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Payback:
    """Time until the outlay is back; None with a `reason` (never, no-outlay); `relapses`: negative again later."""

    years: float | None
    reason: str = ""
    relapses: bool = False


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Money, climate, water, hazard and work of one option, each as low, mid, high where it is a range."""

    option: str
    years: int
    rate: float | None  # discount rate per year; None when the case names none (then no NPV)
    cashflow: tuple[float, ...]  # mid case, year 0 first
    payback: tuple[float | None, float | None, float | None]  # years with (high, mid, low) saving; None = never
    npv: tuple[float | None, float | None, float | None]  # low, mid, high
    irr: RateSet
    mirr: float | None
    ghg: tuple[float, float, float] | None  # kg CO2e saved per year (inventory purpose), None = not known
    energy: float | None  # J saved per year
    water: float | None  # m3 saved per year
    material: float | None  # kg saved per year
    findings: tuple[Finding, ...] = ()
    convention: Convention = field(default_factory=Convention)


@dataclass(frozen=True, slots=True)
class Appraisals:
    """The appraisals of all options that could be calculated."""

    currency: str
    items: tuple[Appraisal, ...]
    findings: tuple[Finding, ...] = ()

    def get(self, option: str) -> Appraisal | None:
        """Return the appraisal of an option, or None."""
        return next((a for a in self.items if a.option == option), None)
