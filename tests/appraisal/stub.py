"""A small plant and a small know-how for the tests of appraisal and portfolio."""

from typing import Any

from namsai.knowhow.model import Factor
from namsai.options.model import Proposal, Range, StreamSaving
from namsai.plant.amounts import Plant
from namsai.plant.case import Case
from namsai.plant.fields import Text

PARENT = {
    "electricity": "energy",
    "coal": "fuel",
    "wood_fuel": "fuel",
    "fuel": "energy",
    "fabric": "textile_material",
    "textile_material": "material",
}


def factor(
    id: str, category: str, flow: str, value: float, unit: str, low: float | None = None, high: float | None = None
) -> Factor:
    purpose = "inventory" if category.startswith("grid") else ""
    region = "LA" if category.startswith("grid") else "global"
    name = f"{flow} ({flow})"
    return Factor(id, category, name, value, unit, low, high, "2022", region, "TEST", "R", "", purpose, flow, "", "")


class Known:
    """Stands for the know-how: a few flows and round factors."""

    flows = dict.fromkeys([*PARENT, "energy", "material", "water"])
    factors = (
        factor("F1", "fuel_ncv", "coal", 25.0, "MJ/kg"),
        factor("F2", "fuel_ef_co2", "coal", 100_000.0, "kg CO2/TJ NCV", 90_000.0, 110_000.0),
        factor("F3", "fuel_ef_ch4", "coal", 10.0, "kg CH4/TJ NCV"),
        factor("F4", "fuel_ef_n2o", "coal", 2.0, "kg N2O/TJ NCV"),
        factor("F5", "gwp_ar5", "CH4", 28.0, "kg CO2e/kg"),
        factor("F6", "gwp_ar5", "N2O", 265.0, "kg CO2e/kg"),
        factor("F7", "grid_lao", "electricity", 216.0, "g CO2e/kWh"),
    )

    def lineage(self, flow: str) -> tuple[str, ...]:
        out = [flow]
        while out[-1] in PARENT:
            out.append(PARENT[out[-1]])
        return tuple(out)

    def is_a(self, flow: str, ancestor: str) -> bool:
        return ancestor in self.lineage(flow)

    def factor(self, category: str, flow: str, on: str = "", region: str = "", purpose: str = "") -> Factor | None:
        return next((f for f in self.factors if f.category == category and f.flow == flow), None)


KNOWN: Any = Known()


def plant(**finance: Any) -> Plant:
    """A boiler house with coal, electricity, water and fabric; one year."""
    kinds = {"coal": "energy", "electricity": "energy", "water": "water", "fabric": "raw_material"}
    units = {"coal": "t", "electricity": "MWh", "water": "m3", "fabric": "t"}
    case = {
        "id": "test",
        "enterprise": {"name": {"en": "Test"}, "sector": "textile"},
        "period": {"start": "2025-01-01", "end": "2025-12-31"},
        "finance": {"discount_rate": 10, "horizon": 10} | finance,
        "processes": [{"id": "house", "name": {"en": "Boiler house"}, "kind": "boiler"}],
        "materials": [{"id": k, "name": {"en": k}, "kind": k, "category": c} for k, c in kinds.items()],
        "streams": [
            {
                "id": k,
                "from": "purchase",
                "to": "house",
                "material": k,
                "amount": {"value": 100, "unit": u, "source": "bill"},
            }
            for k, u in units.items()
        ],
    }
    return Plant(Case.model_validate(case))


AMOUNTS = {"coal": (100_000.0, "kg"), "electricity": (3.6e11, "J"), "water": (100.0, "m3"), "fabric": (100_000.0, "kg")}


def exact(value: float) -> Range:
    return Range(value, value, value)


def option(
    id: str,
    shares: dict[str, float] | None = None,
    investment: float | Range | None = 0.0,
    *,
    cost: int = 1000,
    technique: str = "good_housekeeping",
    **more: Any,
) -> Proposal:
    """An option that saves shares of the streams of `plant`, each of which costs `cost` a year."""
    savings = tuple(StreamSaving(k, exact(s), cost, *AMOUNTS[k]) for k, s in (shares or {}).items())
    outlay = exact(investment) if isinstance(investment, int | float) else investment
    facts: dict[str, Any] = {"calculated": True, "savings": savings, "investment": outlay} | more
    title = Text(en=id)
    return Proposal(id, title, technique, "case", None, None, "stream:coal", "coal", "options.because", {}, **facts)
