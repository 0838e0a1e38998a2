"""What the plant takes in and gives out per year, with the spread of each figure: the absolute indicators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from namsai.balance.model import Balance, BalancedStream
from namsai.findings import Fact, Finding, note, warning
from namsai.indicators.factors import Book
from namsai.plant.amounts import COVERAGE, Plant, to_base
from namsai.plant.fields import Observed
from namsai.plant.records import Category, Material, Stream
from namsai.quantity.units import base_factor

if TYPE_CHECKING:
    from namsai.knowhow import KnowHow

WATER_DENSITY = 1000.0  # kg/m3, taken for water and waste water where no density is given (said in a note)
_MATERIALS = frozenset({Category.RAW_MATERIAL, Category.AUXILIARY, Category.PACKAGING, Category.INTERMEDIATE})
_WET = frozenset({Category.WASTE_WATER, Category.EMISSION, Category.ENERGY, Category.WATER})


@dataclass(frozen=True, slots=True)
class Figure:
    """A yearly figure with its standard uncertainty (None when not known)."""

    value: float
    sd: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One stream with its reconciled amount per year."""

    stream: Stream
    material: Material
    value: float
    sd: float | None
    unit: str


class Yearly:
    """The reconciled streams of a plant per year, and the findings made while adding them up."""

    def __init__(self, plant: Plant, balance: Balance, knowhow: KnowHow, book: Book) -> None:
        self.plant = plant
        self.knowhow = knowhow
        self.book = book
        self.findings: list[Finding] = []
        self._balanced: dict[str, BalancedStream] = {s.id: s for s in balance.streams}

    def say(self, finding: Finding) -> None:
        """Add a finding once."""
        if finding not in self.findings:
            self.findings.append(finding)

    def taken(self, streams: Iterable[Stream], measure: str) -> list[Taken] | None:
        """Return the yearly amounts of streams; None (with a finding) when there is none or one of them is unknown."""
        out: list[Taken] = []
        complete = True
        years = self.plant.years
        for stream in streams:
            found = self._balanced.get(stream.id)
            if found is None or found.value is None:
                complete = False
                self.say(
                    warning("indicators.unknown-amount", f"streams/{stream.id}", stream=stream.id, measure=measure)
                )
                continue
            sd = None if found.sd is None else found.sd / years
            out.append(Taken(stream, self.plant.material_of(stream), found.value / years, sd, found.unit))
        if not out and complete:
            self.say(note("indicators.not-recorded", "streams", measure=measure))
        return out if out and complete else None

    def energy_streams(self) -> tuple[Stream, ...]:
        """Energy carriers that come in from outside."""
        return tuple(s for s in self._inputs() if self.plant.material_of(s).category is Category.ENERGY)

    def _inputs(self) -> tuple[Stream, ...]:
        return tuple(s for s in self.plant.case.streams if self.plant.is_input(s))

    def _outputs(self) -> tuple[Stream, ...]:
        inside = self.plant.processes
        return tuple(s for s in self.plant.case.streams if s.from_ in inside and s.to not in inside)

    def inputs_of(self, flow: str) -> tuple[Stream, ...]:
        """Inputs whose material is of a flow word (electricity, coal, water ...)."""
        return tuple(s for s in self._inputs() if self.is_a(self.plant.material_of(s).kind, flow))

    def is_a(self, kind: str, flow: str) -> bool:
        """Tell whether a flow word is the other or below it; unknown words are only themselves."""
        return kind == flow or (kind in self.knowhow.flows and self.knowhow.is_a(kind, flow))

    def output(self) -> Figure | None:
        """Product output per year: as the case says, or the sum of the products that leave."""
        given = self.plant.case.output
        if given is not None:
            value = given.amount.value / self.plant.years
            return Figure(value, value * self._relative_sd(given.amount), given.amount.unit)
        made = [
            s
            for s in self._outputs()
            if self.plant.material_of(s).category is Category.PRODUCT and s.to not in ("waste", "drain", "air")
        ]
        taken = self.taken(made, "output")
        if taken is None:
            return None
        if len({t.unit for t in taken}) > 1:
            self.say(warning("indicators.output-mixed", "output", units=", ".join(sorted({t.unit for t in taken}))))
            return None
        unit, factor = {"kg": ("t", 1e-3)}.get(taken[0].unit, (taken[0].unit, 1.0))
        return _sum(((t.value * factor, None if t.sd is None else t.sd * factor) for t in taken), unit)

    def _relative_sd(self, observed: Observed) -> float:
        if observed.uncertainty is not None:
            return observed.uncertainty / 100 / COVERAGE
        default = self.knowhow.default_uncertainty(str(observed.source))
        self.book.use(default, "output")
        return float(default.value or 0.0) / 100 / COVERAGE

    def energy(self) -> Figure | None:
        """Energy bought per year, lower heating value: kWh when it is all electricity, else GJ."""
        streams = self.energy_streams()
        taken = self.taken(streams, "energy")
        if taken is None:
            return None
        joules = [self.joule(t, "energy") for t in taken]
        if any(j is None for j in joules):
            return None
        only = all(self.is_a(t.material.kind, "electricity") for t in taken)
        unit, factor = ("kWh", 1 / 3.6e6) if only else ("GJ", 1e-9)
        rows = ((j * factor, _scaled(t, j * factor)) for t, j in zip(taken, joules, strict=True) if j is not None)
        return _sum(rows, unit)

    def joule(self, taken: Taken, used_for: str) -> float | None:
        """Return the energy of a stream [J per year]; None with a finding when no heating value is known."""
        if taken.unit == "J":
            return taken.value
        mass = taken.value if taken.unit == "kg" else None
        if taken.unit == "m3":
            density = self.book.find("fuel_density", taken.material.kind)
            if density is not None and density.value:
                self.book.use(density, used_for)
                mass = taken.value * density.value * (1000.0 if density.unit == "kg/l" else 1.0)
        heat = taken.material.heating_value
        if mass is not None and heat:
            return mass * heat * 1e6
        factor = None if mass is None else self.book.find("fuel_ncv", taken.material.kind)
        if factor is not None and factor.value and mass is not None:
            self.book.use(factor, used_for)
            return mass * factor.value * 1e6
        material = taken.material.id
        self.say(warning("indicators.no-heating-value", f"materials/{material}", material=material, unit=taken.unit))
        return None

    def materials(self) -> Figure | None:
        """Materials bought per year [t], without water and energy."""
        wanted = [s for s in self._inputs() if self.plant.material_of(s).category in _MATERIALS and s.from_ != "nature"]
        return self._tonnes(wanted, "materials")

    def waste(self) -> Figure | None:
        """Solid waste per year [t], whether dumped or sold: all of category waste, and whatever else goes to waste."""
        wanted = [
            s
            for s in self._outputs()
            if self.plant.material_of(s).category is Category.WASTE
            or (s.to == "waste" and self.plant.material_of(s).category not in _WET)
        ]
        return self._tonnes(wanted, "waste")

    def _tonnes(self, streams: list[Stream], measure: str) -> Figure | None:
        taken = self.taken(streams, measure)
        if taken is None:
            return None
        other = [t for t in taken if t.unit != "kg"]
        for t in other:
            facts: dict[str, Fact] = {"stream": t.stream.id, "unit": t.unit, "measure": measure}
            self.say(warning("indicators.no-mass", f"streams/{t.stream.id}", **facts))
        rows = ((t.value / 1e3, None if t.sd is None else t.sd / 1e3) for t in taken)
        return None if other else _sum(rows, "t")

    def water(self) -> Figure | None:
        """Water taken in per year [m3]."""
        return self._volume([s for s in self._inputs() if self._category(s) is Category.WATER], "water")

    def waste_water(self) -> Figure | None:
        """Waste water given off per year [m3]."""
        return self._volume([s for s in self._outputs() if self._category(s) is Category.WASTE_WATER], "waste_water")

    def _category(self, stream: Stream) -> Category:
        return self.plant.material_of(stream).category

    def _volume(self, streams: list[Stream], measure: str) -> Figure | None:
        taken = self.taken(streams, measure)
        if taken is None:
            return None
        rows: list[tuple[float, float | None]] = []
        for t in taken:
            factor = 1.0
            if t.unit == "kg":
                density = t.material.density or WATER_DENSITY
                if not t.material.density:
                    facts: dict[str, Fact] = {"material": t.material.id, "density": density}
                    self.say(note("indicators.water-density", f"materials/{t.material.id}/density", **facts))
                factor = 1 / density
            elif t.unit != "m3":
                self.say(
                    warning(
                        "indicators.no-mass", f"streams/{t.stream.id}", stream=t.stream.id, unit=t.unit, measure=measure
                    )
                )
                return None
            rows.append((t.value * factor, None if t.sd is None else t.sd * factor))
        return _sum(rows, "m3")

    def amount_of(self, flow: str, unit: str) -> float | None:
        """Return the yearly input of a flow word in a unit; None when there is none or it cannot be converted."""
        streams = self.inputs_of(flow)
        dimension, factor = base_factor(unit)
        total = 0.0
        for stream in streams:
            found = self._balanced.get(stream.id)
            if found is None or found.value is None:
                return None
            material = self.plant.material_of(stream)
            value = found.value / self.plant.years
            taken = Taken(stream, material, value, None, found.unit)
            amount: float | None
            if dimension == "energy":
                amount = self.joule(taken, "benchmark")
            elif (
                dimension == "volume"
                and found.unit == "kg"
                and (material.density or material.category is Category.WATER)
            ):
                amount = value / (material.density or WATER_DENSITY)
            else:
                amount = value if found.unit == to_base(material, 0.0, unit).unit else None
            if amount is None:
                return None
            total += amount
        return total / factor if streams else None


def _scaled(taken: Taken, value: float) -> float | None:
    """Return the standard uncertainty of a value that is proportional to a stream."""
    return None if taken.sd is None or not taken.value else taken.sd * value / taken.value


def _sum(rows: Iterable[tuple[float, float | None]], unit: str) -> Figure:
    """Add up figures; their errors count as independent, and one unknown spread makes the sum's unknown."""
    values = list(rows)
    spreads = [sd for _, sd in values if sd is not None]
    return Figure(sum(v for v, _ in values), hypot(*spreads) if len(spreads) == len(values) else None, unit)
