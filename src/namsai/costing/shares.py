"""How the cost of a process leaves it: by the mass of base material in each way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from namsai.costing.site import HOT_GAS, MOISTURE, SAME, Flow, Site, enters_product
from namsai.costing.trace import Tier
from namsai.findings import Finding, note, warning
from namsai.plant.records import Category


@dataclass
class Tracing:
    """What is known so far while the materials of a plant are followed."""

    site: Site
    amounts: dict[str, dict[str, float]] = field(default_factory=dict)  # way out -> material -> amount
    findings: list[Finding] = field(default_factory=list)
    ballast: dict[str, float] = field(default_factory=dict)  # way out -> kg of it that is no base material
    bought: frozenset[str] = frozenset()  # purchased materials


def unexplained(process: str) -> str:
    """Return the name of the way out for what enters a process and is not seen to leave it."""
    return f"unexplained:{process}"


def open_tier(flows: Sequence[Flow]) -> Tier | None:
    """Share by amounts where all are known in one unit, else equally; None without flows."""
    if not flows:
        return None
    known = len({f.unit for f in flows}) == 1 and all(f.amount for f in flows)
    return Tier(tuple((f.id, (f.amount or 0.0) if known else 1.0) for f in flows))


def weighed_gap(site: Site, process: str) -> float | None:
    """Return mass in - mass out of a process [kg] when all its streams but energy are weighed, else None."""
    into = [f for f in site.inputs[process] if not f.is_energy]
    away = [f for f in site.outputs[process] if not f.is_energy]
    if any(f.unit != "kg" or f.amount is None for f in (*into, *away)):
        return None
    gap = sum(f.amount or 0.0 for f in into) - sum(f.amount or 0.0 for f in away)
    return 0.0 if abs(gap) <= SAME * sum(f.amount or 0.0 for f in into) else gap


def shares_of(work: Tracing) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Return how the cost of each process is shared over its ways out, and the base mass that passes it.

    Formula: share = base mass of the way out / sum; base mass = mass - water and auxiliaries in it; a gap of the
    balance is a way out of its own (unexplained); vapour, flue gas, ash of fuel and recycled process water bear
    nothing; utilities share by the energy they deliver; services (a boiler without a metered steam stream, a
    compressor) have no shares.
    Args: work - with the ballast of all streams. Returns (process -> way out -> share, process -> base mass [kg]).
    """
    shares: dict[str, dict[str, float]] = {}
    throughput: dict[str, float] = {}
    for process in work.site.processes:
        if process in work.site.utilities:
            shares[process] = _utility_shares(work, process)
            continue
        if process in work.site.services:
            shares[process] = {}
            continue
        weights, mass = _weights(work, process)
        total = sum(weights.values())
        shares[process] = {k: w / total for k, w in weights.items() if w > 0} if total > 0 else {}
        throughput[process] = mass
    return shares, throughput


def _utility_shares(work: Tracing, process: str) -> dict[str, float]:
    out = [f for f in work.site.outputs[process] if f.is_energy and f.target != process]
    tier = open_tier(out)
    if tier is None:
        return {}
    if len(out) > 1 and (len({f.unit for f in out}) > 1 or any(f.amount is None for f in out)):
        names = ", ".join(f.id for f in out)
        work.findings.append(warning("costing.unknown-split", f"processes/{process}", process=process, streams=names))
    return {k: w / tier.weight for k, w in tier.outlets if w > 0}


def _base(work: Tracing, flow: Flow) -> float:
    """Mass of a flow that is base material [kg]: its amount less the water and auxiliaries in it."""
    return max(0.0, (flow.amount or 0.0) - work.ballast.get(flow.id, 0.0))


def _bearing(work: Tracing, flow: Flow) -> bool:
    """Tell whether a flow can carry base material at all."""
    if flow.is_energy or flow.is_process_water or flow.material.kind in HOT_GAS | MOISTURE:
        return False
    return not (flow.material.kind == "ash" and any(f.is_energy for f in work.site.inputs[flow.source]))


