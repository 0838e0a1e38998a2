"""The factors a calculation takes from the know-how, each noted with what it was used for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from namsai.indicators.model import FactorUse
from namsai.knowhow.model import Factor

if TYPE_CHECKING:
    from namsai.knowhow import KnowHow


class Cited(Protocol):
    """A value with its source, as the know-how gives it."""

    @property
    def id(self) -> str:
        """Id of the record."""

    @property
    def name(self) -> str:
        """What it is."""

    @property
    def value(self) -> float | None:
        """Value in `unit`."""

    @property
    def unit(self) -> str:
        """Unit of the value."""

    @property
    def source(self) -> str:
        """Key of its source."""

    @property
    def year(self) -> str:
        """Year it is of."""

    @property
    def evidence(self) -> str:
        """Evidence class."""


class Book:
    """Finds factors for a country and day, and keeps the list of those used."""

    def __init__(self, knowhow: KnowHow, on: str, region: str) -> None:
        self.knowhow = knowhow
        self.on = on
        self.region = region
        self._used: dict[tuple[str, str], FactorUse] = {}

    @property
    def used(self) -> tuple[FactorUse, ...]:
        """All factors used, each once per purpose, in the order of use."""
        return tuple(self._used.values())

    def find(self, category: str, flow: str, purpose: str = "") -> Factor | None:
        """Return the usable factor of a category for a flow word or the nearest word above it that has one."""
        words = self.knowhow.lineage(flow) if flow in self.knowhow.flows else (flow,)
        for word in words:
            found = self.knowhow.factor(category, word, on=self.on, region=self.region, purpose=purpose)
            if found is not None and found.usable:
                return found
        return None

    def use(self, factor: Cited, used_for: str) -> None:
        """Note that a factor was used."""
        if factor.value is None:
            return
        row = FactorUse(
            factor.id, factor.name, factor.value, factor.unit, factor.source, factor.year, factor.evidence, used_for
        )
        self._used.setdefault((factor.id, used_for), row)

    def warming(self, gas: str) -> Factor | None:
        """Return the AR5 global warming potential (100 years) of CH4 or N2O."""
        rows = [f for f in self.knowhow.factors if f.category == "gwp_ar5" and f.usable and f"({gas})" in f.name]
        return rows[0] if rows else None

    @cached_property
    def grid(self) -> Factor | None:
        """Return the newest average grid factor of the country for an inventory (never a marginal one)."""
        rows = [
            f
            for f in self.knowhow.factors
            if f.category.startswith("grid")
            and f.usable
            and f.region == self.region
            and f.purpose == "inventory"
            and _per_energy(f.unit) is not None
            and (not f.valid_from or f.valid_from <= self.on)
            and (not f.valid_to or f.valid_to >= self.on)
        ]
        for category in dict.fromkeys(f.category for f in rows):
            found = self.knowhow.factor(category, "electricity", on=self.on, region=self.region, purpose="inventory")
            if found is not None and found in rows:
                return found
        return max(rows, key=lambda f: (f.year, f.id), default=None)


def _per_energy(unit: str) -> float | None:
    """Return the factor from a unit like "g CO2e/kWh" to kg per J, or None when it is none of that kind."""
    from namsai.quantity.units import base_factor

    top, _, bottom = unit.partition("/")
    mass = top.split()[0] if top.split() else ""
    if mass not in ("g", "kg", "t") or bottom not in ("kWh", "MWh", "GJ", "MJ"):
        return None
    return base_factor(mass)[1] / base_factor(bottom)[1]


def kg_per_joule(factor: Factor) -> float | None:
    """Return an emission factor per energy in kg/J; None when its unit is no mass per energy.

    Args: factor - unit like "g CO2e/kWh". Returns [kg/J].
    """
    size = _per_energy(factor.unit)
    return None if size is None or factor.value is None else factor.value * size
