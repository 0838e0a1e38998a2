"""The records of the know-how: every number with unit, source, evidence class and dates.

Evidence classes: R read at the source, C computed (formula kept), S statistic of a named data set, M measured locally,
K recalled, X heuristic, D payback 0 by definition (no outlay), N none. Only R, C, S, M (and D for payback) may
calculate; K only with a named reviewer.
"""

from __future__ import annotations

from dataclasses import dataclass

USABLE = frozenset("RCSM")


@dataclass(frozen=True, slots=True)
class Flow:
    """A word for what flows: `parent` makes a tree (coal < fuel < energy)."""

    key: str
    parent: str | None
    en: str
    lo: str


@dataclass(frozen=True, slots=True)
class ProcessKind:
    """A word for a process; `sector` is empty for cross-cutting ones (boiler, compressed_air ...)."""

    key: str
    sector: str
    en: str
    lo: str


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Where a number was found."""

    key: str
    title: str
    locator: str
    licence: str
    how_used: str  # read | read_excerpt | read_abstract | computed | recalled | heuristic | none
    reuse: str = ""  # free | facts | single_values | cross_check | none: what may be shipped and calculated with
    note: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One Cleaner Production option of the know-how. `flows` are keys of the flow list that it acts on.

    `saving_low`, `saving_high` in % of the named flow (see `saving_kind`), None when there is no usable number.
    """

    id: str
    sector: str
    process: str
    technique: str
    title_en: str
    title_lo: str
    addresses: str
    flows: tuple[str, ...]
    mechanism: str
    saving_kind: str
    saving_low: float | None
    saving_high: float | None
    saving_basis: str
    evidence_saving: str
    capex_class: str
    payback_low: float | None
    payback_high: float | None
    evidence_payback: str
    prerequisites: str
    tradeoffs: str
    source: str
    lao_fit: str
    heuristic_saving: str
    heuristic_payback: str
    review_status: str
    reviewer: str
    version: str
    saving_flows: tuple[str, ...] = ()  # the flows the percentage holds for (the first ones of `flows`)
    saving_scope: str = ""  # "whole": of all of that flow at the process; "part": of a named part of it; "" no number
    text_untraced: bool = False  # the free text contains numbers without a source of their own

    @property
    def in_use(self) -> bool:
        """Tell whether it is still suggested; a retired one stays readable for what rests on it."""
        return self.review_status != "retired"

    @property
    def saving_usable(self) -> bool:
        """Tell whether the saving may be used in a calculation."""
        known = self.saving_high is not None and self.saving_kind == "share_of_named_flow"
        return known and (self.evidence_saving in USABLE or (self.evidence_saving == "K" and bool(self.reviewer)))


@dataclass(frozen=True, slots=True)
class Retired:
    """Why an option is no longer suggested, since when, and which options to use instead."""

    id: str
    since: str
    why: str
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A cited specific consumption: best, typical, poor."""

    id: str
    sector: str
    process: str
    per: str
    indicator: str
    unit: str
    best: float | None
    typical: float | None
    poor: float | None
    scope_note: str
    source: str
    year: str
    evidence: str
    flow: str  # key of the flow list (water, electricity, energy, waste_water ...), "" when none fits

    @property
    def usable(self) -> bool:
        """Tell whether a calculation may use it."""
        return self.evidence in USABLE


@dataclass(frozen=True, slots=True)
class Factor:
    """A dated factor: heating value, emission factor, density, warming potential, grid factor ..."""

    id: str
    category: str
    name: str
    value: float | None
    unit: str
    low: float | None
    high: float | None
    year: str
    region: str
    source: str
    evidence: str
    note: str
    purpose: str  # "inventory" | "project" | "" (does not matter)
    flow: str  # key of the flow list it belongs to, "" when none
    valid_from: str
    valid_to: str
    use: str = "calculation"  # or "cross_check": may be shown beside a result, never calculated with (licence, doubt)
    source_id: str = ""  # record in the source
    range_source: str = ""  # where low and high come from, when not from the source of the value

    @property
    def usable(self) -> bool:
        """Tell whether a calculation may use it."""
        return self.value is not None and self.evidence in USABLE and self.use == "calculation"


@dataclass(frozen=True, slots=True)
class Limit:
    """A legal or recommended limit."""

    id: str
    jurisdiction: str
    kind: str
    scope: str
    parameter: str
    value: str
    unit: str
    limit_type: str
    source: str
    year: str
    status: str
    evidence: str
    valid_from: str
    valid_to: str
    note: str
    low: float | None = None  # the number of `value`, when it is one: lower bound of a range or a minimum
    high: float | None = None  # upper bound of a range or a maximum


@dataclass(frozen=True, slots=True)
class GroupStatistic:
    """Payback, rate of implementation, saving and cost of a group of options (sector x resource), US IAC data."""

    sector: str
    group: str
    n: int
    plants: int
    implemented: float
    zero_cost: float
    payback_p25: float
    payback_median: float
    payback_p75: float
    saving_usd: float
    cost_usd: float


@dataclass(frozen=True, slots=True)
class Range:
    """A sourced plausibility range: price per unit, emission factor, intensity ... `kind` says of what."""

    kind: str  # price | emission_factor | exchange_rate | ...
    flow: str
    unit: str  # for example USD/kWh, kg CO2e/kWh
    low: float
    high: float
    source: str
    evidence: str
    note: str
    valid_from: str
    valid_to: str
    region: str = ""  # country code, "global" for any


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """A dated rate: `rate` units of `currency` for one unit of `base`."""

    currency: str
    base: str
    rate: float
    kind: str  # official | bank | parallel | implied
    valid_from: str
    valid_to: str
    source: str
    evidence: str
    note: str


@dataclass(frozen=True, slots=True)
class Potential:
    """Identified electricity saving per plant of a sector, % of site electricity (US IAC data)."""

    sector: str
    plants: int
    measures_per_plant: float
    p25: float
    median: float
    p75: float
    implemented_median: float


@dataclass(frozen=True, slots=True)
class Computed:
    """A number worked out from first principles, with its formula and inputs."""

    id: str
    quantity: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    formula: str
    inputs: str


@dataclass(frozen=True, slots=True)
class Card:
    """What the card of an option says beside its row: the Lao of its texts, and judgement of when it fails."""

    id: str
    why_lo: str = ""
    needs_lo: str = ""
    costs_lo: str = ""
    not_when_en: str = ""
    not_when_lo: str = ""
    mistakes_en: str = ""
    mistakes_lo: str = ""
    calculator: str = ""
    reviewed_by: str = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss as one sees it in a plant, and what an option must have to answer it."""

    key: str
    en: str
    lo: str
    words: str
    flows: tuple[str, ...]
    processes: tuple[str, ...]
    phrases: str

    def fits(self, option: Option) -> bool:
        """Tell whether an option answers it: every given one of flows, processes and phrases fits."""
        said = f"{option.title_en} {option.addresses} {option.mechanism}".casefold()
        parts = [p for p in self.phrases.casefold().split(";") if p]
        return (
            (not self.flows or bool(set(self.flows) & set(option.flows)))
            and (not self.processes or option.process in self.processes)
            and (not parts or any(p in said for p in parts))
        )
