"""What every stream consists of: each purchased material followed through the plant to all ways out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from namsai.costing.shares import Tracing, open_tier, shares_of, unexplained, weighed_gap
from namsai.costing.site import HOT_GAS, SAME, Flow, Site, enters_product
from namsai.costing.trace import Tier, follow
from namsai.findings import Finding, note, warning
from namsai.plant.records import Category


@dataclass(frozen=True)
class Contents:
    """Amounts of each purchased material in each stream and in the unexplained rest, and how costs leave each
    process.
    """

    amounts: Mapping[str, Mapping[str, float]]  # way out -> material -> amount in the material's base unit
    shares: Mapping[str, Mapping[str, float]]  # process -> way out -> share of energy and system cost, sum 1 (or empty)
    throughput: Mapping[str, float]  # process -> mass of base material that passes [kg]
    units: Mapping[str, str]  # material -> base unit
    findings: tuple[Finding, ...]


def contents(site: Site) -> Contents:
    """Follow all purchased materials through the plant.

    Formula: materials that do not enter the product (water, auxiliaries) leave with the losses of the process where
    they are used (water with waste water first), up to the mass of these; what the weighed balance shows to stay in an
    intermediate goes on to the next process; the rest is unexplained. The others leave with the outputs pro rata the
    mass that is left, after outputs of that very material (or valued as it) took theirs.
    Args: site. Returns Contents. Findings: ``costing.no-loss-stream``, ``costing.unknown-split``, ``costing.no-mass``,
    ``costing.more-out-than-in``, ``costing.more-than-arrives``.
    """
    work = Tracing(site)
    supplies = _supplies(work)
    work.bought = frozenset(supplies)
    units = {m: unit for m, (unit, _) in supplies.items()}
    lean = [m for m in supplies if not enters_product(site.plant.materials[m])]
    water_first = sorted(lean, key=lambda m: (site.plant.materials[m].category is not Category.WATER, m))
    for material in water_first:
        _trace_lean(work, material, *supplies[material])
    shares, throughput = shares_of(work)
    for material in supplies:
        if material not in lean:
            _trace_base(work, material, supplies[material], shares)
    return Contents(work.amounts, shares, throughput, units, tuple(work.findings))


def _supplies(work: Tracing) -> dict[str, tuple[str, dict[str, float]]]:
    out: dict[str, tuple[str, dict[str, float]]] = {}
    for flow in work.site.bought:
        if flow.is_energy or not flow.amount:
            continue
        unit, supply = out.setdefault(flow.material.id, (flow.unit, {}))
        if unit == flow.unit:
            supply[flow.target] = supply.get(flow.target, 0.0) + flow.amount
        else:
            facts = {"stream": flow.id, "material": flow.material.id, "unit": flow.unit, "expected": unit}
            work.findings.append(warning("costing.mixed-units", f"streams/{flow.id}", **facts))
    return out


def _own(out: tuple[Flow, ...], material: str, unit: str) -> tuple[Flow, ...]:
    return tuple(f for f in out if f.carries(material) and (f.unit == unit or f.amount is None) and not f.is_energy)


def _tier(flows: Sequence[Flow], unit: str, taken: Mapping[str, float]) -> Tier | None:
    """Make a tier of flows: capped by their own amounts where these are known in the unit, open otherwise."""
    if not flows:
        return None
    if all(f.unit == unit and f.amount is not None for f in flows):
        room = tuple((f.id, max(0.0, (f.amount or 0.0) - taken.get(f.id, 0.0))) for f in flows)
        return Tier(room, capped=True) if sum(w for _, w in room) > 0 else None
    known = len({f.unit for f in flows}) == 1 and all(f.amount for f in flows)
    return Tier(tuple((f.id, (f.amount or 0.0) if known else 1.0) for f in flows))


def _trace_lean(work: Tracing, material: str, unit: str, supply: dict[str, float]) -> None:
    """Follow a material that does not enter the product."""
    site = work.site
    is_water = site.plant.materials[material].category is Category.WATER
    tiers: dict[str, list[Tier]] = {}
    for process, out in site.outputs.items():
        own = _own(out, material, unit)
        shut = {f.id for f in out if f in own or f.is_energy or f.is_process_water or _is_other(work, f, material)}
        losses = [f for f in out if f.is_loss and f.id not in shut and f.material.value_as in (None, material)]
        found = [_tier(own, unit, {})]
        if is_water:
            wet = [f for f in losses if f.material.category is Category.WASTE_WATER]
            air = [f for f in losses if f.material.category is Category.EMISSION and f.material.kind not in HOT_GAS]
            solid = [f for f in losses if not f.is_wet]
            groups = ([f for f in out if f.is_process_water and f not in own], wet, air, solid)
            found += [_tier(group, unit, work.ballast) for group in groups]
        elif losses:
            found.append(_loss_tier(losses))
        if process in site.utilities:
            found.append(open_tier([f for f in out if f.is_energy and f.target != process]))
        found += _onward(work, process, material, unit)
        found.append(Tier(((unexplained(process), 1.0),)))
        tiers[process] = _until_open(found)
    for key, amount in follow(supply, tiers, site.targets).items():
        _note(work, key, material, amount)
        if unit == "kg":
            work.ballast[key] = work.ballast.get(key, 0.0) + amount
        if key.startswith("unexplained:") and amount > SAME * sum(supply.values()):
            process = key.partition(":")[2]
            where = f"processes/{process}"
            finding = note(
                "costing.no-loss-stream", where, process=process, material=material, amount=amount, unit=unit
            )
            work.findings.append(finding)


def _onward(work: Tracing, process: str, material: str, unit: str) -> list[Tier | None]:
    """Return where water and auxiliaries go that no loss takes: what the weighed balance lacks is unexplained, the rest
    is inside the intermediates that go on. Nothing where the process is not weighed."""
    gap = weighed_gap(work.site, process) if unit == "kg" else None
    on = [
        f
        for f in work.site.outputs[process]
        if work.site.targets[f.id] not in (None, process)
        and not (f.is_energy or f.is_loss or f.is_process_water or _is_other(work, f, material))
    ]
    if gap is None or not on:
        return []
    missing = max(0.0, gap - work.ballast.get(unexplained(process), 0.0))
    return [
        Tier(((unexplained(process), missing),), capped=True) if missing > 0 else None,
        _tier(on, unit, work.ballast),
    ]


def _is_other(work: Tracing, flow: Flow, material: str) -> bool:
    """Tell whether a flow consists of another purchased material (fabric off-cuts carry no dye)."""
    made_of = {flow.material.id, flow.material.value_as} & work.bought
    return bool(made_of) and material not in made_of


def _loss_tier(losses: list[Flow]) -> Tier:
    """Share an auxiliary among losses by mass; a cubic metre of waste water counts as 1000 kg, here only. Where an
    amount is not known all goes with the waste water, or equally where there is none."""
    if all(f.amount for f in losses):
        return Tier(tuple((f.id, (f.amount or 0.0) * (1000.0 if f.unit == "m3" and f.is_wet else 1.0)) for f in losses))
    wet = [f for f in losses if f.material.category is Category.WASTE_WATER]
    return Tier(tuple((f.id, 1.0) for f in wet or losses))


def _until_open(found: list[Tier | None]) -> list[Tier]:
    """Drop the empty tiers and all that come after the first open one."""
    out: list[Tier] = []
    for tier in found:
        if tier is None:
            continue
        out.append(tier)
        if not tier.capped:
            break
    return out


def _note(work: Tracing, key: str, material: str, amount: float) -> None:
    if amount > 0:
        row = work.amounts.setdefault(key, {})
        row[material] = row.get(material, 0.0) + amount


def _by_substance(work: Tracing, process: str, material: str) -> Tier | None:
    """Return the ways out weighted by the substance that carries the material's value, where all shares are known."""
    substance = work.site.plant.materials[material].counts_by
    if substance is None:
        return None
    share = {c.material: c.share / 100 for c in work.site.plant.case.compositions if c.substance == substance}
    flows = [f for f in work.site.outputs[process] if not f.is_energy and not _is_other(work, f, material)]
    missing = [f for f in flows if f.material.id not in share or f.unit != "kg" or f.amount is None]
    weights = tuple((f.id, (f.amount or 0.0) * share[f.material.id]) for f in flows if f not in missing)
    if not missing and sum(w for _, w in weights) > 0:
        return Tier(weights)
    if not missing:
        return None
    where, n = f"processes/{process}", len(missing)
    work.findings.append(note("costing.no-share", where, process=process, material=material, substance=substance, n=n))
    return None


