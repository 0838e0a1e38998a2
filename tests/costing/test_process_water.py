"""Water, vapour, ash and services: what bears no value must not make the losses look dear."""

from __future__ import annotations

from typing import Any

import pytest

from namsai.costing import CostTable, cost_table
from tests.costing.hand import balance_of, cost, material, plant, process, stream
from tests.costing.test_flow_cost import assert_conserved, codes, flow


def paper_mill(**tables: Any) -> CostTable:
    """A pulper and a paper machine: 200 t of white water go round, 12 t leave as vapour, all of the water is
    weighed.
    """
    plant_ = plant(
        **{
            "processes": [process("pulp"), process("paper")],
            "materials": [
                material("waste_paper", "raw_material", 1000),
                material("water", "water", 2, kind="water", density=1000),
                material("stock", "intermediate"),
                material("white", "intermediate", kind="water"),
                material("reject", "waste", value_as="waste_paper", disposal=(1, "kg")),
                material("ww", "waste_water", kind="waste_water", density=1000),
                material("vapour", "emission", kind="vapour"),
                material("paper", "product"),
            ],
            "streams": [
                stream("paper_in", "purchase", "pulp", "waste_paper", 10, "t"),
                stream("water_in", "purchase", "pulp", "water", 100, "m3"),
                stream("fresh", "purchase", "paper", "water", 20, "m3"),
                stream("white_back", "paper", "pulp", "white", 200, "t"),
                stream("stock_on", "pulp", "paper", "stock", 201, "t"),
                stream("reject_out", "pulp", "waste", "reject", 1, "t"),
                stream("ww_out", "pulp", "drain", "ww", 108, "m3"),
                stream("dry_off", "paper", "air", "vapour", 12, "t"),
                stream("paper_out", "paper", "sale", "paper", 9, "t"),
            ],
            "costs": [cost("power", "energy", 9_000_000, process="paper")],
        }
        | tables
    )
    return cost_table(plant_, balance_of(plant_))


def test_white_water_carries_neither_fibre_nor_energy() -> None:
    table = paper_mill()
    assert_conserved(table)
    assert dict(flow(table, "paper_out").contents) == pytest.approx({"waste_paper": 9000})
    assert flow(table, "paper_out").energy_cost == 9_000_000
    assert dict(flow(table, "reject_out").contents) == pytest.approx({"waste_paper": 1000})
    assert flow(table, "ww_out").material_cost == pytest.approx(216_000, abs=1)
    assert not [f for f in table.flows if f.kind in ("recycling_loss", "unexplained")]


def test_water_that_an_intermediate_holds_goes_on_to_the_next_process() -> None:
    table = paper_mill()
    # fresh water at the machine is 20 t, 12 t dry off, the rest goes round and leaves with the waste water
    assert dict(flow(table, "dry_off").contents) == pytest.approx({"water": 12000})
    assert dict(flow(table, "ww_out").contents) == pytest.approx({"water": 108000})


def test_moisture_that_dries_off_bears_no_cost_and_is_said() -> None:
    plant_ = plant(
        processes=[process("dry", "drying"), process("fire", "firing")],
        materials=[
            material("clay", "raw_material", 10),
            material("coal", "energy", 1000, kind="coal"),
            material("green", "intermediate"),
            material("vapour", "emission", kind="vapour"),
            material("ash", "waste", kind="ash"),
            material("flue", "emission", kind="flue_gas"),
            material("brick", "product"),
            material("broken", "waste"),
        ],
        streams=[
            stream("clay_in", "purchase", "dry", "clay", 1000),
            stream("vapour_out", "dry", "air", "vapour", 200),
            stream("on", "dry", "fire", "green", 800),
            stream("coal_in", "purchase", "fire", "coal", 100),
            stream("flue_out", "fire", "air", "flue", 900),
            stream("ash_out", "fire", "waste", "ash", 15),
            stream("bricks", "fire", "sale", "brick", 720),
            stream("broken_out", "fire", "waste", "broken", 80),
        ],
    )
    table = cost_table(plant_, balance_of(plant_))
    assert_conserved(table)
    assert {f.stream: f.material_cost for f in table.flows} == {
        "vapour_out": 0,
        "flue_out": 0,
        "ash_out": 0,
        "bricks": 9000,
        "broken_out": 1000,
    }
    assert flow(table, "broken_out").energy_cost == 10_000
    moisture = next(f for f in table.findings if f.code == "costing.moisture")
    assert moisture.facts["amount"] == pytest.approx(200)


