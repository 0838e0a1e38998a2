"""What the indicators hand on."""

from __future__ import annotations

from dataclasses import dataclass

from namsai.findings import Finding
from namsai.plant.fields import Text


@dataclass(frozen=True, slots=True)
class Indicator:
    """One UNEP/UNIDO enterprise indicator. `low` and `high` bound the value at 95 %. `better` is "up" or "down"."""

    # energy, materials, water, waste, waste_water, ghg, output, ghg_biogenic; "productivity-" or "intensity-" before it
    # when relative: get("intensity-water", "intensity")
    key: str
    kind: str  # "absolute" | "productivity" | "intensity"
    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    better: str = "down"
    base_year: int | None = None
    base_value: float | None = None
    change: float | None = None  # relative to the base year: (x / x_base - 1)


@dataclass(frozen=True, slots=True)
class BenchmarkPosition:
    """Where a value stands against a cited benchmark, only where scope and unit match."""

    indicator: str
    value: float
    unit: str
    benchmark: str  # id of the know-how record
    best: float | None
    typical: float | None
    poor: float | None
    evidence: str
    source: str
    position: str  # "best" | "better_than_typical" | "worse_than_typical" | "poor" | "unknown"
    gap_to_typical: float | None = None  # relative
    scope_note: str = ""


@dataclass(frozen=True, slots=True)
class FactorUse:
    """One factor used in a calculation, for the list in the report."""

    id: str
    name: str
    value: float
    unit: str
    source: str
    year: str
    evidence: str
    used_for: str


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicator profile of the plant."""

    output_name: Text | None  # in both languages, as the case has it; None where the case names no output
    output_unit: str
    indicators: tuple[Indicator, ...]
    benchmarks: tuple[BenchmarkPosition, ...]
    factors: tuple[FactorUse, ...]
    findings: tuple[Finding, ...] = ()

    def get(self, key: str, kind: str = "absolute") -> Indicator | None:
        """Return one indicator, or None when it could not be calculated."""
        return next((i for i in self.indicators if i.key == key and i.kind == kind), None)
