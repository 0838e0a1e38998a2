"""Energy, system and labour costs carried from the processes to the ways out; utilities first, then the material
flow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from namsai.costing.contents import Contents
from namsai.costing.network import Arc, NetworkCost, solve_network
from namsai.costing.shares import unexplained
from namsai.costing.site import Site
from namsai.findings import Finding, note, warning

CARRIED = ("energy", "system", "labour")
Direct = dict[str, dict[str, float]]  # process -> category -> money


@dataclass(frozen=True, slots=True)
class Carried:
    """Cost of each way out in the two views: category -> way out -> money, and what is cut off at recycles."""

    exits: Mapping[str, Mapping[str, float]]
    recycling_loss: Mapping[str, Mapping[str, float]]


def spread_site(
    site: Site, held: Contents, direct: Direct, whole_site: Mapping[str, float]
) -> tuple[Direct, list[Finding]]:
    """Share the costs of the whole site, and of services without flows, over the processes by throughput mass.

    Formula: cost_p = cost x throughput_p / sum of throughputs; without any known throughput all processes with a way
    out get equal parts. Args: direct - process -> category -> cost [money]; whole_site - category -> cost [money].
    Returns (direct costs with the shares, findings ``costing.shared-service`` and ``costing.equal-share``).
    """
    findings: list[Finding] = []
    out = {p: dict(direct.get(p, {})) for p in site.processes}
    common = {c: float(whole_site.get(c, 0.0)) for c in CARRIED}
    for process in site.processes:
        if held.shares.get(process) or not any(out[process].values()):
            continue
        if process not in site.services and any(not f.is_energy for f in site.inputs[process]):
            continue  # material enters and none is seen to leave: stays here, unexplained
        findings.append(
            note("costing.shared-service", f"processes/{process}", process=process, cost=sum(out[process].values()))
        )
        for category, value in out[process].items():
            common[category] = common.get(category, 0.0) + value
        out[process] = {}
    if not any(common.values()):
        return out, findings
    base = {p: held.throughput.get(p, 0.0) for p in site.processes}
    if not any(base.values()):
        base = {p: 1.0 if held.shares.get(p) and p not in site.utilities else 0.0 for p in site.processes}
        findings.append(warning("costing.equal-share", "costs", cost=sum(common.values())))
    if not any(base.values()):
        base = dict.fromkeys(site.processes, 1.0)
    total = sum(base.values())
    for process, part in base.items():
        for category, value in common.items():
            if value and part:
                out[process][category] = out[process].get(category, 0.0) + value * part / total
    return out, findings


def carry(site: Site, held: Contents, direct: Direct, cut: tuple[str, ...] = ()) -> Carried:
    """Carry the direct costs of the processes to the ways out.

    Formula: one linear system per category over the shares of `Contents.shares` (see `solve_network`); utilities pass
    their cost on with the energy they deliver; a process without a way out keeps its cost as ``unexplained:<process>``.
    Args: direct - process -> category -> cost [money]; cut - categories whose cost ends at a recycle.
    Returns Carried [money]. Errors: ``costing.no-exit``.
    """
    arcs: list[Arc] = []
    exit_of: dict[str, str] = {}
    recycled = {f.id for f in site.flows if f.recycle}
    for process in site.processes:
        shares = held.shares.get(process) or {unexplained(process): 1.0}
        for key, share in shares.items():
            target = site.targets.get(key)
            exit_of[key] = key
            arcs.append(Arc(process, f"out {key}" if target is None else target, share, key in recycled, key))
    costs = {p: {c: row.get(c, 0.0) for c in CARRIED} for p, row in direct.items()}
    solved: NetworkCost = solve_network(site.processes, arcs, costs, cut)
    exits: dict[str, dict[str, float]] = {c: {} for c in CARRIED}
    for place, row in solved.exits.items():
        for category, value in row.items():
            exits[category][place.removeprefix("out ")] = value
    return Carried(exits, solved.recycling_loss)
