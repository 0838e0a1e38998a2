"""Small plants and balances made by hand: the reconciled value is the measured one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from namsai.balance.model import Balance, BalancedStream
from namsai.plant.amounts import Plant
from namsai.plant.case import Case


def balance_of(plant: Plant, sd: float = 0.0, changed: Mapping[str, float | None] | None = None) -> Balance:
    """Take the measured amounts as balanced (with a relative standard uncertainty), some of them replaced."""
    streams = []
    other = changed or {}
    for stream in plant.case.streams:
        measured = plant.amount(stream)
        value = other.get(stream.id, None if measured is None else measured.value)
        unit = plant.base_unit(stream.material) if measured is None else measured.unit
        spread = None if value is None else value * sd
        first = None if measured is None else measured.value
        known = value is not None
        streams.append(
            BalancedStream(
                stream.id,
                stream.from_,
                stream.to,
                stream.material,
                unit,
                first,
                spread,
                value,
                spread,
                known,
                False,
            )
        )
    return Balance(tuple(streams), ("mass",), (), 0.0, 0, 0.0, True, ())


def stream(id: str, source: str, target: str, material: str, value: float | None, unit: str = "kg") -> dict[str, Any]:
    """Make a stream record."""
    amount = None if value is None else {"value": value, "unit": unit, "source": "weighed"}
    return {"id": id, "from": source, "to": target, "material": material, "amount": amount}


def material(id: str, category: str, price: float | None = None, per: str = "kg", **more: Any) -> dict[str, Any]:
    """Make a material record."""
    record: dict[str, Any] = {"id": id, "name": {"en": id}, "kind": more.pop("kind", "material"), "category": category}
    if price is not None:
        record["price"] = {"amount": price, "currency": more.pop("currency", "LAK"), "per": per, "date": "2025-06-30"}
    for name in ("disposal", "revenue"):
        if name in more:
            amount, unit = more.pop(name)
            record[name] = {"amount": amount, "currency": "LAK", "per": unit}
    return record | more


def process(id: str, kind: str = "other") -> dict[str, Any]:
    """Make a process record."""
    return {"id": id, "name": {"en": id}, "kind": kind}


def cost(id: str, kind: str, amount: float, currency: str = "LAK", **where: Any) -> dict[str, Any]:
    """Make a cost row."""
    return {"id": id, "kind": kind, "amount": {"amount": amount, "currency": currency}} | where


def plant(**tables: Any) -> Plant:
    """Make a plant of the year 2025 from tables."""
    data: dict[str, Any] = {
        "schema": "namsai.case/1",
        "id": "hand",
        "enterprise": {"name": {"en": "Hand-made plant"}, "sector": "general"},
        "period": {"start": "2025-01-01", "end": "2025-12-31"},
    }
    return Plant(Case.model_validate(data | tables))


def garment(**tables: Any) -> Plant:
    """The garment line of the published MFCA case M08: three centres, fabric, thread and labels at their own prices."""
    return plant(
        **{
            "processes": [process("cut"), process("sew"), process("finish")],
            "materials": [
                material("fabric", "raw_material", 45000),
                material("thread", "raw_material", 90000),
                material("label", "raw_material", 200000),
                material("pieces", "intermediate"),
                material("sewn", "intermediate"),
                material("offcut", "waste", value_as="fabric", disposal=(500, "kg")),
                material("endroll", "waste", value_as="fabric", disposal=(500, "kg")),
                material("reject", "waste", value_as="fabric"),
                material("thread_waste", "waste", value_as="thread", disposal=(500, "kg")),
                material("garment", "product"),
            ],
            "streams": [
                stream("fabric_in", "purchase", "cut", "fabric", 1000),
                stream("thread_in", "purchase", "sew", "thread", 20),
                stream("label_in", "purchase", "finish", "label", 5),
                stream("pieces_on", "cut", "sew", "pieces", 850),
                stream("offcut_out", "cut", "waste", "offcut", 120),
                stream("endroll_out", "cut", "waste", "endroll", 30),
                stream("sewn_on", "sew", "finish", "sewn", 851),
                stream("reject_out", "sew", "waste", "reject", 17),
                stream("thread_out", "sew", "waste", "thread_waste", 2),
                stream("garment_out", "finish", "sale", "garment", 856),
            ],
            "costs": [
                cost("e1", "energy", 1_200_000, process="cut"),
                cost("e2", "energy", 5_400_000, process="sew"),
                cost("s1", "system", 9_000_000, process="cut"),
                cost("l2", "labour", 52_000_000, process="sew"),
                cost("w2", "waste_management", 9_000, stream="reject_out"),
            ],
        }
        | tables
    )


def rework(**tables: Any) -> Plant:
    """The internal recycle of the MFCA cases M06 and M07: 10 of 95 kg go back from the second centre to the first."""
    return plant(
        **{
            "processes": [process("qc1"), process("qc2")],
            "materials": [
                material("raw", "raw_material", 10),
                material("semi", "intermediate"),
                material("back", "intermediate"),
                material("scrap", "waste"),
                material("good", "product"),
            ],
            "streams": [
                stream("in", "purchase", "qc1", "raw", 100),
                stream("on", "qc1", "qc2", "semi", 95),
                stream("loss1", "qc1", "waste", "scrap", 15),
                stream("product", "qc2", "sale", "good", 80),
                stream("rework", "qc2", "qc1", "back", 10),
                stream("loss2", "qc2", "waste", "scrap", 5),
            ],
            "costs": [
                cost("e1", "energy", 110, process="qc1"),
                cost("e2", "energy", 95, process="qc2"),
                cost("s1", "system", 330, process="qc1"),
                cost("s2", "system", 475, process="qc2"),
            ],
        }
        | tables
    )
