"""The enterprise indicators of UNEP and UNIDO: absolute figures, productivity, intensity, change against a base
year.
"""

from __future__ import annotations

from dataclasses import replace
from math import hypot
from typing import TYPE_CHECKING

from namsai.balance.model import Balance
from namsai.findings import Finding, NamsaiError, note, warning
from namsai.indicators.amounts import Figure, Yearly
from namsai.indicators.benchmarks import positions
from namsai.indicators.factors import Book
from namsai.indicators.ghg import greenhouse_gas
from namsai.indicators.model import Indicator, Indicators
from namsai.plant.amounts import COVERAGE, Plant
from namsai.quantity.units import convert

if TYPE_CHECKING:
    from namsai.knowhow import KnowHow

RESOURCES = ("energy", "materials", "water")  # productivity: output per resource, up is good
BURDENS = ("waste", "waste_water", "ghg")  # intensity: burden per output, down is good
MEASURES = RESOURCES + BURDENS


def indicators(plant: Plant, balance: Balance, knowhow: KnowHow) -> Indicators:
    """Work out the enterprise indicators of a plant.

    Formula: absolute figures X per year (amount of the period / years); productivity P/X of energy, materials and
    water; intensity X/P of all; bounds at 95 %: x (1 -+ 2 s), s the relative standard uncertainties added in
    quadrature; change x / x_base - 1 against the base year.
    Args: plant; balance - reconciled streams; knowhow - factors and benchmarks.
    Returns Indicators; what cannot be worked out is not in the list and a finding says why (missing is not zero).
    Validity: reconciled streams count as independent in the bounds. Source: UNIDO/UNEP primer on enterprise-level
    indicators for resource productivity and pollution intensity (2010), as the centres use them.
    """
    book = Book(knowhow, plant.case.period.end, plant.case.enterprise.country)
    yearly = Yearly(plant, balance, knowhow, book)
    output = yearly.output()
    warming = greenhouse_gas(yearly, book)
    figures: dict[str, Figure | None] = {
        "energy": yearly.energy(),
        "materials": yearly.materials(),
        "water": yearly.water(),
        "waste": yearly.waste(),
        "waste_water": yearly.waste_water(),
        "ghg": warming.total,
    }
    found = [_absolute("output", output, "up")] if output else []
    found += [_absolute(m, figure, "down") for m, figure in figures.items() if figure is not None]
    if warming.biogenic is not None:
        found.append(_absolute("ghg_biogenic", warming.biogenic, "down"))
    if output is not None and output.value > 0:
        for measure, figure in figures.items():
            if figure is None:
                continue
            if measure in RESOURCES and figure.value > 0:
                found.append(_ratio(f"productivity-{measure}", "productivity", output, figure, "up"))
            found.append(_ratio(f"intensity-{measure}", "intensity", figure, output, "down"))
    elif output is not None:
        yearly.say(warning("indicators.no-output", "output"))
    found, said = _against_base(plant, found)
    placed = positions(yearly, output, figures["ghg"])
    given = plant.case.output
    return Indicators(
        output_name=given.name if given else None,
        output_unit=output.unit if output else "",
        indicators=tuple(found),
        benchmarks=placed,
        factors=book.used,
        findings=(*yearly.findings, *said),
    )


def profile(result: Indicators) -> tuple[tuple[str, float | None], ...]:
    """Return the profile of six relative changes: productivity of energy, materials, water; intensity of the burdens.

    Args: result. Returns (key, change against the base year [-] or None), in fixed order.
    """
    kinds = [(m, "productivity") for m in RESOURCES] + [(m, "intensity") for m in BURDENS]
    rows = [(f"{kind}-{measure}", result.get(f"{kind}-{measure}", kind)) for measure, kind in kinds]
    return tuple((key, None if row is None else row.change) for key, row in rows)


def _absolute(key: str, figure: Figure, better: str) -> Indicator:
    low, high = _bounds(figure.value, figure.sd)
    return Indicator(key, "absolute", figure.value, figure.unit, low, high, better)


def _ratio(key: str, kind: str, top: Figure, bottom: Figure, better: str) -> Indicator:
    value = top.value / bottom.value
    sd: float | None = None
    if top.sd is not None and bottom.sd is not None:
        relative_top = top.sd / top.value if top.value else 0.0
        sd = value * hypot(relative_top, bottom.sd / bottom.value)
    low, high = _bounds(value, sd)
    return Indicator(key, kind, value, f"{top.unit}/{bottom.unit}", low, high, better)


def _bounds(value: float, sd: float | None) -> tuple[float | None, float | None]:
    """Return the bounds at 95 %; amounts are never below zero."""
    return (None, None) if sd is None else (max(0.0, value - COVERAGE * sd), value + COVERAGE * sd)


def _against_base(plant: Plant, found: list[Indicator]) -> tuple[list[Indicator], list[Finding]]:
    """Set each indicator beside the base year: the first year of the history before the period."""
    year = int(plant.case.period.start[:4])
    rows = [h for h in plant.case.history if h.year < year]
    if not rows:
        return found, []
    base_year = min(h.year for h in rows)
    said: list[Finding] = []
    base: dict[str, float] = {}
    now = {i.key: i for i in found if i.kind == "absolute"}
    for row in (h for h in rows if h.year == base_year):
        path = f"history/{row.year}/{row.measure}"
        if row.measure in base:
            said.append(warning("indicators.history-twice", path, measure=row.measure, year=row.year))
            continue
        if row.measure not in now:
            continue
        try:
            base[row.measure] = convert(row.value, _plain(row.unit), _plain(now[row.measure].unit))
        except NamsaiError:
            wanted = now[row.measure].unit
            said.append(
                warning(
                    "indicators.base-unit", path, measure=row.measure, year=row.year, unit=row.unit, expected=wanted
                )
            )
    produced = base.get("output")
    if produced is None:
        said.append(note("indicators.base-no-output", "history", year=base_year))
    elif produced <= 0:
        said.append(warning("indicators.base-output-zero", "history", year=base_year))
        produced = None
    return [_with_base(i, base_year, base, produced) for i in found], said


def _with_base(row: Indicator, year: int, base: dict[str, float], produced: float | None) -> Indicator:
    measure = row.key.removeprefix(f"{row.kind}-")
    then = base.get(measure)
    if row.kind != "absolute":
        if then is None or produced is None:
            return row
        top, bottom = (produced, then) if row.kind == "productivity" else (then, produced)
        then = top / bottom if bottom > 0 else None
    if then is None:
        return row
    return replace(row, base_year=year, base_value=then, change=row.value / then - 1 if then > 0 else None)


def _plain(unit: str) -> str:
    """Take the substance out of a unit: "t CO2e" is a mass."""
    return unit.split()[0] if unit.split() else unit
