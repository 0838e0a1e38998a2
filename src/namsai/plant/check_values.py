"""Rules on values: units, prices, currencies, dates, shares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from namsai.findings import Finding, NamsaiError, error, warning
from namsai.lao.dates import BUDDHIST_OFFSET, is_buddhist_year
from namsai.plant.amounts import to_base
from namsai.plant.case import Case
from namsai.plant.fields import Money, Price
from namsai.plant.records import Category, Material
from namsai.quantity.units import base_factor

_AMOUNTS = frozenset({"mass", "energy", "volume", "area", "length", "count"})
_HEAT = frozenset({"heat", "steam", "flue_gas", "vapour", "cold", "compressed_air", "energy"})
_FULL = 100 + 1e-6  # % with rounding


def _units(case: Case) -> Iterator[tuple[str, str]]:
    """Walk all units of amounts and prices with their paths."""
    if case.output:
        yield "output/amount/unit", case.output.amount.unit
    for place, stream in enumerate(case.streams):
        if stream.amount:
            yield f"streams/{place}/amount/unit", stream.amount.unit
    for place, material in enumerate(case.materials):
        for field in ("price", "disposal", "revenue"):
            price = getattr(material, field)
            if price:
                yield f"materials/{place}/{field}/per", price.per
    for place, meter in enumerate(case.meters):
        yield f"meters/{place}/unit", meter.unit
    for place, line in enumerate(case.lines):
        if line.wage:
            yield f"lines/{place}/wage/per", line.wage.per
    for place, row in enumerate(case.history):
        yield f"history/{place}/unit", row.unit
    for place, measure in enumerate(case.measures):
        if measure.saving_amount:
            yield f"measures/{place}/saving_amount/unit", measure.saving_amount.unit


def _dimension(unit: str) -> str | None:
    """Return the dimension of a unit, None when it is not known."""
    try:
        return base_factor(unit)[0]
    except NamsaiError:
        return None


def unknown_units(case: Case) -> Iterator[Finding]:
    """Every unit is known."""
    for path, unit in _units(case):
        try:
            base_factor(unit)
        except NamsaiError as problem:
            for found in problem.findings:
                yield error(found.code, path, **found.facts)


def _fits(material: Material, dimension: str) -> bool:
    """Tell whether an amount of a material can have a dimension."""
    if dimension not in _AMOUNTS:
        return False
    if dimension == "energy":
        return material.category is Category.ENERGY or material.kind in _HEAT
    return material.kind != "electricity"


def units_that_do_not_fit(case: Case) -> Iterator[Finding]:
    """The unit of an amount or price fits its material: energy only for energy carriers, electricity only in energy."""
    materials = {m.id: m for m in case.materials}
    pairs = [
        (f"streams/{place}/amount/unit", materials.get(s.material), s.amount.unit)
        for place, s in enumerate(case.streams)
        if s.amount
    ]
    pairs += [
        (f"materials/{place}/{field}/per", m, getattr(m, field).per)
        for place, m in enumerate(case.materials)
        for field in ("price", "disposal", "revenue")
        if getattr(m, field)
    ]
    for path, material, unit in pairs:
        dimension = _dimension(unit)
        if material is not None and dimension is not None and not _fits(material, dimension):
            yield error("plant.unit-does-not-fit", path, unit=unit, material=material.id, kind=material.kind)


def _base_unit(material: Material, unit: str) -> str | None:
    """Return the base unit in which an amount of a material is counted, None when the unit is not known or fits not."""
    dimension = _dimension(unit)
    if dimension is None or not _fits(material, dimension):
        return None
    try:
        return to_base(material, 0.0, unit).unit
    except NamsaiError:
        return None


def mixed_units(case: Case) -> Iterator[Finding]:
    """All amounts of a material can be brought to one unit (m3 to kg needs a density, pieces a mass per piece)."""
    materials = {m.id: m for m in case.materials}
    first: dict[str, tuple[str, str]] = {}
    for place, stream in enumerate(case.streams):
        material = materials.get(stream.material)
        base = _base_unit(material, stream.amount.unit) if material and stream.amount else None
        if material is None or base is None or stream.amount is None:
            continue
        known = first.setdefault(material.id, (base, stream.amount.unit))
        if known[0] != base:
            path = f"streams/{place}/amount/unit"
            yield error("plant.mixed-units", path, material=material.id, unit=stream.amount.unit, other_unit=known[1])


def missing_prices(case: Case) -> Iterator[Finding]:
    """What is purchased has a price (a missing price is not zero: its cost stays unknown)."""
    bought = {s.material for s in case.streams if s.from_ == "purchase"}
    for place, material in enumerate(case.materials):
        if material.id in bought and material.price is None and material.value_as is None:
            yield warning("plant.missing-price", f"materials/{place}/price", material=material.id)


def price_units(case: Case) -> Iterator[Finding]:
    """A price is per the same kind of unit as the amounts of its material."""
    amounts: dict[str, str] = {}
    for stream in case.streams:
        if stream.amount:
            amounts.setdefault(stream.material, stream.amount.unit)
    for place, material in enumerate(case.materials):
        unit = amounts.get(material.id)
        counted = _base_unit(material, unit) if unit else None
        for field in ("price", "disposal", "revenue"):
            price: Price | None = getattr(material, field)
            per = _base_unit(material, price.per) if price else None
            if price and counted and per and counted != per:
                path = f"materials/{place}/{field}/per"
                yield error("plant.price-unit", path, material=material.id, unit=price.per, other_unit=unit)


def _money(case: Case) -> Iterator[tuple[str, Price | Money]]:
    """Walk all prices and sums of money with their paths."""
    for place, material in enumerate(case.materials):
        for field in ("price", "disposal", "revenue"):
            yield from _one(f"materials/{place}/{field}", getattr(material, field))
    for place, cost in enumerate(case.costs):
        yield f"costs/{place}/amount", cost.amount
    for place, line in enumerate(case.lines):
        yield from _one(f"lines/{place}/wage", line.wage)
    for place, measure in enumerate(case.measures):
        for field in ("saving_money", "investment", "running_cost"):
            yield from _one(f"measures/{place}/{field}", getattr(measure, field))


def _one(path: str, money: Price | Money | None) -> Iterator[tuple[str, Price | Money]]:
    """Give a sum of money with its path if there is one."""
    if money is not None:
        yield path, money


def missing_rates(case: Case) -> Iterator[Finding]:
    """Money in another currency than the results has a dated exchange rate."""
    home = case.finance.currency
    known = {home} | {r.base for r in case.rates if r.quote == home} | {r.quote for r in case.rates if r.base == home}
    for path, money in _money(case):
        if money.currency not in known:
            yield error("plant.missing-rate", f"{path}/currency", currency=money.currency, home=home)


def _dates(case: Case) -> Iterator[tuple[str, str]]:
    """Walk all dates with their paths."""
    yield "period/start", case.period.start
    yield "period/end", case.period.end
    for path, money in _money(case):
        if money.date is not None:
            yield f"{path}/date", money.date
    for place, rate in enumerate(case.rates):
        yield f"rates/{place}/date", rate.date
    for place, reading in enumerate(case.readings):
        yield f"readings/{place}/date", reading.date


def dates(case: Case) -> Iterator[Finding]:
    """Every date is a day of the calendar and of the common era."""
    good: set[str] = set()
    for path, text in _dates(case):
        if text in good:
            continue
        try:
            day = date.fromisoformat(text)
        except ValueError:
            yield error("plant.bad-date", path, value=text, proposal=None)
            continue
        if is_buddhist_year(day.year):
            proposal = f"{day.year - BUDDHIST_OFFSET}{text[4:]}"
            yield error("plant.buddhist-date", path, value=text, proposal=proposal)
        else:
            good.add(text)


def period_order(case: Case) -> Iterator[Finding]:
    """The period ends on or after the day it starts."""
    if case.period.end < case.period.start:
        yield error("plant.end-before-start", "period/end", start=case.period.start, end=case.period.end)


def shares(case: Case) -> Iterator[Finding]:
    """The substances of a material make up at most 100 % of it."""
    total: dict[str, float] = {}
    last: dict[str, int] = {}
    for place, row in enumerate(case.compositions):
        total[row.material] = total.get(row.material, 0.0) + row.share
        last[row.material] = place
    for material, share in total.items():
        if share > _FULL:
            yield error("plant.shares-over-100", f"compositions/{last[material]}/share", material=material, share=share)


def saving_order(case: Case) -> Iterator[Finding]:
    """The low saving of a measure is not above its high one."""
    for place, measure in enumerate(case.measures):
        low, high = measure.saving_low, measure.saving_high
        if low is not None and high is not None and low > high:
            yield error("plant.saving-order", f"measures/{place}/saving_low", id=measure.id, low=low, high=high)


def workers_sum(case: Case) -> Iterator[Finding]:
    """Women and men make up all workers where all three are given."""
    firm = case.enterprise
    if None not in (firm.workers, firm.workers_women, firm.workers_men):
        both = (firm.workers_women or 0) + (firm.workers_men or 0)
        if both != firm.workers:
            yield warning("plant.workers-sum", "enterprise/workers", workers=firm.workers, both=both)


def hours(case: Case) -> Iterator[Finding]:
    """No machine runs more hours than the period has."""
    try:
        start, end = map(date.fromisoformat, (case.period.start, case.period.end))
    except ValueError:
        return
    most = ((end - start).days + 1) * 24
    for place, machine in enumerate(case.equipment):
        if machine.hours is not None and most > 0 and machine.hours > most:
            path = f"equipment/{place}/hours"
            yield warning("plant.too-many-hours", path, id=machine.id, hours=machine.hours, most=most)
