"""The flow charts of a plant: materials, water and energy from the balance, money from the cost table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from namsai.balance.model import Balance, BalancedStream
from namsai.charts.bars import Bar, bars
from namsai.charts.palette import ENERGY
from namsai.charts.sankey import Box, Flow, Kind, sankey
from namsai.charts.scene import Scene
from namsai.charts.write import amount, money
from namsai.costing.model import CostTable
from namsai.plant.amounts import Plant
from namsai.plant.records import LOSSES, Category
from namsai.texts import Lang, text

LAYERS = ("mass", "water", "energy")
_WET = frozenset({Category.WATER, Category.WASTE_WATER})
WATER_DENSITY = 1000.0  # kg/m3: only to draw kg and m3 of water in one picture
SPLIT_AT = 2.0  # water is drawn apart where more of it comes in than twice all other materials


def _wet(plant: Plant, material: str) -> bool:
    """Tell whether a material is water; what is lost down the drain but valued as a product (beer) is not."""
    found = plant.materials[material]
    valued = plant.materials.get(found.value_as) if found.value_as else None
    return found.category in _WET and (valued is None or valued.category in _WET)


def _layer(plant: Plant, stream: BalancedStream, apart: bool) -> str:
    """Return the chart a stream belongs to, or "" when it cannot be drawn with others (pieces, metres)."""
    wet = _wet(plant, stream.material)
    if stream.unit == "J":
        return "energy"
    if wet and stream.unit in ("kg", "m3"):
        return "water" if apart or stream.unit == "m3" else "mass"
    return "mass" if stream.unit == "kg" else ""


def _water_apart(plant: Plant, balance: Balance) -> bool:
    wet = dry = 0.0
    for stream in balance.streams:
        if stream.source not in plant.processes and stream.unit in ("kg", "m3"):
            if _wet(plant, stream.material):
                wet += (stream.value or 0.0) * (1.0 if stream.unit == "kg" else WATER_DENSITY)
            elif stream.unit == "kg":
                dry += stream.value or 0.0
    return wet > SPLIT_AT * dry


def _kind(plant: Plant, stream: BalancedStream) -> Kind:
    if stream.source not in plant.processes:
        return "input"
    if stream.target in plant.processes:
        return "flow"
    return "loss" if plant.materials[stream.material].category in LOSSES else "product"


def _flows(plant: Plant, streams: Iterable[BalancedStream], layer: str, lang: Lang) -> list[Flow]:
    """Make the flows of one chart; streams of one material between the same places become one flow."""
    sums: dict[tuple[str, str, str, Kind], float | None] = {}
    for s in streams:
        source = s.source if s.source in plant.processes else ""
        target = s.target if s.target in plant.processes else ""
        key = (source, target, s.material, _kind(plant, s))
        value = s.value
        if layer == "water" and s.unit == "kg" and value is not None:
            value /= WATER_DENSITY
        before = sums.get(key, 0.0)
        sums[key] = None if value is None or before is None else before + value
    unit = {"mass": "kg", "water": "m3", "energy": "J"}[layer]
    out = []
    for (source, target, material, kind), value in sums.items():
        if (not source and not target) or value == 0:
            continue
        found = plant.materials[material]
        shown = amount(value, unit, lang, found.kind == "electricity")
        shown = text("charts.not-known", lang) if value is None else shown
        out.append(Flow(source, target, value, found.name.show(lang), shown, kind))
    return out


def _without_fuel(plant: Plant, flows: Sequence[Flow]) -> list[Flow]:
    """Leave out fuel that goes where nothing of this chart comes out: its flue gas is not in the balance."""
    fuels = {m.name.show(lang) for m in plant.case.materials if m.category is Category.ENERGY for lang in ("lo", "en")}
    sources = {f.source for f in flows}
    return [f for f in flows if f.source or f.target in sources or f.name not in fuels]


def _fuels(plant: Plant, balance: Balance, heat: Mapping[str, float]) -> list[BalancedStream]:
    """Return the bought fuels as energy [J]; an unknown heating value leaves the amount unknown, never zero."""
    out = []
    for s in balance.streams:
        bought = s.source not in plant.processes and s.target in plant.processes
        if bought and s.unit == "kg" and plant.materials[s.material].category is Category.ENERGY:
            found = heat.get(s.material)
            value = None if found is None or s.value is None else s.value * found * 1e6
            out.append(replace(s, value=value, unit="J"))
    return out


def _uses(plant: Plant, flows: Sequence[Flow], lang: Lang, width: float) -> Scene:
    rows = [
        Bar(f"{f.name} – {plant.processes[f.target].name.show(lang)}", None if f.value is None else (f.value,), f.shown)
        for f in sorted(flows, key=lambda f: -(f.value or 0.0))
    ]
    return bars(rows, text("charts.uses-title", lang), colours=(ENERGY,), width=width)


def balance_charts(
    plant: Plant, balance: Balance, lang: Lang, width: float = 481.0, heat: Mapping[str, float] | None = None
) -> dict[str, Scene]:
    """Return the flow charts of the reconciled balance: mass, water and energy, each only where it has flows.

    Where nothing is known to leave (energy that is only bought) bars show the uses instead.

    Water is drawn apart from the other materials where it would hide them (more than twice their amount).
    Bought fuels are drawn as energy too, with their heating value.
    Args: plant; balance; lang; width [pt]; heat - heating value of fuels by material [MJ/kg], None: those of the case.
    Returns layer -> Scene; values of the period.
    """
    if heat is None:
        heat = {m.id: m.heating_value for m in plant.case.materials if m.heating_value is not None}
    apart = _water_apart(plant, balance)
    fuels = _fuels(plant, balance, heat)
    out: dict[str, Scene] = {}
    for layer in LAYERS:
        streams = [s for s in balance.streams if _layer(plant, s, apart) == layer]
        flows = _flows(plant, [*streams, *fuels] if layer == "energy" else streams, layer, lang)
        if layer == "mass":
            flows = _without_fuel(plant, flows)
        if not any(f.value for f in flows):
            continue
        if not any(f.source for f in flows):
            out[layer] = _uses(plant, flows, lang, width)
            continue
        used = {f.source for f in flows} | {f.target for f in flows}
        boxes = [Box(p.id, p.name.show(lang)) for p in plant.case.processes if p.id in used]
        height = 150.0 if layer == "mass" else 90.0
        narrower = text("charts.drawn-narrower", lang)
        out[layer] = sankey(boxes, flows, text(f"charts.{layer}-title", lang), width, height, narrower)
    return out


def cost_chart(
    costs: CostTable, name_of: Callable[[str], str], lang: Lang, width: float = 481.0, most: int = 6
) -> Scene | None:
    """Return the flow of money of the period: kinds of cost from the left, products to the right, losses downwards.

    Args: costs - money per period; name_of - name of a flow of the cost table by its stream id; most - losses named.
    Returns Scene, or None when there are no costs. The flows add up to all costs of the table.
    """
    kinds = ("material", "energy", "system", "waste")
    flows = []
    for kind in kinds:
        value = sum(getattr(f, f"{kind}_cost") for f in costs.flows)
        if value > 0:
            flows.append(_money_flow("", "plant", value, text(f"charts.cost-{kind}", lang), "input", costs, lang))
    if not flows:
        return None
    for f in costs.flows:
        if f.kind in ("product", "by_product") and f.total > 0:
            flows.append(_money_flow("plant", "", f.total, name_of(f.stream), "product", costs, lang))
    losses = [f for f in costs.losses if f.total > 0]
    named = losses if len(losses) <= most else losses[: most - 1]
    rest = sum(f.total for f in losses[len(named) :])
    if rest:
        flows.append(_money_flow("plant", "", rest, text("charts.other-losses", lang), "loss", costs, lang))
    for f in reversed(named):
        flows.append(_money_flow("plant", "", f.total, name_of(f.stream), "loss", costs, lang))
    return sankey([Box("plant", text("charts.plant", lang))], flows, text("charts.cost-title", lang), width, 130.0)


def _money_flow(source: str, target: str, value: int, name: str, kind: Kind, costs: CostTable, lang: Lang) -> Flow:
    return Flow(source, target, float(value), name, money(value, costs.currency, lang), kind)
