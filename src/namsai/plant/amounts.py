"""Amounts of streams in base units: kg where the mass can be known, J for energy, otherwise m3, m2, m or piece."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from namsai.findings import NamsaiError, error
from namsai.plant.case import Case
from namsai.plant.fields import Observed
from namsai.plant.records import LOSSES, Category, Material, Process, Stream
from namsai.quantity.units import BASE, base_factor

COVERAGE = 2.0  # expanded uncertainty at 95 % = 2 standard deviations (GUM, k = 2)


class Amount(NamedTuple):
    """A value in a base unit (kg, J, m3, m2, m, piece)."""

    value: float
    unit: str


def to_base(material: Material, value: float, unit: str) -> Amount:
    """Return an amount of a material in its base unit: kg if mass, density or mass per piece allow, J for energy.

    Args: material; value [unit]; unit. Returns Amount. Errors: ``quantity.unknown-unit``.
    """
    dimension, factor = base_factor(unit)
    amount = value * factor
    if dimension == "volume" and material.density:
        return Amount(amount * material.density, "kg")
    if dimension == "count" and material.mass_per_piece:
        return Amount(amount * material.mass_per_piece, "kg")
    if dimension not in BASE:
        raise NamsaiError(error("quantity.wrong-dimension", unit=unit, expected="kg, t, m3, kWh, piece"))
    return Amount(amount, BASE[dimension])


class Plant:
    """A case with its tables indexed by id: the view the engine rooms read."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def processes(self) -> dict[str, Process]:
        """Processes by id."""
        return {p.id: p for p in self.case.processes}

    @cached_property
    def materials(self) -> dict[str, Material]:
        """Materials by id."""
        return {m.id: m for m in self.case.materials}

    @cached_property
    def streams(self) -> dict[str, Stream]:
        """Streams by id."""
        return {s.id: s for s in self.case.streams}

    def material_of(self, stream: Stream) -> Material:
        """Return the material of a stream."""
        return self.materials[stream.material]

    def amount(self, stream: Stream) -> Amount | None:
        """Return the observed amount of a stream in base units, or None when it was not measured."""
        return None if stream.amount is None else self.base(stream.material, stream.amount)

    def base(self, material: str, observed: Observed) -> Amount:
        """Return an observed amount of a material in base units."""
        return to_base(self.materials[material], observed.value, observed.unit)

    def base_unit(self, material: str) -> str:
        """Return the base unit in which a material is counted: that of its streams, else of its price, else kg."""
        found = self.materials[material]
        for stream in self.case.streams:
            if stream.material == material and stream.amount is not None:
                return to_base(found, 0.0, stream.amount.unit).unit
        return to_base(found, 0.0, found.price.per).unit if found.price else "kg"

    def is_internal(self, stream: Stream) -> bool:
        """Tell whether the stream runs between two processes of the plant."""
        return stream.from_ in self.processes and stream.to in self.processes

    def is_input(self, stream: Stream) -> bool:
        """Tell whether the stream comes into the plant."""
        return stream.from_ not in self.processes

    def is_loss(self, stream: Stream) -> bool:
        """Tell whether the stream leaves the plant as non-product output (waste, waste water, emission)."""
        return stream.to not in self.processes and self.material_of(stream).category in LOSSES

    def is_product(self, stream: Stream) -> bool:
        """Tell whether the stream leaves the plant as product or by-product."""
        kinds = {Category.PRODUCT, Category.BY_PRODUCT}
        return stream.to not in self.processes and self.material_of(stream).category in kinds

    @cached_property
    def years(self) -> float:
        """Length of the period in years (365.25 days)."""
        from datetime import date

        start, end = (date.fromisoformat(d) for d in (self.case.period.start, self.case.period.end))
        return ((end - start).days + 1) / 365.25
