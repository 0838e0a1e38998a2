"""Published cases of material flow cost accounting, keyed by the kind of case."""

from __future__ import annotations

from collections.abc import Mapping
from math import isclose
from typing import Any

from namsai.costing import Arc, CentreCost, aggregate, consumed, quantity_centre, solve_network, unbalanced, whole
from namsai.findings import NamsaiError

_EXACT, _PRINTED = 1e-6, 1e-3  # computed anew by the collection; printed in a source after rounding
_SAME = {"waste_management": "waste"}


def _differences(
    expected: Mapping[str, Any], got: Mapping[str, Any], tolerance: float, at: str = ""
) -> tuple[int, list[str]]:
    """Compare the numbers of `expected` that the library works out, deep; return how many there were and what differs.

    A table that the library does not have (an exit, a category) is a difference; a single figure it does not work out
    is left out of the count.
    """
    compared, out = 0, []
    for key, value in expected.items():
        here = f"{at}.{key}" if at else str(key)
        have = got.get(_SAME.get(key, key))
        if isinstance(value, Mapping):
            if not isinstance(have, Mapping):
                out.append(f"no {here}")
                continue
            more, wrong = _differences(value, have, tolerance, here)
            compared, out = compared + more, out + wrong
        elif isinstance(value, int | float) and not isinstance(value, bool) and have is not None:
            compared += 1
            if not isclose(value, have, rel_tol=tolerance, abs_tol=tolerance):
                out.append(f"{here}: expected {value}, got {have}")
    return compared, out


def _compare(item: dict[str, Any], got: Mapping[str, Any]) -> list[str]:
    compared, out = 0, []
    for block, tolerance in (("verified", _EXACT), ("published", _PRINTED)):
        expected = {k: v for k, v in item.get(block, {}).items() if k not in ("check", "expected")}
        more, wrong = _differences(expected, got, tolerance)
        compared += more
        out += [f"{block} {line}" for line in wrong]
    return out if compared else [*out, "nothing to compare"]


def _sides(cost: CentreCost) -> dict[str, Any]:
    def side(name: str) -> dict[str, float]:
        split = cost.product if name == "product" else cost.loss
        row = {c: getattr(split, c) for c in ("material", "energy", "system", "waste", "total")}
        return row | ({"share": split.total / cost.total} if cost.total else {})

    return {
        "product": side("product"),
        "loss": side("loss"),
        "product_total": cost.product.total,
        "loss_total": cost.loss.total,
        "total": cost.total,
        "grand_total": cost.total,
        "conventional_product_cost": cost.total,
        "loss_share": cost.loss_share,
        "product_share": None if cost.loss_share is None else 1 - cost.loss_share,
        "hidden_multiple_of_disposal": cost.hidden_multiple,
        "hidden_multiple": cost.hidden_multiple,
    }


def single_quantity_centre(item: dict[str, Any]) -> list[str]:
    """One quantity centre: product and loss side."""
    given = item["inputs"]
    cost = quantity_centre(
        material=given.get("material_cost", given.get("material", 0.0)),
        energy=given.get("energy", 0.0),
        system=given.get("system", 0.0),
        waste_management=given.get("waste_management", given.get("waste", 0.0)),
        product_mass=given["product_mass"],
        loss_mass=given.get("loss_mass", given.get("input_mass", 0.0) - given["product_mass"]),
        material_product=given.get("material_cost_product"),
    )
    mass = given["product_mass"] + given.get("loss_mass", given.get("input_mass", 0.0) - given["product_mass"])
    return _compare(item, _sides(cost) | {"ratio": given["product_mass"] / mass})


def aggregate_table(item: dict[str, Any]) -> list[str]:
    """The printed table of a plant: its sums, shares and ratios, and that both sides add up to what was put in."""
    printed = item["published"]
    cost = aggregate(printed["product"], printed["loss"])
    got = _sides(cost)
    for category in ("material", "energy", "system"):
        both = getattr(cost.product, category) + getattr(cost.loss, category)
        got[f"{category}_ratio"] = getattr(cost.product, category) / both if both else None
    wrong = _compare(item, got)
    for category, value in item["inputs"].items():
        name = _SAME.get(category, category)
        both = getattr(cost.product, name) + getattr(cost.loss, name)
        if not isclose(value, both, rel_tol=_EXACT):
            wrong.append(f"{category}: put in {value}, product and loss carry {both}")
    ratio = got.get("material_ratio")
    if ratio:  # one common ratio: the calculation from the inputs must give the printed table
        masses = {"product_mass": ratio, "loss_mass": 1 - ratio}
        given = {_SAME.get(k, k): v for k, v in item["inputs"].items()}
        again = quantity_centre(
            material=given.get("material", 0.0),
            energy=given.get("energy", 0.0),
            system=given.get("system", 0.0),
            waste_management=given.get("waste", 0.0),
            **masses,
        )
        wrong += [f"recomputed {line}" for line in _differences(printed, _sides(again), _PRINTED)[1]]
    return wrong


def _arcs(flows: list[list[Any]]) -> list[Arc]:
    return [Arc(f[0], f[1], float(f[2]), bool(f[3]) if len(f) > 3 else False) for f in flows]


