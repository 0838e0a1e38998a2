"""Greenhouse gas of the fuels and the electricity a plant buys (scopes 1 and 2), with every factor from the
know-how.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from namsai.findings import note, warning
from namsai.indicators.amounts import Figure, Taken, Yearly
from namsai.indicators.factors import Book, kg_per_joule
from namsai.knowhow.model import Factor

_GASES = (("fuel_ef_ch4", "CH4"), ("fuel_ef_n2o", "N2O"))
_BIOGENIC = ("biomass", "wood_fuel", "charcoal", "biogas")


@dataclass(frozen=True, slots=True)
class Warming:
    """Emissions per year [t CO2e]; CO2 of biomass apart [t CO2], in no total."""

    total: Figure | None
    biogenic: Figure | None


@dataclass(frozen=True, slots=True)
class Emission:
    """What one energy carrier gives off: `total` [kg CO2e], `biogenic` [kg CO2, in no total], the factors used."""

    total: float
    biogenic: float
    factors: tuple[Factor, ...]


def greenhouse_gas(yearly: Yearly, book: Book) -> Warming:
    """Work out the greenhouse gas of bought fuels and electricity per year.

    Formula: fuels: energy (lower heating value) x (EF_CO2 + 28 EF_CH4 + 265 EF_N2O), the warming potentials of the
    fifth assessment report (AR5, 100 years); electricity: energy x average grid factor of the country (inventory
    purpose). CO2 of biomass is given apart, its CH4 and N2O are in the total.
    Args: yearly - amounts per year; book - factors and where they are noted.
    Returns Warming [t/year]; total None (with findings) when a factor or an amount is missing. Validity: only bought
    energy: process emissions, refrigerants and waste water are not in it (said in a note).
    Source: IPCC 2006 guidelines, volume 2; GHG Protocol.
    """
    taken = yearly.taken(yearly.energy_streams(), "ghg")
    if taken is None:
        return Warming(None, None)
    rows: list[tuple[float, float | None]] = []
    bio: list[tuple[float, float | None]] = []
    complete = True
    for one in taken:
        joule = yearly.joule(one, "ghg")
        got = None if joule is None else _of_stream(yearly, book, one, joule)
        if got is None:
            complete = False
            continue
        relative = None if one.sd is None else (one.sd / one.value if one.value else 0.0)
        rows.append((got[0], relative))
        if got[1]:
            bio.append((got[1], relative))
    yearly.say(note("indicators.ghg-scope", "streams", assessment_report="AR5"))
    return Warming(_figure(rows) if complete and rows else None, _figure(bio) if complete and bio else None)


def _of_stream(yearly: Yearly, book: Book, one: Taken, joule: float) -> tuple[float, float] | None:
    """Return (kg CO2e in the total, kg CO2 of biomass) of a stream; None with a finding when a factor is missing."""
    found = emission(book, one.material.kind, joule)
    if isinstance(found, str):
        _missing(yearly, one, found)
        return None
    for factor in found.factors:
        book.use(factor, "ghg")
    return found.total, found.biogenic


def emission(book: Book, kind: str, joule: float) -> Emission | str:
    """Work out what a bought energy carrier gives off; the category of the factor where one is missing.

    Formula: as in `greenhouse_gas`. Args: book; kind - its flow word; joule - energy, lower heating value [J].
    Returns Emission [kg], or the word of the factor that is missing. Source: IPCC 2006 guidelines, volume 2.
    """
    words = book.knowhow.lineage(kind) if kind in book.knowhow.flows else (kind,)
    if "electricity" in words:
        size = None if book.grid is None else kg_per_joule(book.grid)
        if book.grid is None or size is None:
            return "grid"
        return Emission(joule * size, 0.0, (book.grid,))
    co2 = book.find("fuel_ef_co2", kind)
    if co2 is None or co2.value is None:
        return "fuel_ef_co2"
    terajoule = joule / 1e12
    carbon = terajoule * co2.value
    others = 0.0
    noted = [co2]
    for category, gas in _GASES:
        factor, potential = book.find(category, kind), book.warming(gas)
        if factor is None or factor.value is None or potential is None or potential.value is None:
            return category
        others += terajoule * factor.value * potential.value
        noted += [factor, potential]
    if "biogenic" in co2.note or any(word in words for word in _BIOGENIC):
        return Emission(others, carbon, tuple(noted))
    return Emission(carbon + others, 0.0, tuple(noted))


def _missing(yearly: Yearly, one: Taken, category: str) -> None:
    where = f"materials/{one.material.id}"
    kind, region = one.material.kind, yearly.book.region
    facts = {"material": one.material.id, "kind": kind, "category": category, "region": region, "on": yearly.book.on}
    yearly.say(warning("indicators.no-factor", where, **facts))


def _figure(rows: list[tuple[float, float | None]]) -> Figure:
    """Add up kilograms to tonnes; the spread is that of the amounts, not of the factors."""
    spreads = [value * relative for value, relative in rows if relative is not None]
    sd = hypot(*spreads) / 1e3 if len(spreads) == len(rows) else None
    return Figure(sum(v for v, _ in rows) / 1e3, sd, "t CO2e")
