"""What the saving of an option is a share of: the cost of the named flow that is really present in this plant."""

from __future__ import annotations

from dataclasses import dataclass

from namsai.costing.model import CostTable, EnergyUse
from namsai.knowhow import KnowHow
from namsai.knowhow.model import Option
from namsai.options.match import EVERYWHERE, STEAM_USERS, kinds_at, trades_at
from namsai.plant.amounts import Plant
from namsai.quantity.units import convert

# Words in the basis of a saving that name a part of a flow: the kind of process or machine that must be known for it.
PART_OF: dict[str, tuple[str, ...]] = {
    "lighting": ("lighting",),
    "fan": ("fans",),
    "compressor": ("compressed_air",),
    "refrigeration": ("cooling", "cold_storage", "ice_making"),
    "pump": ("pumps",),
    "driven": ("motors",),
    "make-up": ("cooling_tower",),
}

# Words in the basis that say that the share is not a share of the money paid for a bought flow.
NOT_MONEY = ("replaced", "scenario", "waste cost", "recovered volume")


@dataclass(frozen=True, slots=True)
class Base:
    """A bought stream and the part of it (0..1) that an option acts on."""

    use: EnergyUse
    part: float


def named_flows(option: Option) -> tuple[str, ...]:
    """Return those flows of an option that its saving is a share of; empty where that is not known or is no money."""
    if any(word in option.saving_basis.lower() for word in NOT_MONEY):
        return ()
    stated: tuple[str, ...] = getattr(option, "saving_flows", ())
    return stated or (option.flows if len(option.flows) == 1 else ())


def part_kinds(option: Option) -> tuple[str, ...] | None:
    """Return the kinds of machine that the share is of; None when it is of the whole flow; () when it is of a part
    that no record of a case names (rinse water).
    """
    basis = option.saving_basis.lower()
    found = [kinds for word, kinds in PART_OF.items() if word in basis]
    if found:
        return found[0]
    return () if getattr(option, "saving_scope", "") == "part" or "rinse" in basis else None


def bases(plant: Plant, costs: CostTable, knowhow: KnowHow, option: Option) -> tuple[Base, ...]:
    """Return the bought streams whose cost an option's saving is a share of.

    A share of the whole flow is taken where the flow goes into a process of the option's kind or trade (for a
    material that ends in the product: wherever it is bought; for an option about the whole site: everywhere; for
    steam users: the fuel of the boiler). Electricity of machines of a kind is taken by rated power, load and hours.
    Nothing is taken where the part is not known.
    """
    flows = named_flows(option)
    kinds = part_kinds(option)
    out: list[Base] = []
    for use in costs.uses:
        kind = plant.materials[use.material].kind
        if use.cost <= 0 or not any(knowhow.is_a(kind, flow) for flow in flows):
            continue
        electric = knowhow.is_a(kind, "electricity")
        part = _of_machines(plant, use, kinds) if kinds is not None else 0.0
        if kinds is None and _whole(plant, knowhow, option, use):
            part = 1.0
        elif kinds is None and electric:
            part = _of_machines(plant, use, (option.process,))
        if part > 0:
            out.append(Base(use, part))
    return tuple(out)


def _whole(plant: Plant, knowhow: KnowHow, option: Option, use: EnergyUse) -> bool:
    process = plant.processes.get(use.process)
    own = process.kind if process is not None else ""
    kind = plant.materials[use.material].kind
    if option.process == own or option.process in trades_at(plant, knowhow, use.process):
        return True
    if option.process in EVERYWHERE or option.process == "utilities":
        return True
    here = kinds_at(plant, use.process)
    if knowhow.is_a(kind, "fuel") and (option.process in here or (option.process in STEAM_USERS and "boiler" in here)):
        return True
    from_material = knowhow.is_a(kind, "material") and not knowhow.is_a(kind, "chemical")
    return from_material and plant.materials[use.material].enters_product is not False


def _of_machines(plant: Plant, use: EnergyUse, kinds: tuple[str, ...]) -> float:
    """Return the part of a stream that goes to machines of the kinds: 1 for a process of it, else by rated energy."""
    process = plant.processes.get(use.process)
    if process is not None and process.kind in kinds:
        return 1.0
    if use.unit != "J" or not use.amount:
        return 0.0
    known = 0.0
    for machine in plant.case.equipment:
        if machine.kind in kinds and machine.power and machine.hours and machine.process in (use.process, None):
            load = 1.0 if machine.load is None else machine.load / 100
            known += convert(machine.number * machine.power * load * machine.hours, "kWh", "J")
    share = known / use.amount
    return share if share <= 1 else 0.0
