"""The cost table of a plant: what every outgoing stream carries of all that was spent (ISO 14051)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from namsai.balance.model import Balance
from namsai.costing.carry import Carried, carry, spread_site
from namsai.costing.contents import Contents, contents
from namsai.costing.model import CostTable, EnergyUse, FlowCost
from namsai.costing.prices import money, worth
from namsai.costing.rounding import nearest, whole
from namsai.costing.shares import unexplained
from namsai.costing.site import SAME, Flow, Site
from namsai.findings import Finding, NamsaiError, error, note, warning
from namsai.plant.amounts import Plant
from namsai.plant.records import Cost

_CUT = ("energy", "system", "labour")


@dataclass
class _Ledger:
    """What was spent, before it is carried anywhere."""

    site: Site
    findings: list[Finding] = field(default_factory=list)
    unpriced: list[str] = field(default_factory=list)
    bought: dict[str, float] = field(default_factory=dict)  # purchased stream -> cost
    direct: dict[str, dict[str, float]] = field(default_factory=dict)  # process -> category -> cost
    whole_site: dict[str, float] = field(default_factory=dict)  # category -> cost
    waste: dict[str, float] = field(default_factory=dict)  # way out -> waste management cost
    revenue: dict[str, float] = field(default_factory=dict)  # stream -> money received
    energy_rows: list[float] = field(default_factory=list)  # cost rows of kind energy


def cost_table(plant: Plant, balance: Balance, knowhow: object | None = None) -> CostTable:
    """Put the cost of all that was bought and spent on the streams that leave the plant.

    Formula: material cost of a stream = sum over purchased materials of the amount it contains x price; energy, system
    and labour cost by the mass ratio of each quantity centre, carried downstream through (diag(M) - Q^T) u = d; waste
    management wholly on the loss. Two views: recycled mass carries its material value only (`flows`), or all categories
    (`flows_closed_loop`).
    Args: plant; balance - reconciled flows in base units; knowhow - not needed now (prices and rates are the case's
    own).
    Returns CostTable [whole units of the case currency], per period; each category and the total conserved to the last
    unit.
    Validity: a stream without price or amount costs "unknown": it stands in `unpriced` and in no sum. Errors:
    ``costing.no-exit`` when a class of processes has no way out. Source: ISO 14051:2011, ISO 14053:2021.
    """
    del knowhow
    site = Site(plant, balance)
    held = contents(site)
    book = _Ledger(site)
    _price_inputs(book, held)
    _book_costs(book)
    _book_exits(book, held)
    direct, shared = spread_site(site, held, book.direct, book.whole_site)
    findings: list[Finding] = []
    for finding in (*held.findings, *book.findings, *shared):
        if finding not in findings:
            findings.append(finding)
    material = _material_cost(book, held)
    closed = carry(site, held, direct)
    valued = carry(site, held, direct, _CUT)
    totals = _totals(book)
    flows = _rows(book, held, material, valued, totals)
    loop = _rows(book, held, material, closed, totals)
    return CostTable(
        currency=plant.case.finance.currency,
        flows=flows,
        flows_closed_loop=loop,
        uses=_uses(book, totals),
        purchased=totals["material"] + totals["energy"],
        system=totals["system"],
        labour=totals["labour"],
        waste_management=totals["waste"],
        unpriced=tuple(dict.fromkeys(book.unpriced)),
        findings=tuple(findings),
    )


def _price_inputs(book: _Ledger, held: Contents) -> None:
    plant = book.site.plant
    for flow in book.site.bought:
        path = f"streams/{flow.id}"
        if flow.amount is None:
            book.unpriced.append(flow.id)
            book.findings.append(warning("costing.unknown-amount", path, stream=flow.id, material=flow.material.id))
            continue
        if not flow.is_energy and flow.amount and held.units.get(flow.material.id) != flow.unit:
            book.unpriced.append(flow.id)  # said by contents(): costing.mixed-units
            continue
        price = flow.material.price
        if price is None and flow.material.value_as is not None:
            price = plant.materials[flow.material.value_as].price
        if price is None:
            if flow.source == "nature":
                book.bought[flow.id] = 0.0  # taken, not bought
                continue
            book.unpriced.append(flow.id)
            where = f"materials/{flow.material.id}/price"
            finding = warning(
                "costing.no-price", where, stream=flow.id, material=flow.material.id, amount=flow.amount, unit=flow.unit
            )
            book.findings.append(finding)
            continue
        got = worth(plant, flow.material, price, flow.amount, flow.unit, f"materials/{flow.material.id}/price")
        book.findings += got.findings
        if got.value is None:
            book.unpriced.append(flow.id)
            continue
        book.bought[flow.id] = got.value
        if flow.is_energy:
            _add(book.direct.setdefault(flow.target, {}), "energy", got.value)


def _book_costs(book: _Ledger) -> None:
    plant = book.site.plant
    for row in plant.case.costs:
        got = money(plant, row.amount, f"costs/{row.id}/amount")
        book.findings += got.findings
        if got.value is None:
            book.unpriced.append(row.id)
            continue
        if row.kind == "waste_management":
            _book_waste(book, row, got.value)
            continue
        if row.kind == "energy":
            book.energy_rows.append(got.value)
        process = row.process or _process_of(book.site, row.stream)
        target = book.whole_site if process is None else book.direct.setdefault(process, {})
        _add(target, row.kind, got.value)


def _process_of(site: Site, stream: str | None) -> str | None:
    """Return the process a cost on a stream belongs to: the one it goes to, else the one it comes from."""
    if stream is None:
        return None
    found = site.plant.streams[stream]
    return next((p for p in (found.to, found.from_) if p in site.plant.processes), None)


def _book_waste(book: _Ledger, row: Cost, value: float) -> None:
    site = book.site
    exits = {f.id: f for f in site.exits}
    if row.stream in exits:
        _add(book.waste, row.stream or "", value)
        return
    process = row.process or _process_of(site, row.stream)
    losses = [f for f in site.exits if f.is_loss and not f.is_energy and process in (None, f.source)]
    if not losses:
        where = process or next(iter(site.processes), "")
        _add(book.waste, unexplained(where), value)
        return
    same = len({f.unit for f in losses}) == 1 and all(f.amount for f in losses)
    if not same and len(losses) > 1:
        names = ", ".join(f.id for f in losses)
        book.findings.append(warning("costing.waste-split", f"costs/{row.id}", cost=value, streams=names))
    weights = [f.amount or 0.0 if same else 1.0 for f in losses]
    for flow, weight in zip(losses, weights, strict=True):
        _add(book.waste, flow.id, value * weight / sum(weights))


def _book_exits(book: _Ledger, held: Contents) -> None:
    """Disposal fees and revenue of what leaves."""
    plant = book.site.plant
    paid = any(c.kind == "waste_management" for c in plant.case.costs)
    for flow in book.site.exits:
        material = flow.material
        kinds = ((material.disposal, "disposal", book.waste), (material.revenue, "revenue", book.revenue))
        for price, name, target in kinds:
            if price is None:
                continue
            if name == "revenue" and flow.target not in ("sale", "recycler"):
                continue
            path = f"materials/{material.id}/{name}"
            if flow.amount is None:
                book.unpriced.append(flow.id)
                book.findings.append(warning("costing.unknown-amount", path, stream=flow.id, material=material.id))
                continue
            got = worth(plant, material, price, flow.amount, flow.unit, path)
            book.findings += got.findings
            if got.value is not None:
                _add(target, flow.id, got.value)
        if flow.target == "waste" and flow.is_loss and material.disposal is None and not paid:
            book.findings.append(note("costing.no-disposal", f"materials/{material.id}/disposal", material=material.id))
        if flow.amount is None and not held.amounts.get(flow.id):
            book.findings.append(note("costing.unknown-flow", f"streams/{flow.id}", stream=flow.id))


def _material_cost(book: _Ledger, held: Contents) -> dict[str, float]:
    """Return the material cost of each way out."""
    cost: dict[str, float] = {}
    amount: dict[str, float] = {}
    for flow in book.site.bought:
        if flow.is_energy or not flow.amount or held.units.get(flow.material.id) != flow.unit:
            continue
        _add(amount, flow.material.id, flow.amount)
        _add(cost, flow.material.id, book.bought.get(flow.id, 0.0))
    price = {m: cost[m] / amount[m] for m in cost}
    inner = {f.id for f in book.site.flows} - {f.id for f in book.site.exits}
    return {key: sum(price[m] * a for m, a in row.items()) for key, row in held.amounts.items() if key not in inner}


def _totals(book: _Ledger) -> dict[str, int]:
    """Return what was spent by category, in whole units."""
    energy = {f.id for f in book.site.bought if f.is_energy}
    spent = {
        "material": sum(v for k, v in book.bought.items() if k not in energy),
        "energy": sum(v for k, v in book.bought.items() if k in energy) + sum(book.energy_rows),
        "waste": sum(book.waste.values()),
    }
    for category in ("system", "labour"):
        spent[category] = sum(row.get(category, 0.0) for row in (*book.direct.values(), book.whole_site))
    return {k: nearest(v) for k, v in spent.items()}


def _rows(
    book: _Ledger, held: Contents, material: Mapping[str, float], carried: Carried, totals: Mapping[str, int]
) -> tuple[FlowCost, ...]:
    site = book.site
    exits = {f.id: f for f in site.exits}
    cut = {label: row for label, row in carried.recycling_loss.items() if any(row.values())}
    keys = [*exits, *(unexplained(p) for p in site.processes), *(f"recycle:{label}" for label in cut)]
    system = {k: carried.exits["system"].get(k, 0.0) + carried.exits["labour"].get(k, 0.0) for k in keys}
    columns = {
        "material": [material.get(k, 0.0) for k in keys],
        "energy": [carried.exits["energy"].get(k, 0.0) for k in keys],
        "system": [system[k] for k in keys],
        "waste": [book.waste.get(k, 0.0) for k in keys],
    }
    for place, key in enumerate(keys):
        row = cut.get(key.removeprefix("recycle:")) if key.startswith("recycle:") else None
        if row:
            columns["energy"][place] += row.get("energy", 0.0)
            columns["system"][place] += row.get("system", 0.0) + row.get("labour", 0.0)
    wanted = dict(totals) | {"system": totals["system"] + totals["labour"]}
    rounded = {c: whole(values, wanted[c]) for c, values in columns.items()}
    for category, values in columns.items():
        want, got = wanted[category], sum(values)
        if abs(got - want) > 1 + 1e-6 * abs(want):
            raise NamsaiError(error("costing.not-conserved", category=category, wanted=want, got=got))
    real = _worth_showing(held)
    out: list[FlowCost] = []
    for place, key in enumerate(keys):
        money_of = {c: rounded[c][place] for c in columns}
        if key not in exits and not any(money_of.values()) and key not in real:
            continue
        out.append(_row(book, held, key, exits.get(key), money_of))
    return tuple(out)


def _worth_showing(held: Contents) -> frozenset[str]:
    """Return the unexplained rests that are real: more than a millionth of what was bought of a material."""
    largest: dict[str, float] = {}
    for row in held.amounts.values():
        for material, amount in row.items():
            largest[material] = max(largest.get(material, 0.0), amount)
    rests = {k: row for k, row in held.amounts.items() if k.startswith("unexplained:")}
    return frozenset(k for k, row in rests.items() if any(a > SAME * largest[m] for m, a in row.items()))


def _row(book: _Ledger, held: Contents, key: str, flow: Flow | None, cost: Mapping[str, int]) -> FlowCost:
    site = book.site
    row = held.amounts.get(key, {})
    kind, process, material, unit = "unexplained", key.partition(":")[2], "", ""
    amount: float | None = None
    if flow is not None:
        kind, process, material = flow.exit_kind, flow.source, flow.material.id
        amount, unit = flow.amount, flow.unit
    elif key.startswith("recycle:"):
        back = next(f for f in site.flows if f.id == key.removeprefix("recycle:"))
        kind, process, material, amount, unit = "recycling_loss", back.source, back.material.id, back.amount, back.unit
    elif len({held.units[m] for m in row}) == 1:
        amount, unit = sum(row.values()), held.units[next(iter(row))]
    return FlowCost(
        stream=key,
        kind=kind,
        process=process,
        material=material,
        amount=amount,
        unit=unit,
        material_cost=cost["material"],
        energy_cost=cost["energy"],
        system_cost=cost["system"],
        waste_cost=cost["waste"],
        revenue=nearest(book.revenue.get(key, 0.0)),
        contents=tuple((m, a) for m, a in sorted(row.items()) if a > 0),
    )


def _uses(book: _Ledger, totals: Mapping[str, int]) -> tuple[EnergyUse, ...]:
    """Return what each purchased stream cost; whole amounts that add up to the cost of their category."""
    rounded: dict[str, int] = {}
    for is_energy, category in ((False, "material"), (True, "energy")):
        group = [f for f in book.site.bought if f.is_energy is is_energy]
        values = [book.bought.get(f.id, 0.0) for f in group]
        extra = book.energy_rows if is_energy else []
        rounded |= dict(zip((f.id for f in group), whole([*values, *extra], totals[category]), strict=False))
    return tuple(EnergyUse(f.id, f.target, f.material.id, f.amount, f.unit, rounded[f.id]) for f in book.site.bought)


def _add(book: dict[str, float], key: str, value: float) -> None:
    book[key] = book.get(key, 0.0) + value
