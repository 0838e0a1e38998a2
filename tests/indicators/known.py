"""A small know-how with the door the indicators use; the values are those of IPCC 2006, AR5 and the Lao grid."""

from __future__ import annotations

from typing import Any

from namsai.knowhow.model import Benchmark, Factor, Flow

PARENTS = {
    "material": None,
    "water": None,
    "energy": None,
    "electricity": "energy",
    "fuel": "energy",
    "coal": "fuel",
    "wood_fuel": "fuel",
    "steam": "energy",
    "waste_water": None,
    "emission": None,
    "co2": "emission",
}


def factor(id: str, category: str, flow: str, value: float | None, unit: str, **more: str) -> Factor:
    """Make a factor record."""
    row: dict[str, Any] = {"name": id, "year": "2006", "region": "global", "evidence": "R", "note": "", "purpose": ""}
    row |= more
    return Factor(
        id=id,
        category=category,
        value=value,
        unit=unit,
        low=None,
        high=None,
        source="EFDB",
        flow=flow,
        valid_from=row.pop("valid_from", ""),
        valid_to=row.pop("valid_to", ""),
        **row,
    )


BIO = {"note": "biogenic: report separately, not in fossil total"}
GRID = {"region": "LA", "purpose": "inventory"}
FACTORS = (
    factor("F-010", "fuel_ncv", "coal", 25.8, "MJ/kg (TJ/Gg)"),
    factor("F-017", "fuel_ncv", "wood_fuel", 15.6, "MJ/kg (TJ/Gg)"),
    factor("F-034", "fuel_ef_co2", "coal", 94600, "kg CO2/TJ NCV"),
    factor("F-041", "fuel_ef_co2", "wood_fuel", 112000, "kg CO2/TJ NCV", **BIO),
    factor("F-058", "fuel_ef_ch4", "coal", 10, "kg CH4/TJ NCV"),
    factor("F-065", "fuel_ef_ch4", "wood_fuel", 30, "kg CH4/TJ NCV"),
    factor("F-082", "fuel_ef_n2o", "coal", 1.5, "kg N2O/TJ NCV"),
    factor("F-089", "fuel_ef_n2o", "wood_fuel", 4, "kg N2O/TJ NCV"),
    factor("F-110", "gwp_ar5", "", 28, "kg CO2e/kg", name="methane (CH4)"),
    factor("F-112", "gwp_ar5", "", 265, "kg CO2e/kg", name="nitrous oxide (N2O)"),
    factor("F-156", "grid_lao", "electricity", 202, "g CO2e/kWh", year="2024", **GRID),
    factor("F-157", "grid_lao", "electricity", 248, "g CO2e/kWh", year="2025", **GRID),
    factor("F-160", "grid_lao", "electricity", 1069, "g CO2/kWh", year="2025", region="LA", purpose="project"),
    factor("F-168", "grid_lao", "electricity", 28.41, "% of generation", year="2026", **GRID),
    factor("F-999", "grid_lao", "electricity", 1, "g CO2e/kWh", year="2026", evidence="K", **GRID),
)


def benchmark(id: str, flow: str, unit: str, indicator: str = "use", **more: Any) -> Benchmark:
    """Make a benchmark record of a starch mill."""
    row: dict[str, Any] = {
        "sector": "cassava_starch",
        "process": "site",
        "per": "starch",
        "best": None,
        "typical": None,
        "poor": None,
        "scope_note": "",
        "source": "CASS-SER",
        "year": "2021",
        "evidence": "R",
    }
    return Benchmark(id=id, flow=flow, unit=unit, indicator=indicator, **(row | more))


class Known:
    """The know-how's door, with few records."""

    version = "test"

    def __init__(self, factors: tuple[Factor, ...] = FACTORS, benchmarks: tuple[Benchmark, ...] = ()) -> None:
        self.factors = factors
        self.benchmarks = benchmarks
        self.flows = {k: Flow(k, p, k, k) for k, p in PARENTS.items()}

    def lineage(self, flow: str) -> tuple[str, ...]:
        """The flow word and those above it."""
        out = [flow]
        while (parent := self.flows[out[-1]].parent) is not None:
            out.append(parent)
        return tuple(out)

    def is_a(self, flow: str, ancestor: str) -> bool:
        """Tell whether a word is below another."""
        return ancestor in self.lineage(flow)

    def factor(self, category: str, flow: str, on: str, region: str = "LA", purpose: str = "") -> Factor | None:
        """The newest usable factor."""
        rows = [
            f
            for f in self.factors
            if (f.category, f.flow) == (category, flow)
            and f.usable
            and f.region in (region, "global")
            and f.purpose in ("", purpose)
        ]
        return max(rows, key=lambda f: f.year, default=None)

    def default_uncertainty(self, source: str) -> Factor:
        """5 % for all sources."""
        return factor(f"default-{source}", "default_uncertainty", "", 5.0, "%", evidence="X")
