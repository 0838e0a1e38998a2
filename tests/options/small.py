"""A small know-how base for tests: flows, options and ranges by hand, the same door as the real one."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from namsai.knowhow import KnowHow, load
from namsai.knowhow.model import Benchmark, Factor, Flow, GroupStatistic, Option, Range

PARENTS = {
    "material": None,
    "textile_material": "material",
    "fabric": "textile_material",
    "thread": "textile_material",
    "food_raw": "material",
    "cassava": "food_raw",
    "starch": "food_raw",
    "chemical": "material",
    "dye": "chemical",
    "detergent": "chemical",
    "coating": "chemical",
    "water": None,
    "waste_water": None,
    "cod": "waste_water",
    "solid_waste": None,
    "sludge": "solid_waste",
    "energy": None,
    "electricity": "energy",
    "fuel": "energy",
    "coal": "fuel",
    "wood_fuel": "fuel",
    "steam": "energy",
    "emission": None,
    "labour": None,
    "toxicity": None,
}

STATISTICS = (
    GroupStatistic("all_manufacturing", "raw_material", 2485, 1800, 0.44, 0.1, 0.1, 0.57, 1.7, 10000.0, 5000.0),
    GroupStatistic("all_manufacturing", "electricity", 53573, 9710, 0.49, 0.1, 0.4, 1.3, 3.1, 1977.0, 1749.0),
    GroupStatistic("all_manufacturing", "W3", 39, 36, 0.17, 0.05, 0.23, 0.83, 9.9, 18149.0, 10000.0),
)


class SmallKnowHow:
    """The door of the know-how over a handful of records."""

    version = "test"

    def __init__(
        self,
        options: Sequence[Option] = (),
        ranges: Sequence[Range] = (),
        benchmarks: Sequence[Benchmark] = (),
        factors: Sequence[Factor] = (),
    ) -> None:
        self.options = tuple(options)
        self.ranges = tuple(ranges)
        self.benchmarks = tuple(benchmarks)
        self.factors = tuple(factors)
        self.statistics = STATISTICS
        real = load()
        self.trades, self.twins, self.related = real.trades, real.twins, real.related
        self.flows = {k: Flow(k, p, k.replace("_", " "), f"ລາວ {k}") for k, p in PARENTS.items()}

    def lineage(self, flow: str) -> tuple[str, ...]:
        """The flow and its parents."""
        out = []
        word: str | None = flow
        while word is not None:
            out.append(word)
            word = PARENTS.get(word)
        return tuple(out)

    def is_a(self, flow: str, ancestor: str) -> bool:
        """Whether the flow is, or lies below, the ancestor."""
        return ancestor in self.lineage(flow)

    def factor(self, category: str, flow: str, **_: Any) -> Factor | None:
        """The first factor of the category and flow."""
        return next((f for f in self.factors if (f.category, f.flow) == (category, flow)), None)


def knowhow(**parts: Any) -> KnowHow:
    """Return a small know-how base."""
    return cast(KnowHow, SmallKnowHow(**parts))


def option(id: str, process: str, flows: tuple[str, ...], **more: Any) -> Option:
    """Return an option with a usable saving unless told otherwise."""
    words: dict[str, Any] = {
        "sector": "garment",
        "technique": "process_control",
        "title_en": f"Option {id}",
        "title_lo": f"ທາງເລືອກ {id}",
        "saving_kind": "share_of_named_flow",
        "saving_low": 4.0,
        "saving_high": 6.0,
        "saving_basis": f"% of {flows[0]}",
        "evidence_saving": "R",
        "capex_class": "low",
        "payback_low": 0.5,
        "payback_high": 1.5,
        "evidence_payback": "S",
        "source": "S1",
        "lao_fit": "high",
        "review_status": "draft",
        "version": "0.1",
    }
    words |= dict.fromkeys(("addresses", "mechanism", "prerequisites", "tradeoffs", "reviewer"), "")
    words |= dict.fromkeys(("heuristic_saving", "heuristic_payback"), "")
    return Option(id=id, process=process, flows=flows, **(words | more))


def factor(category: str, flow: str, value: float, unit: str) -> Factor:
    """Return a factor."""
    return Factor(
        category + flow, category, flow, value, unit, None, None, "2024", "LA", "S", "R", "", "", flow, "", ""
    )


def ranges() -> tuple[Range, ...]:
    """Return the plausibility ranges that the tests use: rows of the know-how, as they stand in its data file."""
    with (Path(__file__).parent / "ranges.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Range(
            r["kind"],
            r["flow"],
            r["unit"],
            float(r["low"]),
            float(r["high"]),
            r["source"],
            r["evidence"],
            r["note"],
            r["valid_from"],
            r["valid_to"],
        )
        for r in rows
    )


__all__ = ["factor", "knowhow", "option", "ranges"]