def test_a_boiler_without_metered_steam_serves_the_whole_site() -> None:
    plant_ = plant(
        processes=[process("sew"), process("press"), process("boiler", "boiler")],
        materials=[
            material("fabric", "raw_material", 10),
            material("wood", "energy", 5, kind="wood_fuel"),
            material("water", "water", 1, "m3", kind="water"),
            material("ww", "waste_water", kind="waste_water"),
            material("sewn", "intermediate"),
            material("rag", "waste"),
            material("shirt", "product"),
        ],
        streams=[
            stream("fabric_in", "purchase", "sew", "fabric", 100),
            stream("sewn_on", "sew", "press", "sewn", 100),
            stream("rag_out", "press", "waste", "rag", 20),
            stream("shirt_out", "press", "sale", "shirt", 80),
            stream("wood_in", "purchase", "boiler", "wood", 1000),
            stream("water_in", "purchase", "boiler", "water", 60, "m3"),
            stream("blowdown", "boiler", "drain", "ww", 40, "m3"),
        ],
    )
    table = cost_table(plant_, balance_of(plant_))
    assert_conserved(table)
    assert "costing.shared-service" in codes(table)
    assert flow(table, "blowdown").energy_cost == 0
    assert flow(table, "blowdown").material_cost == 40
    assert flow(table, "unexplained:boiler").material_cost == 20
    assert flow(table, "shirt_out").energy_cost == 4000


def test_an_effluent_plant_keeps_its_cost_on_what_leaves_it() -> None:
    plant_ = plant(
        processes=[process("dye"), process("etp")],
        materials=[
            material("fabric", "raw_material", 10),
            material("water", "water", 1, "m3", kind="water"),
            material("power", "energy", 1, "kWh", kind="electricity"),
            material("ww", "waste_water", kind="waste_water"),
            material("dyed", "product"),
        ],
        streams=[
            stream("fabric_in", "purchase", "dye", "fabric", 100),
            stream("water_in", "purchase", "dye", "water", 60, "m3"),
            stream("dyed_out", "dye", "sale", "dyed", 100),
            stream("ww_on", "dye", "etp", "ww", 60, "m3"),
            stream("power_in", "purchase", "etp", "power", 500, "kWh"),
            stream("clean", "etp", "drain", "ww", 60, "m3"),
        ],
    )
    table = cost_table(plant_, balance_of(plant_))
    assert flow(table, "clean").energy_cost == 500
    assert flow(table, "clean").material_cost == 60
    assert flow(table, "dyed_out").total == 1000


def test_a_loss_valued_as_an_intermediate_takes_no_water() -> None:
    plant_ = plant(
        processes=[process("fill", "bottling")],
        materials=[
            material("beer", "intermediate", 100),
            material("water", "water", 1, kind="water", density=1000),
            material("spill", "waste_water", kind="beer", value_as="green"),
            material("green", "intermediate"),
            material("ww", "waste_water", kind="waste_water"),
            material("bottled", "product"),
        ],
        streams=[
            stream("beer_in", "purchase", "fill", "beer", 100),
            stream("water_in", "purchase", "fill", "water", 500),
            stream("spill_out", "fill", "drain", "spill", 10),
            stream("ww_out", "fill", "drain", "ww", 500),
            stream("bottled_out", "fill", "sale", "bottled", 90),
        ],
    )
    table = cost_table(plant_, balance_of(plant_))
    assert dict(flow(table, "spill_out").contents) == pytest.approx({"beer": 10})
    assert dict(flow(table, "ww_out").contents) == pytest.approx({"water": 500})
