"""The places themselves, before any ranking: one row per loss, bought stream and production line, per year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from namsai.costing.model import CostTable, EnergyUse, FlowCost
from namsai.findings import Fact
from namsai.indicators.factors import Book
from namsai.indicators.ghg import emission
from namsai.knowhow import KnowHow
from namsai.plant.amounts import Plant
from namsai.plant.records import Category, Material
from namsai.work.model import Work

BOUGHT = (Category.ENERGY, Category.WATER, Category.AUXILIARY)


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the plant, per year. `group`: loss, use or line. `category`: None for unexplained losses, lines."""

    group: str
    subject: str
    process: str
    material: str
    flow: str
    category: Category | None
    amount: float | None
    unit: str
    money: int | None
    facts: Mapping[str, Fact] = field(default_factory=dict)


def _per_year(value: float | None, years: float) -> float | None:
    return None if value is None else value / years


def kind_of(plant: Plant, material: Material) -> str:
    """Return the flow word of a material; a waste that is valued as another material takes that one's word."""
    valued = plant.materials.get(material.value_as) if material.value_as else None
    return valued.kind if valued is not None else material.kind


def _main_content(plant: Plant, flow: FlowCost) -> str:
    """Return the purchased material that makes up most of a flow: by money where prices are known, else by amount."""

    def worth(content: tuple[str, float]) -> tuple[float, float]:
        price = plant.materials[content[0]].price
        return (price.amount * content[1] if price else 0.0, content[1])

    known = [c for c in flow.contents if c[0] in plant.materials and c[1] > 0]
    return max(known, key=worth)[0] if known else ""


def loss_places(plant: Plant, costs: CostTable) -> list[Place]:
    """Return one place per loss, with its full cost (material, energy, system, waste management) per year."""
    return [_loss(plant, costs, flow) for flow in costs.losses]


def _loss(plant: Plant, costs: CostTable, flow: FlowCost) -> Place:
    years = plant.years
    subject = f"stream:{flow.stream}" if flow.kind == "loss" else flow.stream
    material = plant.materials.get(flow.material)
    main = _main_content(plant, flow)
    if material is not None:
        word = kind_of(plant, material)
    else:
        word = plant.materials[main].kind if main else "material"
    unpriced = {plant.streams[s].material for s in costs.unpriced if s in plant.streams}
    partly = any(m in unpriced for m, _ in flow.contents) or flow.material in unpriced
    facts: dict[str, Fact] = {
        "meaning": "full_cost",
        "material_cost": round(flow.material_cost / years),
        "energy_cost": round(flow.energy_cost / years),
        "system_cost": round(flow.system_cost / years),
        "waste_cost": round(flow.waste_cost / years),
        "main_content": main,
        "main_flow": plant.materials[main].kind if main else word,
        "kind": flow.kind,
        "partly_priced": int(partly),
    }
    # A loss of which nothing has a price is a loss of unknown cost, not a free one.
    money = None if partly and not flow.total else round(flow.total / years)
    category = material.category if material is not None else None
    amount = _per_year(flow.amount, years)
    return Place("loss", subject, flow.process, flow.material, word, category, amount, flow.unit, money, facts)


def use_places(plant: Plant, costs: CostTable) -> list[Place]:
    """Return one place per bought stream of energy, water or auxiliary material, with its whole cost per year.

    The cost of a use also stands inside the cost of the losses that carry it: the two are views of the same money and
    are never added (fact `meaning` = ``bought``).
    """
    return [_use(plant, costs, use) for use in costs.uses if plant.materials[use.material].category in BOUGHT]


def _use(plant: Plant, costs: CostTable, use: EnergyUse) -> Place:
    material = plant.materials[use.material]
    money = None if use.stream in costs.unpriced else round(use.cost / plant.years)
    amount = _per_year(use.amount, plant.years)
    facts: dict[str, Fact] = {"meaning": "bought"}
    return Place(
        "use",
        f"use:{use.stream}",
        use.process,
        use.material,
        kind_of(plant, material),
        material.category,
        amount,
        use.unit,
        money,
        facts,
    )


def line_places(plant: Plant, work: Work) -> list[Place]:
    """Return one place per production line: paid minutes that earned nothing and their cost, per year."""
    out: list[Place] = []
    for line in work.lines:
        lost = line.lost_minutes if line.lost_minutes is not None else line.idle_minutes
        money = None if line.cost_of_loss is None else round(line.cost_of_loss / plant.years)
        facts: dict[str, Fact] = {
            "meaning": "paid_time",
            "efficiency": None if line.efficiency is None else 100 * line.efficiency,
            "paid_minutes": line.paid_minutes / plant.years,
        }
        amount = _per_year(lost, plant.years)
        out.append(Place("line", f"line:{line.line}", line.process, "", "labour", None, amount, "min", money, facts))
    return out


def energy_joules(plant: Plant, knowhow: KnowHow, place: Place) -> float | None:
    """Return the energy [J per year] of a bought energy carrier; None where no heating value is known."""
    if place.amount is None:
        return None
    if place.unit == "J":
        return place.amount
    if place.unit != "kg":
        return None
    heating = plant.materials[place.material].heating_value
    if heating is None:
        factor = knowhow.factor("fuel_ncv", place.flow, on=plant.case.period.end)
        heating = factor.value if factor is not None and factor.usable else None
    return None if heating is None else place.amount * heating * 1e6


def carbon_kg(plant: Plant, knowhow: KnowHow, place: Place) -> float | None:
    """Return the emissions [kg CO2e per year] of a bought energy carrier; None where a factor is not known.

    The same sum as the plant's indicator: CO2, CH4 and N2O of fuels, average grid factor of the country; the CO2 of
    biomass is not in it, its CH4 and N2O are (IPCC 2006 vol. 2).
    """
    joules = energy_joules(plant, knowhow, place)
    if joules is None:
        return None
    book = Book(knowhow, plant.case.period.end, plant.case.enterprise.country)
    found = emission(book, plant.materials[place.material].kind, joules)
    return None if isinstance(found, str) else found.total
