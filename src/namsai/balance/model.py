"""What the balance hands on: reconciled streams, gaps, suspects."""

from __future__ import annotations

from dataclasses import dataclass

from namsai.findings import Finding


@dataclass(frozen=True, slots=True)
class BalancedStream:
    """One stream after reconciliation. Values in `unit` (base unit of the stream: kg, J, m3, m2, m, piece).

    `value` is None when the stream is unmeasured and cannot be known (not observable). `sd` are standard
    uncertainties (k = 1).
    `redundant`: the measurement is checked by a balance. `determined_by`: processes whose balances fix an unmeasured
    stream.
    """

    id: str
    source: str
    target: str
    material: str
    unit: str
    measured: float | None
    measured_sd: float | None
    value: float | None
    sd: float | None
    observable: bool
    redundant: bool
    determined_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """The raw balance of one process and layer from measured values alone (None where a stream of it is unmeasured)."""

    process: str
    layer: str
    unit: str
    inflow: float | None
    outflow: float | None
    gap: float | None  # inflow - outflow
    share: float | None  # gap / inflow
    sd: float | None
    significant: bool


@dataclass(frozen=True, slots=True)
class Suspect:
    """Meters that may be wrong: a class of streams that no balance can tell apart, with the error that would explain
    the gap."""

    streams: tuple[str, ...]
    statistic: float  # generalised likelihood ratio, chi-square with 1 degree of freedom
    bias: float  # of the first stream, in its unit
    share: float | None  # bias / measured value
    processes: tuple[str, ...] = ()  # where an unrecorded loss would look the same


@dataclass(frozen=True, slots=True)
class Balance:
    """The reconciled plant."""

    streams: tuple[BalancedStream, ...]
    layers: tuple[str, ...]
    gaps: tuple[Gap, ...]
    objective: float
    degrees: int
    critical: float  # chi-square at 95 %
    closes: bool
    suspects: tuple[Suspect, ...]
    findings: tuple[Finding, ...] = ()

    def stream(self, id: str) -> BalancedStream:
        """Return one stream by its id."""
        return next(s for s in self.streams if s.id == id)
