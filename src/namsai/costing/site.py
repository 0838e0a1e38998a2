"""The plant as the cost accountant sees it: priced inputs, and the ways out of every process, on the reconciled
flows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from namsai.balance.model import Balance
from namsai.plant.amounts import Plant
from namsai.plant.records import LOSSES, Category, Material

SAME = 1e-6  # relative difference of mass that counts as closed (the reconciliation's own accuracy)
_NOT_IN_PRODUCT = frozenset(
    {Category.AUXILIARY, Category.ENERGY, Category.WATER, Category.WASTE_WATER, Category.EMISSION}
)
HOT_GAS = frozenset({"flue_gas", "co2"})  # made of fuel and air: no part of the mass balance of materials
MOISTURE = frozenset({"vapour"})  # water that dries off: part of the balance, bears no value
_WET = frozenset({Category.WASTE_WATER, Category.EMISSION})
_AWAY = frozenset({"waste", "drain", "air"})


def enters_product(material: Material) -> bool:
    """Tell whether a purchased material ends in the product (as given, or by its category)."""
    given = material.enters_product
    return material.category not in _NOT_IN_PRODUCT if given is None else given


@dataclass(frozen=True, slots=True)
class Flow:
    """One stream with its reconciled amount; `amount` is None when it is not known."""

    id: str
    source: str
    target: str
    material: Material
    amount: float | None
    unit: str
    recycle: bool = False

    @property
    def is_energy(self) -> bool:
        """An energy carrier."""
        return self.material.category is Category.ENERGY

    @property
    def is_wet(self) -> bool:
        """Waste water or an emission: what water leaves with."""
        return self.material.category in _WET

    @property
    def is_process_water(self) -> bool:
        """Water inside the plant, white water, recycled waste water: it bears no material."""
        kind, category = self.material.kind, self.material.category
        if category in (Category.RAW_MATERIAL, Category.PRODUCT):
            return False
        return category is Category.WATER or kind == "water" or (kind == "waste_water" and self.recycle)

    @property
    def is_loss(self) -> bool:
        """Non-product output by its category or by where it goes."""
        if self.material.category is Category.BY_PRODUCT:
            return self.target in _AWAY
        given_away = self.target == "recycler" and self.material.category is not Category.PRODUCT
        return self.material.category in LOSSES or self.target in _AWAY or given_away

    @property
    def exit_kind(self) -> str:
        """What it is in the cost table when it leaves the plant: product, by_product or loss."""
        if self.is_loss:
            return "loss"
        return "by_product" if self.material.category in (Category.BY_PRODUCT, Category.ENERGY) else "product"

    def carries(self, material: str) -> bool:
        """Tell whether it consists of that one purchased material (the same one, or valued as it)."""
        return material in (self.material.id, self.material.value_as)


class Site:
    """Flows of a plant indexed by process."""

    def __init__(self, plant: Plant, balance: Balance) -> None:
        self.plant = plant
        reconciled = {s.id: s for s in balance.streams}
        back = recycles(plant)
        self.flows = tuple(
            Flow(
                s.id,
                s.from_,
                s.to,
                plant.materials[s.material],
                reconciled[s.id].value if s.id in reconciled else None,
                reconciled[s.id].unit if s.id in reconciled else plant.base_unit(s.material),
                s.id in back,
            )
            for s in plant.case.streams
        )

    @cached_property
    def processes(self) -> tuple[str, ...]:
        """Ids of the processes in the order of the case."""
        return tuple(self.plant.processes)

    @cached_property
    def outputs(self) -> dict[str, tuple[Flow, ...]]:
        """Flows that leave each process."""
        return {p: tuple(f for f in self.flows if f.source == p) for p in self.processes}

    @cached_property
    def inputs(self) -> dict[str, tuple[Flow, ...]]:
        """Flows that enter each process."""
        return {p: tuple(f for f in self.flows if f.target == p) for p in self.processes}

    @cached_property
    def bought(self) -> tuple[Flow, ...]:
        """Flows that come into a process from outside."""
        inside = self.plant.processes
        return tuple(f for f in self.flows if f.source not in inside and f.target in inside)

    @cached_property
    def exits(self) -> tuple[Flow, ...]:
        """Flows that leave the plant."""
        inside = self.plant.processes
        return tuple(f for f in self.flows if f.source in inside and f.target not in inside)

    @cached_property
    def targets(self) -> dict[str, str | None]:
        """The process each flow leads to, None for an exit."""
        return {f.id: f.target if f.target in self.plant.processes else None for f in self.flows}

    @cached_property
    def utilities(self) -> frozenset[str]:
        """Processes that make energy for others (boiler, compressor): energy leaves them and no product does."""
        return frozenset(
            p
            for p, out in self.outputs.items()
            if any(f.is_energy and f.target != p for f in out)
            and not any(not f.is_energy and not f.is_loss for f in out if not _returns(f))
        )

    @cached_property
    def services(self) -> frozenset[str]:
        """Processes that only serve others without metered flows to them (a boiler whose steam is not metered, a
        compressor): no utility, no output but losses, and nothing but bought energy, water and auxiliaries comes in."""
        return frozenset(
            p
            for p, into in self.inputs.items()
            if p not in self.utilities
            and into
            and all(f.is_energy or (f in self.bought and not enters_product(f.material)) for f in into)
            and any(f.is_energy for f in into)
            and all(f.is_loss for f in self.outputs[p])
        )


def _returns(flow: Flow) -> bool:
    """Water that a utility hands on (condensate, blow-down to reuse) does not make it a production process."""
    return flow.material.category is Category.WATER


def recycles(plant: Plant) -> frozenset[str]:
    """Return the ids of the streams that lead back: inside a loop, to the same or an earlier process of the case's
    order.

    Formula: strongly connected components of the process graph (energy streams apart). Args: plant. Returns stream ids.
    """
    order = {p: i for i, p in enumerate(plant.processes)}
    inner = [
        s for s in plant.case.streams if plant.is_internal(s) and plant.material_of(s).category is not Category.ENERGY
    ]
    part = components(order, [(s.from_, s.to) for s in inner])
    return frozenset(s.id for s in inner if part[s.from_] == part[s.to] and order[s.to] <= order[s.from_])


def components(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return the strongly connected component of each node (Kosaraju's two passes, no recursion).

    Args: nodes; edges - (from, to). Returns node -> number of its component.

    >>> components("abc", [("a", "b"), ("b", "a"), ("b", "c")]) == {"a": 0, "b": 0, "c": 1}
    True
    """
    forward: dict[str, list[str]] = {n: [] for n in nodes}
    backward: dict[str, list[str]] = {n: [] for n in forward}
    for source, target in edges:
        forward[source].append(target)
        backward[target].append(source)
    finished: list[str] = []
    seen: set[str] = set()
    for root in forward:
        stack = [(root, iter(forward[root]))] if root not in seen else []
        seen.add(root)
        while stack:
            node, after = stack[-1]
            step = next((n for n in after if n not in seen), None)
            if step is None:
                finished.append(node)
                stack.pop()
            else:
                seen.add(step)
                stack.append((step, iter(forward[step])))
    part: dict[str, int] = {}
    for root in reversed(finished):
        if root in part:
            continue
        number = len(set(part.values()))
        todo = [root]
        while todo:
            node = todo.pop()
            if node not in part:
                part[node] = number
                todo += [n for n in backward[node] if n not in part]
    return part
