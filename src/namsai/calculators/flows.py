"""The functions behind the calculators of flows: reconciliation, cost network, units."""

from __future__ import annotations

import math
from typing import Any

from namsai.calculators.model import Result, Values
from namsai.findings import NamsaiError, error


def reconcile(v: Values) -> Result:
    """Reconciled values of measured flows whose balances must close."""
    from namsai.balance.gross_errors import examine
    from namsai.balance.reconcile import reconcile as adjust

    if (v["sd"] is None) == (v["variance"] is None):
        raise NamsaiError(error("calculators.one-of", "inputs", first="sd", second="variance"))
    units = {v.units[name] for name in ("measured", "sd", "b") if v.units.get(name)}
    if len(units) > 1:
        raise NamsaiError(error("calculators.mixed-units", "inputs", units=", ".join(sorted(units))))
    found = adjust(v["A"], v["measured"], nonneg=v["nonneg"], **v.only("sd", "variance", "b"))
    tests = examine(found)
    return {
        "reconciled": [_known(x) for x in found.x],
        "sd": [_known(x) for x in found.sd],
        "objective": float(found.objective),
        "degrees": int(found.degrees),
        "critical": _known(tests.critical),
        "closes": not found.contradictions and (found.degrees == 0 or bool(found.objective <= tests.critical)),
        "observable": [bool(x) for x in found.reduction.observable],
        "redundant": [bool(x) for x in found.redundant],
    }, ()


def _known(x: Any) -> float | None:
    return float(x) if math.isfinite(x) else None


def mfca_network(v: Values) -> Result:
    """Costs carried through a network of quantity centres to its exits."""
    from namsai.costing.network import Arc, solve_network

    arcs, wrong = [], []
    for i, row in enumerate(v["flows"]):
        if isinstance(row, list) and len(row) in (3, 4) and isinstance(row[2], int | float):
            arcs.append(Arc(str(row[0]), str(row[1]), float(row[2]), bool(row[3:] and row[3])))
        else:
            wrong.append(error("calculators.bad-record", f"inputs/flows/{i}", expected="from, to, amount, recycle"))
    if wrong:
        raise NamsaiError(*wrong)
    found = solve_network([str(c) for c in v["quantity_centres"]], arcs, v["direct_costs"], v["cut_categories"])
    exits = {name: dict(costs) for name, costs in found.exits.items()}
    exits |= {f"recycling_loss:{name}": dict(costs) for name, costs in found.recycling_loss.items()}
    for costs in exits.values():
        costs["total"] = math.fsum(costs.values())
    return {"unit_cost_per_mass": {k: dict(u) for k, u in found.unit_cost.items()}, "exits": exits}, ()


def convert(v: Values) -> Result:
    """An amount in another unit."""
    from namsai.quantity.units import convert as change

    return {"amount": change(v["amount"], v.units["amount"] or "1", v["to"])}, ()
