"""The flow charts of a plant, from the invented garment factory."""

from __future__ import annotations

import pytest

from namsai.charts.plant_flows import balance_charts, cost_chart
from namsai.charts.scene import Path
from namsai.charts.write import amount
from namsai.plant.amounts import Plant
from tests.report import fixture


@pytest.fixture(scope="module")
def plant() -> Plant:
    return Plant(fixture.case())


def test_water_is_drawn_apart_where_it_would_hide_the_materials(plant: Plant) -> None:
    charts = balance_charts(plant, fixture.balance(), "en")
    assert list(charts) == ["mass", "water", "energy"]
    assert not any("Town water" in x.text for x in charts["mass"].labels)


def test_fuel_that_leaves_the_balance_is_not_drawn_with_the_materials(plant: Plant) -> None:
    texts = [x.text for x in balance_charts(plant, fixture.balance(), "lo")["mass"].labels]
    assert "ຟືນ" not in texts
    assert "ຜ້າຝ້າຍ" in texts


def test_what_is_not_known_says_so_in_the_language(plant: Plant) -> None:
    assert "ບໍ່ຮູ້" in [x.text for x in balance_charts(plant, fixture.balance(), "lo")["water"].labels]


def test_the_flow_of_money_carries_all_costs() -> None:
    costs = fixture.costs()
    scene = cost_chart(costs, lambda stream: stream, "en")
    assert scene is not None
    widths = {s.title.partition(":")[0]: s.width for s in scene.shapes if isinstance(s, Path) and s.title}
    assert widths["shirts"] / widths["offcuts"] == pytest.approx(costs.flows[0].total / costs.flows[1].total)
    assert sum(f.total for f in costs.flows) == costs.total


def test_bought_fuel_is_drawn_as_energy_and_an_unknown_heating_value_is_not_zero(plant: Plant) -> None:
    heat = {"wood": 15.0}
    fuel = next(s for s in fixture.balance().streams if s.material == "wood")
    assert fuel.value is not None
    texts = [x.text for x in balance_charts(plant, fixture.balance(), "en", heat=heat)["energy"].labels]
    assert amount(fuel.value * 15e6, "J", "en") in texts
    assert "not known" in [x.text for x in balance_charts(plant, fixture.balance(), "en", heat={})["energy"].labels]
