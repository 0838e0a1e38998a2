"""A small garment factory by hand: little electricity, much fabric lost, with its costs and work."""

from __future__ import annotations

from typing import Any

from namsai.balance.model import Balance, BalancedStream
from namsai.costing.model import CostTable, EnergyUse, FlowCost
from namsai.indicators.model import Indicator, Indicators
from namsai.plant.amounts import Plant
from namsai.plant.case import Case
from namsai.plant.fields import Text
from namsai.work.model import LineResult, Work

KWH = 3.6e6


def names(en: str, lo: str) -> dict[str, str]:
    """Return a name in both languages."""
    return {"en": en, "lo": lo}


def case(**more: Any) -> Case:
    """Return the case of the factory (one year); `more` replaces parts."""
    got = {"source": "weighed"}
    data: dict[str, Any] = {
        "schema": "namsai.case/1",
        "id": "garment",
        "enterprise": {"name": {"en": "Factory"}, "sector": "garment"},
        "period": {"start": "2024-01-01", "end": "2024-12-31"},
        "processes": [
            {"id": "cut", "name": names("cutting room", "ຫ້ອງຕັດ"), "kind": "cutting"},
            {"id": "sew", "name": names("sewing hall", "ຫ້ອງຫຍິບ"), "kind": "sewing"},
            {"id": "wash", "name": names("laundry", "ຫ້ອງຊັກ"), "kind": "washing"},
            {"id": "boil", "name": names("boiler house", "ຫ້ອງໝໍ້ຕົ້ມ"), "kind": "boiler"},
        ],
        "materials": [
            {
                "id": "fabric",
                "name": names("cotton fabric", "ຜ້າຝ້າຍ"),
                "kind": "fabric",
                "category": "raw_material",
                "price": {"amount": 80_000, "currency": "LAK", "per": "kg"},
            },
            {
                "id": "offcut",
                "name": names("fabric off-cuts", "ເສດຜ້າ"),
                "kind": "fabric",
                "category": "waste",
                "value_as": "fabric",
            },
            {"id": "power", "name": names("electricity", "ໄຟຟ້າ"), "kind": "electricity", "category": "energy"},
            {"id": "coal", "name": names("coal", "ຖ່ານຫີນ"), "kind": "coal", "category": "energy", "heating_value": 25.0},
            {"id": "water", "name": names("water", "ນ້ຳ"), "kind": "water", "category": "water"},
            {"id": "dye", "name": names("dye", "ສີຍ້ອມ"), "kind": "dye", "category": "auxiliary", "hazards": ["H317"]},
            {
                "id": "glue",
                "name": names("solvent", "ຕົວລະລາຍ"),
                "kind": "chemical",
                "category": "auxiliary",
                "hazards": ["H350"],
            },
            {"id": "sewage", "name": names("waste water", "ນ້ຳເສຍ"), "kind": "waste_water", "category": "waste_water"},
            {"id": "shirt", "name": names("shirts", "ເສື້ອ"), "kind": "garment", "category": "product"},
        ],
        "streams": [
            {
                "id": "s-fabric",
                "from": "purchase",
                "to": "cut",
                "material": "fabric",
                "amount": {"value": 100, "unit": "t", **got},
            },
            {
                "id": "s-offcut",
                "from": "cut",
                "to": "waste",
                "material": "offcut",
                "amount": {"value": 15, "unit": "t", **got},
            },
            {
                "id": "s-power",
                "from": "purchase",
                "to": "sew",
                "material": "power",
                "amount": {"value": 50, "unit": "MWh", **got},
            },
            {
                "id": "s-coal",
                "from": "purchase",
                "to": "boil",
                "material": "coal",
                "amount": {"value": 40, "unit": "t", **got},
            },
            {
                "id": "s-water",
                "from": "purchase",
                "to": "wash",
                "material": "water",
                "amount": {"value": 9_000, "unit": "m3", **got},
            },
            {
                "id": "s-dye",
                "from": "purchase",
                "to": "wash",
                "material": "dye",
                "amount": {"value": 900, "unit": "kg", **got},
            },
            {
                "id": "s-glue",
                "from": "purchase",
                "to": "sew",
                "material": "glue",
                "amount": {"value": 20, "unit": "kg", **got},
            },
            {
                "id": "s-sewage",
                "from": "wash",
                "to": "drain",
                "material": "sewage",
                "amount": {"value": 8_000, "unit": "m3", **got},
            },
            {
                "id": "s-shirt",
                "from": "sew",
                "to": "sale",
                "material": "shirt",
                "amount": {"value": 85, "unit": "t", **got},
            },
        ],
        "lines": [
            {"id": "L1", "name": names("line 1", "ສາຍ 1"), "process": "sew", "workers": 40, "paid_minutes": 4_800_000}
        ],
    }
    return Case.model_validate(data | more)