def _trace_base(
    work: Tracing, material: str, supply: tuple[str, dict[str, float]], shares: Mapping[str, Mapping[str, float]]
) -> None:
    """Follow a material that enters the product."""
    site = work.site
    unit, entering = supply
    tiers: dict[str, list[Tier]] = {}
    for process, out in site.outputs.items():
        if substance := _by_substance(work, process, material):
            tiers[process] = [substance]
            continue
        own = _own(out, material, unit)
        own_ids = {f.id for f in own}
        other = {f.id for f in out if _is_other(work, f, material)}
        found = [_tier([f for f in own if f.amount], unit, {})]
        mixed = {k: w for k, w in shares[process].items() if k not in other}
        rest = tuple((k, w) for k, w in mixed.items() if k not in own_ids)
        if rest and sum(w for _, w in rest) > 0:
            found.append(Tier(rest))
        elif own and not any(f.amount for f in own):
            found.append(open_tier(list(own)))
        found.append(Tier(((unexplained(process), 1.0),)))
        tiers[process] = _until_open(found)
    for key, amount in follow(entering, tiers, site.targets).items():
        _note(work, key, material, amount)
    if site.plant.materials[material].counts_by:
        return
    for process, out in site.outputs.items():
        mine = [f for f in _own(out, material, unit) if f.amount]
        claimed = sum(f.amount or 0.0 for f in mine)
        carried = sum(work.amounts.get(f.id, {}).get(material, 0.0) for f in mine)
        if claimed - carried > 1e-4 * claimed:
            facts = {"process": process, "material": material, "claimed": claimed, "arrives": carried, "unit": unit}
            work.findings.append(warning("costing.more-than-arrives", f"processes/{process}", **facts))