def network(item: dict[str, Any]) -> list[str]:
    """A network of quantity centres with one material, recycles and several exits."""
    given = item["inputs"]
    waste = given.get("waste_management", {})
    solved = solve_network(
        given["quantity_centres"],
        _arcs(given["flows"]),
        given["direct_costs"],
        given.get("cut_categories", ()),
    )
    exits = {place: dict(row) for place, row in solved.exits.items()}
    exits |= {f"recycling_loss:{label}": dict(row) for label, row in solved.recycling_loss.items()}
    for place, fee in waste.items():
        exits.setdefault(place, {})["waste"] = fee
    for row in exits.values():
        row["total"] = sum(row.values())
    spent = sum(sum(row.values()) for row in given["direct_costs"].values()) + sum(waste.values())
    total = sum(row["total"] for row in exits.values())
    got = {"unit_cost_per_mass": solved.unit_cost, "exits": exits} | _sums(exits, spent)
    wrong = _compare(item, got)
    if not isclose(total, spent, rel_tol=1e-9):
        wrong.append(f"not conserved: spent {spent}, exits carry {total}")
    return wrong


def _sums(exits: Mapping[str, Mapping[str, float]], spent: float) -> dict[str, float]:
    total = sum(row["total"] for row in exits.values())
    product = sum(row["total"] for place, row in exits.items() if place.startswith("product"))
    return {
        "grand_total": total,
        "total": total,
        "input_total": spent,
        "product_total": product,
        "loss_total": total - product,
        "product_share": product / total if total else 0.0,
        "loss_share": 1 - product / total if total else 0.0,
    }


def multi_material_network(item: dict[str, Any]) -> list[str]:
    """Materials each in their own network at their own price; energy and system over the mass of all of them."""
    given = item["inputs"]
    centres = given["quantity_centres"]
    cut = tuple(given.get("cut_categories", ()))
    exits: dict[str, dict[str, float]] = {}
    mass: dict[tuple[str, str, bool], float] = {}
    spent = 0.0

    def book(place: str, category: str, value: float) -> None:
        row = exits.setdefault(place, dict.fromkeys(("material", "energy", "system", "waste"), 0.0))
        row[category] += value

    for material in given["materials"].values():
        arcs = _arcs(material["flows"])
        entering: dict[str, dict[str, float]] = {}
        for arc in arcs:
            if arc.source in centres:
                key = (arc.source, arc.target, arc.recycle)
                mass[key] = mass.get(key, 0.0) + arc.mass
            else:
                row = entering.setdefault(arc.target, {"material": 0.0})
                row["material"] += arc.mass * material["price"]
                spent += arc.mass * material["price"]
        for place, costs in solve_network(centres, arcs, entering).exits.items():
            book(place, "material", costs["material"])
    direct = {c: {k: float(given.get(k, {}).get(c, 0.0)) for k in ("energy", "system")} for c in centres}
    solved = solve_network(centres, [Arc(a, b, m, back) for (a, b, back), m in mass.items()], direct, cut)
    for place, costs in solved.exits.items():
        for category, value in costs.items():
            book(place, category, value)
    for label, costs in solved.recycling_loss.items():
        for category, value in costs.items():
            book(f"recycling_loss:{label}", category, value)
    for place, fee in given.get("waste_management", {}).items():
        book(place, "waste", fee)
    spent += sum(sum(row.values()) for row in direct.values()) + sum(given.get("waste_management", {}).values())
    for row in exits.values():
        row["total"] = sum(row.values())
    return _compare(item, {"exits": exits} | _sums(exits, spent))


def stock(item: dict[str, Any]) -> list[str]:
    """One quantity centre with opening and closing stock."""
    given = item["inputs"]
    method = str(given["closing_stock"].get("valuation", "weighted average")).lower()
    value = consumed(
        opening_mass=given["opening_stock"]["mass"],
        opening_value=given["opening_stock"]["value"],
        purchased_mass=given["purchases"]["mass"],
        price=given["purchases"]["price"],
        closing_mass=given["closing_stock"]["mass"],
        method="fifo" if method in ("fifo", "first in first out", "first-in-first-out") else "weighted average",
    )
    cost = quantity_centre(
        material=value.consumed_value,
        energy=given.get("energy", 0.0),
        system=given.get("system", 0.0),
        waste_management=given.get("waste_management", 0.0),
        product_mass=given["product_mass"],
        loss_mass=given["loss_mass"],
    )
    held = {
        name: getattr(value, name) for name in ("average_price", "closing_value", "consumed_mass", "consumed_value")
    }
    return _compare(item, _sides(cost) | held)


def refused(item: dict[str, Any]) -> list[str]:
    """A network that must be refused, naming its centres."""
    given = item["inputs"]
    said = ""
    try:
        if "quantity_centres" in given:
            arcs = _arcs(given["flows"])
            said = " ".join(str(f.facts["process"]) for f in unbalanced(given["quantity_centres"], arcs))
            solve_network(given["quantity_centres"], arcs, given["direct_costs"], given.get("cut_categories", ()))
        else:
            check = stock if "closing_stock" in given else single_quantity_centre
            check(item)
    except NamsaiError as problem:
        said += " ".join(str(v) for f in problem.findings for v in f.facts.values())
    if not said:
        return ["was not refused"]
    expected = str(item.get("verified", {}).get("expected", ""))
    return [f"does not name {c}" for c in given.get("quantity_centres", ()) if c in expected and c not in said]


def rounding(item: dict[str, Any]) -> list[str]:
    """Whole units that keep their sum."""
    given = item["inputs"]
    amount = given["amount"]
    got = whole([amount * s for s in given["shares"]], round(amount))
    return [] if got == item["verified"]["rounded"] else [f"expected {item['verified']['rounded']}, got {got}"]


CHECKS = {
    "single_quantity_centre": single_quantity_centre,
    "aggregate": aggregate_table,
    "network": network,
    "multi_material_network": multi_material_network,
    "stock": stock,
    "error": refused,
    "rounding": rounding,
}
