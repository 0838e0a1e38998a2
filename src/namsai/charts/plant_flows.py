"""The flow charts of a plant: materials, water and energy from the balance, money from the cost table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from namsai.balance.model import Balance, BalancedStream
from namsai.charts.bars import Bar, bars
from namsai.charts.narrow import steps
from namsai.charts.palette import ENERGY
from namsai.charts.sankey import Box, Flow, Kind, sankey
from namsai.charts.scene import Scene
from namsai.charts.write import amount, money
from namsai.costing.model import CostTable
from namsai.plant.amounts import Plant
from namsai.plant.records import LOSSES, Category
from namsai.texts import Lang, text

LAYERS = ("mass", "water", "energy")
NARROW_WIDTH = 210.0  # of bars on a narrow screen: letters of 8 pt are then 12 px high
Ids = dict[str, tuple[str, ...]]
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


@dataclass(frozen=True, slots=True)
class Network:
    """The flows of one chart before it is drawn; `streams` are the ids of the streams in each flow, by its key."""

    layer: str
    title: str
    boxes: tuple[Box, ...]
    flows: tuple[Flow, ...]
    streams: Mapping[str, tuple[str, ...]]
    height: float
    narrower: str = ""

    @property
    def leaves(self) -> bool:
        """Whether anything is known to leave a process (bought energy alone is drawn as bars)."""
        return any(f.source for f in self.flows)


def _flows(plant: Plant, streams: Iterable[BalancedStream], layer: str, lang: Lang) -> tuple[list[Flow], Ids]:
    """Make the flows of one chart; streams of one material between the same places become one flow.

    Returns the flows, and by their key the ids of their streams.
    """
    sums: dict[tuple[str, str, str, Kind], float | None] = {}
    members: dict[tuple[str, str, str, Kind], list[str]] = {}
    for s in streams:
        source = s.source if s.source in plant.processes else ""
        target = s.target if s.target in plant.processes else ""
        key = (source, target, s.material, _kind(plant, s))
        value = s.value
        if layer == "water" and s.unit == "kg" and value is not None:
            value /= WATER_DENSITY
        before = sums.get(key, 0.0)
        sums[key] = None if value is None or before is None else before + value
        members.setdefault(key, []).append(s.id)
    unit = {"mass": "kg", "water": "m3", "energy": "J"}[layer]
    out: list[Flow] = []
    ids: Ids = {}
    for number, (key, value) in enumerate(sums.items()):
        source, target, material, kind = key
        if (not source and not target) or value == 0:
            continue
        found = plant.materials[material]
        shown = amount(value, unit, lang, found.kind == "electricity")
        shown = text("charts.not-known", lang) if value is None else shown
        name = f"f{number}"
        out.append(Flow(source, target, value, found.name.show(lang), shown, kind, name))
        ids[name] = tuple(members[key])
    return out, ids


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


def _uses(network: Network, lang: Lang, width: float, above: bool) -> Scene:
    names = {b.id: b.name for b in network.boxes}
    rows = [
        Bar(f"{f.name} – {names[f.target]}", None if f.value is None else (f.value,), f.shown, key=f.key)
        for f in sorted(network.flows, key=lambda f: -(f.value or 0.0))
    ]
    return bars(rows, text("charts.uses-title", lang), colours=(ENERGY,), width=width, above=above)


def draw(network: Network, lang: Lang, width: float = 481.0, narrow: bool = False) -> Scene:
    """Return the picture of a network; `narrow` for a screen 360 px wide (its width is then its own)."""
    if not network.leaves:
        return _uses(network, lang, NARROW_WIDTH if narrow else width, narrow)
    if narrow:
        return steps(network.boxes, network.flows, network.title, min(network.height, 110.0))
    return sankey(network.boxes, network.flows, network.title, width, network.height, network.narrower)


def networks(plant: Plant, balance: Balance, lang: Lang, heat: Mapping[str, float] | None = None) -> dict[str, Network]:
    """Return the flows of the reconciled balance by layer: mass, water and energy, each only where it has flows.

    Water is drawn apart from the other materials where it would hide them (more than twice their amount).
    Bought fuels are drawn as energy too, with their heating value.
    Args: plant; balance; lang; heat - heating value of fuels by material [MJ/kg], None: those of the case.
    Returns layer -> Network; values of the period.
    """
    if heat is None:
        heat = {m.id: m.heating_value for m in plant.case.materials if m.heating_value is not None}
    apart = _water_apart(plant, balance)
    fuels = _fuels(plant, balance, heat)
    out: dict[str, Network] = {}
    for layer in LAYERS:
        streams = [s for s in balance.streams if _layer(plant, s, apart) == layer]
        flows, ids = _flows(plant, [*streams, *fuels] if layer == "energy" else streams, layer, lang)
        if layer == "mass":
            flows = _without_fuel(plant, flows)
        if not any(f.value for f in flows):
            continue
        used = {f.source for f in flows} | {f.target for f in flows}
        boxes = tuple(Box(p.id, p.name.show(lang), f"b:{p.id}") for p in plant.case.processes if p.id in used)
        height = 150.0 if layer == "mass" else 90.0
        title, narrower = text(f"charts.{layer}-title", lang), text("charts.drawn-narrower", lang)
        out[layer] = Network(layer, title, boxes, tuple(flows), ids, height, narrower)
    return out


def balance_charts(
    plant: Plant,
    balance: Balance,
    lang: Lang,
    width: float = 481.0,
    heat: Mapping[str, float] | None = None,
    narrow: bool = False,
) -> dict[str, Scene]:
    """Return the flow charts of the reconciled balance (see `networks`) by layer.

    Where nothing is known to leave (energy that is only bought) bars show the uses instead.
    """
    found = networks(plant, balance, lang, heat)
    return {layer: draw(network, lang, width, narrow) for layer, network in found.items()}


def money_network(costs: CostTable, name_of: Callable[[str], str], lang: Lang, most: int = 6) -> Network | None:
    """Return the flow of money of the period: kinds of cost come in, products and losses go out of the plant.

    Args: costs - money per period; name_of - name of a flow of the cost table by its stream id; most - losses named.
    Returns Network, or None when there are no costs. The flows add up to all costs of the table.
    """
    kinds = ("material", "energy", "system", "waste")
    flows: list[Flow] = []
    ids: dict[str, tuple[str, ...]] = {}

    def add(source: str, target: str, value: int, name: str, kind: Kind, *streams: str) -> None:
        key = f"f{len(flows)}"
        flows.append(Flow(source, target, float(value), name, money(value, costs.currency, lang), kind, key))
        ids[key] = streams

    for kind in kinds:
        value = sum(getattr(f, f"{kind}_cost") for f in costs.flows)
        if value > 0:
            add("", "plant", value, text(f"charts.cost-{kind}", lang), "input")
    if not flows:
        return None
    for f in costs.flows:
        if f.kind in ("product", "by_product") and f.total > 0:
            add("plant", "", f.total, name_of(f.stream), "product", f.stream)
    losses = [f for f in costs.losses if f.total > 0]
    named = losses if len(losses) <= most else losses[: most - 1]
    rest = losses[len(named) :]
    if rest:
        others = (f.stream for f in rest)
        add("plant", "", sum(f.total for f in rest), text("charts.other-losses", lang), "loss", *others)
    for f in reversed(named):
        add("plant", "", f.total, name_of(f.stream), "loss", f.stream)
    boxes = (Box("plant", text("charts.plant", lang), "b:plant"),)
    return Network("money", text("charts.cost-title", lang), boxes, tuple(flows), ids, 130.0)


def cost_chart(
    costs: CostTable,
    name_of: Callable[[str], str],
    lang: Lang,
    width: float = 481.0,
    most: int = 6,
    narrow: bool = False,
) -> Scene | None:
    """Return the picture of the flow of money (see `money_network`), or None when there are no costs."""
    found = money_network(costs, name_of, lang, most)
    return None if found is None else draw(found, lang, width, narrow)