def flow(
    stream: str, kind: str, process: str, material: str, money: tuple[int, int, int, int], **more: Any
) -> FlowCost:
    """Return the cost carried by a stream: material, energy, system, waste management."""
    parts: dict[str, Any] = {"amount": 1000.0, "unit": "kg", "revenue": 0} | more
    return FlowCost(stream, kind, process, material, material_cost=money[0], energy_cost=money[1], system_cost=money[2],
                    waste_cost=money[3], **parts)  # fmt: skip


def costs(**more: Any) -> CostTable:
    """Return the cost table of the year, whole kip."""
    flows = (
        flow(
            "s-offcut",
            "loss",
            "cut",
            "offcut",
            (1_200_000_000, 5_000_000, 90_000_000, 5_000_000),
            amount=15_000.0,
            contents=(("fabric", 15_000.0),),
        ),
        flow(
            "s-sewage",
            "loss",
            "wash",
            "sewage",
            (31_000_000, 20_000_000, 4_000_000, 0),
            amount=8_000.0,
            unit="m3",
            contents=(("water", 8_000.0), ("dye", 100.0)),
        ),
        flow(
            "unexplained:wash",
            "unexplained",
            "wash",
            "",
            (3_000_000, 0, 0, 0),
            amount=None,
            contents=(("water", 1_000.0),),
        ),
        flow("s-shirt", "product", "sew", "shirt", (6_800_000_000, 90_000_000, 900_000_000, 0), amount=85_000.0),
    )
    uses = (
        EnergyUse("s-fabric", "cut", "fabric", 100_000.0, "kg", 8_000_000_000),
        EnergyUse("s-power", "sew", "power", 50_000 * KWH, "J", 60_000_000),
        EnergyUse("s-coal", "boil", "coal", 40_000.0, "kg", 72_000_000),
        EnergyUse("s-water", "wash", "water", 9_000.0, "m3", 23_000_000),
        EnergyUse("s-dye", "wash", "dye", 900.0, "kg", 110_000_000),
        EnergyUse("s-glue", "sew", "glue", 20.0, "kg", 1_000_000),
    )
    parts: dict[str, Any] = {"currency": "LAK", "flows": flows, "flows_closed_loop": flows, "uses": uses}
    parts |= {"purchased": 8_266_000_000, "system": 500_000_000, "labour": 400_000_000, "waste_management": 5_000_000}
    return CostTable(**({"unpriced": ()} | parts | more))


def work() -> Work:
    """Return one line of which 40 % of the paid time earns nothing."""
    line = LineResult("L1", "sew", 0.6, 0.7, 4_800_000.0, 2_880_000.0, 1_920_000.0, None, 160_000_000)
    return Work("LAK", (line,))


def balance(plant: Plant) -> Balance:
    """Return the plant as measured."""
    rows = []
    for s in plant.case.streams:
        amount = plant.amount(s)
        value = None if amount is None else amount.value
        unit = "kg" if amount is None else amount.unit
        rows.append(BalancedStream(s.id, s.from_, s.to, s.material, unit, value, None, value, None, True, False))
    return Balance(tuple(rows), ("mass",), (), 0.0, 0, 0.0, True, ())


def indicators(ghg: float | None = None) -> Indicators:
    """Return an indicator profile with the emissions [kg CO2e] alone."""
    found = () if ghg is None else (Indicator("ghg", "absolute", ghg, "kg CO2e"),)
    return Indicators(Text(en="shirts"), "t", found, (), ())
