"""Rank the places of a plant under each concern: hotspots(plant, balance, costs, work, indicators, knowhow)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from namsai.balance.model import Balance
from namsai.costing.model import CostTable
from namsai.hotspots.hazard import tier
from namsai.hotspots.model import HotSpot
from namsai.hotspots.spots import Place, carbon_kg, energy_joules, line_places, loss_places, use_places
from namsai.indicators.model import Indicators
from namsai.knowhow import KnowHow
from namsai.plant.amounts import Plant
from namsai.plant.records import Category
from namsai.work.model import Work

CONCERNS = ("money", "material", "energy", "water", "climate", "waste", "waste_water", "hazard", "labour")

Size = Callable[[Place], float | None]


def hotspots(
    plant: Plant, balance: Balance, costs: CostTable, work: Work, indicators: Indicators, knowhow: KnowHow
) -> tuple[HotSpot, ...]:
    """Rank where to look first, for money and for each other concern; all amounts and money per year.

    Money ranks together: losses with their full cost, bought energy, water and auxiliaries, unexplained and recycling
    losses, lost paid time. `share` for money is the share of all costs of the plant; a use also stands inside the
    losses that carry it, so money spots overlap and are not added (fact `meaning`: full_cost, bought, paid_time). For
    the other concerns it is the share of the concern's total over its spots (climate: of the plant's indicator where
    that is larger), None where an amount is not known.

    Args: plant; balance (reconciled); costs of the period; work of the period; indicators; knowhow.
    Returns hot spots by concern (order of `CONCERNS`) and rank, 1 = look here first; unknown sizes rank last, not as 0.
    Source: ISO 14051:2011 (loss cost); UNEP/UNIDO RECP indicators (the concerns).
    """
    losses = loss_places(plant, costs)
    uses = use_places(plant, costs)
    lines = line_places(plant, work)
    loss_of = {c: [p for p in losses if p.category is c] for c in Category}
    solid = [p for p in losses if _is_material(plant, p)]
    energy = [p for p in uses if p.category is Category.ENERGY]
    water = [p for p in uses if p.category is Category.WATER]
    spots = list(_by_money(plant, costs, [*losses, *uses, *lines]))
    spots += _ranked("material", solid, _material_cost, money=_material_cost_whole)
    joules = {p.subject + p.process: energy_joules(plant, knowhow, p) for p in energy}
    spots += _by_amount("energy", [replace(p, amount=joules[p.subject + p.process], unit="J") for p in energy])
    spots += _by_amount("water", water)
    carbon = [replace(p, amount=carbon_kg(plant, knowhow, p), unit="kg CO2e") for p in energy]
    whole = indicators.get("ghg")
    spots += _by_amount("climate", carbon, whole.value if whole is not None and whole.unit.startswith("kg") else 0.0)
    spots += _by_amount("waste", loss_of[Category.WASTE])
    spots += _by_amount("waste_water", loss_of[Category.WASTE_WATER])
    spots += _hazardous(plant, balance)
    spots += _by_amount("labour", lines)
    return tuple(spots)


def _is_material(plant: Plant, place: Place) -> bool:
    """Tell whether a loss carries a material that was bought (waste water that carries only water does not)."""
    main = plant.materials.get(str(place.facts.get("main_content") or ""))
    bare = (Category.WASTE_WATER, Category.EMISSION, Category.ENERGY, Category.WATER)
    if main is None:
        return place.category not in bare
    return main.category not in (Category.WATER, Category.ENERGY)


def _by_money(plant: Plant, costs: CostTable, places: Sequence[Place]) -> list[HotSpot]:
    labour_outside = 0 if costs.labour else sum(p.money or 0 for p in places if p.group == "line")
    total = costs.total / plant.years + labour_outside
    order = sorted(places, key=lambda p: (p.money is None, -(p.money or 0), p.subject, p.process))
    return [
        _spot("money", rank, place, None if place.money is None or total <= 0 else place.money / total)
        for rank, place in enumerate(order, 1)
    ]


def _by_amount(concern: str, places: Sequence[Place], at_least: float = 0.0) -> list[HotSpot]:
    """Rank by amount where all known amounts have one unit, otherwise by money."""
    units = {p.unit for p in places if p.amount is not None}
    if len(units) > 1:
        return _ranked(concern, places, lambda p: None if p.money is None else float(p.money))
    return _ranked(concern, places, lambda p: p.amount, at_least=at_least)


def _ranked(
    concern: str,
    places: Sequence[Place],
    size: Size,
    money: Callable[[Place], int | None] | None = None,
    at_least: float = 0.0,
) -> list[HotSpot]:
    sizes = [(size(p), p) for p in places]
    order = sorted(sizes, key=lambda s: (s[0] is None, -(s[0] or 0.0), -(s[1].money or 0), s[1].subject, s[1].process))
    total = max(sum(s for s, _ in sizes if s is not None), at_least)
    complete = all(s is not None for s, _ in sizes)
    out = []
    for rank, (value, place) in enumerate(order, 1):
        shown = replace(place, money=money(place)) if money else place
        share = value / total if complete and value is not None and total > 0 else None
        out.append(_spot(concern, rank, shown, share))
    return out


def _material_cost_whole(place: Place) -> int | None:
    cost = place.facts.get("material_cost")
    return cost if isinstance(cost, int) and place.money is not None else None


def _material_cost(place: Place) -> float | None:
    cost = _material_cost_whole(place)
    return None if cost is None else float(cost)


def _hazardous(plant: Plant, balance: Balance) -> list[HotSpot]:
    """Rank bought materials with hazard statements: worst column first, then the larger amount."""
    rows: list[tuple[int, float, HotSpot]] = []
    for stream in balance.streams:
        material = plant.materials[stream.material]
        if not material.hazards or not plant.is_input(plant.streams[stream.id]):
            continue
        column = tier(material.hazards)
        amount = None if stream.value is None else stream.value / plant.years
        words = ", ".join(material.hazards)
        spot = HotSpot(
            "hazard",
            0,
            f"use:{stream.id}",
            stream.target,
            material.id,
            material.kind,
            amount,
            stream.unit,
            None,
            None,
            {"meaning": "hazard", "hazards": words, "column": column + 1},
        )
        rows.append((column, -(amount or 0.0), spot))
    rows.sort(key=lambda r: (r[0], r[1], r[2].subject))
    return [replace(spot, rank=rank) for rank, (_, _, spot) in enumerate(rows, 1)]


def _spot(concern: str, rank: int, place: Place, share: float | None) -> HotSpot:
    return HotSpot(
        concern,
        rank,
        place.subject,
        place.process,
        place.material,
        place.flow,
        place.amount,
        place.unit,
        place.money,
        share,
        dict(place.facts),
    )
