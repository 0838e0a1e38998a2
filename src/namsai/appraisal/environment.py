"""What an option saves beside money: energy, water, material and greenhouse gas per year."""

from __future__ import annotations

from dataclasses import dataclass

from namsai.indicators.factors import Book, kg_per_joule
from namsai.options.model import Proposal, StreamSaving
from namsai.plant.amounts import Plant
from namsai.plant.records import Material

Triple = tuple[float, float, float]
BIOGENIC = ("wood_fuel", "biomass", "charcoal", "biogas")  # their CO2 is not counted in an inventory
WATER_DENSITY = 1000.0  # kg/m3
GASES = (("fuel_ef_ch4", "CH4"), ("fuel_ef_n2o", "N2O"))


@dataclass(frozen=True, slots=True)
class Saved:
    """Saved per year, None = not known: gas [kg CO2e] low, mid, high; energy [J], water [m3], material [kg] mid."""

    ghg: Triple | None
    energy: float | None
    water: float | None
    material: float | None
    without_factor: tuple[str, ...] = ()  # energy carriers whose heating value or emission factor is not known


def saved(plant: Plant, proposal: Proposal, book: Book) -> Saved:
    """Saved amounts per year of one option alone: share x yearly amount of each stream it acts on.

    Args: plant; proposal - with its stream savings (share 0..1, amount per year in base units); book - heating values
    and emission factors (purpose: inventory). Returns Saved; a kind is None where no stream is of it, or where the
    amount of one of its streams is not known (a part would look like the whole).
    Source: IPCC 2006 Guidelines, volume 2 (fuels); the factor of the grid as in the know-how.
    """
    found: dict[str, list[float | None]] = {"energy": [], "water": [], "material": []}
    ghg: list[Triple | None] = []
    gaps: list[str] = []
    for saving in proposal.savings:
        stream = plant.streams.get(saving.stream.removeprefix("recycle:"))
        if stream is None:
            continue
        material = plant.material_of(stream)
        kind = next((k for k in found if book.knowhow.is_a(material.kind, k)), None)
        if kind is None:
            continue
        amount = None if saving.amount is None else _in_unit_of(kind, saving, material, book)
        found[kind].append(amount)
        if kind == "energy":
            factor = emission_factor(material, book)
            ghg.append(None if amount is None or factor is None else _spread(saving, amount, factor))
            if saving.amount is not None and ghg[-1] is None:
                gaps.append(material.id)
    energy, water, solid = (_total(found[k]) for k in ("energy", "water", "material"))
    return Saved(_total_of_three(ghg), energy, water, solid, tuple(gaps))


def _in_unit_of(kind: str, saving: StreamSaving, material: Material, book: Book) -> float | None:
    """The middle amount saved in J, m3 or kg; None where it cannot be had in that unit."""
    amount = (saving.amount or 0.0) * saving.share.mid
    if kind == "energy":
        return joules(material, amount, saving.unit, book)
    if kind == "material":
        return amount if saving.unit == "kg" else None
    if saving.unit == "m3":
        return amount
    return amount / (material.density or WATER_DENSITY) if saving.unit == "kg" else None


def _total(values: list[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) if known and len(known) == len(values) else None


def _total_of_three(values: list[Triple | None]) -> Triple | None:
    known = [v for v in values if v is not None]
    if not known or len(known) < len(values):
        return None
    return (sum(v[0] for v in known), sum(v[1] for v in known), sum(v[2] for v in known))


def _spread(saving: StreamSaving, joule: float, factor: Triple) -> Triple:
    """Scale the middle saving to the low and the high one, each with the factor of the same side."""
    share = saving.share
    if share.mid == 0:
        return (0.0, 0.0, 0.0)
    return (joule * share.low / share.mid * factor[0], joule * factor[1], joule * share.high / share.mid * factor[2])


def joules(material: Material, amount: float, unit: str, book: Book) -> float | None:
    """Energy of an amount of an energy carrier: itself in J, or mass x lower heating value; None if not known.

    Args: material; amount [unit]; unit - base unit (J, kg, m3); book - of factors. Returns [J].
    """
    if unit == "J":
        return amount
    if unit not in ("kg", "m3") or not book.knowhow.is_a(material.kind, "fuel"):
        return None
    if unit == "m3":
        density = book.find("fuel_density", material.kind)
        if density is None or density.value is None:
            return None
        amount *= density.value * (1000.0 if density.unit == "kg/l" else 1.0)
    if material.heating_value is not None:
        return amount * material.heating_value * 1e6
    heat = book.find("fuel_ncv", material.kind)
    return None if heat is None or heat.value is None else amount * heat.value * 1e6


def emission_factor(material: Material, book: Book) -> Triple | None:
    """Greenhouse gas per energy of a carrier, purpose inventory, as low, mid, high; None without a factor.

    Fuels: CO2 (not that of biomass) + CH4 x GWP + N2O x GWP per lower heating value (AR5, as in the site's inventory);
    electricity: average factor of the grid. Args: material; book - of factors. Returns [kg CO2e/J].
    """
    if book.knowhow.is_a(material.kind, "electricity"):
        grid = book.grid
        size = None if grid is None else kg_per_joule(grid)
        if grid is None or size is None or not grid.value:
            return None
        return _sides(grid.low, grid.value, grid.high, size / grid.value)
    carbon = book.find("fuel_ef_co2", material.kind)
    if not book.knowhow.is_a(material.kind, "fuel") or carbon is None or carbon.value is None:
        return None
    other = 0.0
    for category, gas in GASES:
        factor, potential = book.find(category, material.kind), book.warming(gas)
        if factor is None or factor.value is None or potential is None or potential.value is None:
            return None
        other += factor.value * potential.value * 1e-12
    if "biogenic" in carbon.note or any(book.knowhow.is_a(material.kind, flow) for flow in BIOGENIC):
        return (other, other, other)
    low, mid, high = _sides(carbon.low, carbon.value, carbon.high, 1e-12)
    return (low + other, mid + other, high + other)


def _sides(low: float | None, mid: float, high: float | None, scale: float) -> Triple:
    return ((mid if low is None else low) * scale, mid * scale, (mid if high is None else high) * scale)
