"""A wet material's cost follows the substance that carries its value, not the water in it."""

from pathlib import Path

import pytest

from namsai.balance.reconcile import balance
from namsai.costing.flow_cost import cost_table
from namsai.costing.model import CostTable
from namsai.knowhow import load
from namsai.plant.amounts import Plant
from namsai.plant.case import Case

STARCH = Path(__file__).parents[2] / "examples" / "j-charoen-starch" / "case.json"


def costs(**change: object) -> CostTable:
    case = Case.model_validate_json(STARCH.read_text(encoding="utf-8"))
    roots = [m.model_copy(update=change) if m.id == "root" else m for m in case.materials]
    plant = Plant(case.model_copy(update={"materials": tuple(roots)}))
    return cost_table(plant, balance(plant, load()), load())


def share_of_roots(table: CostTable, stream: str) -> float:
    held = {f.stream: dict(f.contents).get("root", 0.0) for f in table.flows}
    return held[stream] / sum(held.values())


def test_product_carries_the_published_extraction_efficiency_of_the_roots() -> None:
    # J. Charoen: 75.44 % of the starch in the roots becomes product (tci-thaijo 198582).
    assert share_of_roots(costs(), "starch-out") == pytest.approx(0.7544, abs=0.005)


def test_by_wet_mass_the_pulp_would_carry_most_of_the_roots() -> None:
    assert share_of_roots(costs(counts_by=None), "fibre") > 0.5


def test_an_unknown_share_is_said_and_mass_is_used() -> None:
    assert any(f.code == "costing.no-share" for f in costs(counts_by="protein").findings)