def _weights(work: Tracing, process: str) -> tuple[dict[str, float], float]:
    """Return the weight of each way out of a process and the base mass that passes it."""
    site = work.site
    into = [f for f in site.inputs[process] if not f.is_energy and _brings_base(work, f)]
    if not into:
        return _by_amount(work, process), 0.0
    out = [f for f in site.outputs[process] if _bearing(work, f)]
    known = {f.id: _base(work, f) for f in out if f.unit == "kg" and f.amount is not None}
    open_ = [f for f in out if f.id not in known and not f.is_wet]
    weighed_in = all(f.unit == "kg" and f.amount is not None for f in into)
    mass_in = sum(_base(work, f) for f in into) if weighed_in else None
    mass_out = sum(known.values())
    aside = _aside(work, process, out)
    rest = None if mass_in is None else mass_in - mass_out - aside
    if not open_ and mass_in is not None and rest is not None:
        gap = 0.0 if abs(rest) <= SAME * max(mass_in, mass_out) else rest
        if gap < 0 and _truly_more(work, process):
            facts = {"inflow": mass_in, "outflow": mass_out + aside, "gap": -gap}
            work.findings.append(warning("costing.more-out-than-in", f"processes/{process}", process=process, **facts))
        return known | ({unexplained(process): gap} if gap > 0 else {}), max(mass_in - aside, mass_out)
    if len({f.unit for f in out}) == 1 and all(f.amount is not None for f in out):
        return {f.id: f.amount or 0.0 for f in out}, 0.0  # all in pieces, m3 or m2: shared by that
    if open_ and rest is not None and rest > 0:
        if len(open_) > 1:
            _no_mass(work, process, open_)
        return known | {f.id: rest / len(open_) for f in open_}, mass_out + rest
    if not open_ and known:
        return known, mass_out  # inputs not all weighed: outputs are
    good = [f for f in out if not f.is_loss] or open_
    _no_mass(work, process, open_ or good)
    tier = open_tier(good)
    return dict(tier.outlets) if tier else {unexplained(process): 1.0}, mass_out


def _aside(work: Tracing, process: str, bearing: list[Flow]) -> float:
    """Return the mass of outputs that bear nothing but are part of the balance: moisture and process water [kg]."""
    ids = {f.id for f in bearing}
    total = 0.0
    for flow in work.site.outputs[process]:
        if flow.id in ids or flow.is_energy or flow.unit != "kg" or flow.material.kind in HOT_GAS:
            continue
        total += (mass := _base(work, flow))
        if flow.material.kind in MOISTURE and mass > SAME * (flow.amount or 0.0):
            facts = {"process": process, "stream": flow.id}
            work.findings.append(note("costing.moisture", f"streams/{flow.id}", amount=mass, unit="kg", **facts))
    return total


def _brings_base(work: Tracing, flow: Flow) -> bool:
    """Tell whether an input brings base material: a purchased one by its own rule, an internal one by what is left in
    it.
    """
    if flow.source not in work.site.plant.processes:
        return enters_product(flow.material)
    if flow.unit == "kg" and flow.amount is not None:
        return _base(work, flow) > SAME * flow.amount
    return not flow.is_wet and flow.material.category is not Category.WATER


def _truly_more(work: Tracing, process: str) -> bool:
    """Tell whether more mass leaves than enters, all weighed streams together (water that stays in the product is no
    gap).
    """
    site = work.site
    into = sum(f.amount or 0.0 for f in site.inputs[process] if f.unit == "kg")
    away = sum(f.amount or 0.0 for f in site.outputs[process] if f.unit == "kg")
    return away - into > 1e-4 * max(into, away)


def _by_amount(work: Tracing, process: str) -> dict[str, float]:
    """Share a process without base material (water treatment, effluent plant) by the amounts that leave it."""
    out = [f for f in work.site.outputs[process] if not f.is_energy and f.material.kind not in HOT_GAS | MOISTURE]
    tier = open_tier(out)
    if tier is None:
        return {}
    if len(out) > 1 and (len({f.unit for f in out}) > 1 or any(f.amount is None for f in out)):
        names = ", ".join(f.id for f in out)
        work.findings.append(warning("costing.unknown-split", f"processes/{process}", process=process, streams=names))
    return dict(tier.outlets)


def _no_mass(work: Tracing, process: str, flows: list[Flow]) -> None:
    names = ", ".join(f.id for f in flows)
    work.findings.append(warning("costing.no-mass", f"processes/{process}", process=process, streams=names))
