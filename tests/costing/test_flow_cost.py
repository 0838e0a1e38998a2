"""The cost table of small plants: published case M08, both views of a recycle, conservation, and what is not known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from namsai.costing import CostTable, FlowCost, cost_table
from tests.costing.hand import balance_of, cost, garment, material, plant, process, rework, stream


def flow(table: CostTable, name: str, closed: bool = False) -> FlowCost:
    rows = table.flows_closed_loop if closed else table.flows
    return next(f for f in rows if f.stream == name)


def codes(table: CostTable) -> list[str]:
    return [f.code for f in table.findings]


def assert_conserved(table: CostTable) -> None:
    """Every category and the total, in both views, to the last unit."""
    for rows in (table.flows, table.flows_closed_loop):
        assert sum(f.material_cost + f.energy_cost for f in rows) == table.purchased
        assert sum(f.system_cost for f in rows) == table.system + table.labour
        assert sum(f.waste_cost for f in rows) == table.waste_management
        assert sum(f.total for f in rows) == table.total


def test_garment_line_as_in_the_published_case() -> None:
    plant_ = garment()
    table = cost_table(plant_, balance_of(plant_))
    assert_conserved(table)
    offcut = flow(table, "offcut_out")
    assert (offcut.material_cost, offcut.energy_cost, offcut.system_cost, offcut.waste_cost) == (
        5_400_000,
        144_000,
        1_080_000,
        60_000,
    )
    assert offcut.total == 6_684_000  # M08, loss_offcut
    reject = flow(table, "reject_out")
    assert reject.total == 2_065_023  # M08, loss_reject 2065022.99
    assert flow(table, "thread_out").total == 332_885  # M08, loss_thread 332885.06
    assert flow(table, "garment_out").contents == (("fabric", 833.0), ("label", 5.0), ("thread", 18.0))
    assert table.unpriced == ()
    assert [f.stream for f in table.losses] == ["offcut_out", "reject_out", "endroll_out", "thread_out"]


def test_both_views_of_a_recycle() -> None:
    plant_ = rework()
    table = cost_table(plant_, balance_of(plant_))
    assert_conserved(table)
    assert [(f.stream, f.kind, f.total) for f in table.flows] == [
        ("loss1", "loss", 210),
        ("product", "product", 1600),
        ("loss2", "loss", 100),
        ("recycle:rework", "recycling_loss", 100),
    ]
    assert [(f.stream, f.total) for f in table.flows_closed_loop] == [
        ("loss1", 225),
        ("product", 1680),
        ("loss2", 105),
    ]


def test_labour_of_rework_is_cut_like_energy() -> None:
    plant_ = rework(costs=[cost("l1", "labour", 330, process="qc1"), cost("l2", "labour", 475, process="qc2")])
    table = cost_table(plant_, balance_of(plant_))
    assert flow(table, "recycle:rework").system_cost == 80
    assert flow(table, "product").system_cost == 640
    assert flow(table, "product", closed=True).system_cost == 704
    assert_conserved(table)


def test_water_fills_the_waste_water_and_the_rest_of_it_is_product() -> None:
    # two waters, 200 and 20 t, leave with 250 t of waste water, so 30 t of it are roots
    plant_ = plant(
        processes=[process("mill")],
        materials=[
            material("roots", "raw_material", 1000),
            material("well", "water", 1, density=1000),
            material("tap", "water", 3, density=1000),
            material("starch", "product"),
            material("pulp", "by_product"),
            material("ww", "waste_water", density=1000),
        ],
        streams=[
            stream("roots_in", "purchase", "mill", "roots", 100, "t"),
            stream("well_in", "nature", "mill", "well", 200, "m3"),
            stream("tap_in", "purchase", "mill", "tap", 20, "m3"),
            stream("starch_out", "mill", "sale", "starch", 25, "t"),
            stream("pulp_out", "mill", "sale", "pulp", 45, "t"),
            stream("ww_out", "mill", "drain", "ww", 250, "m3"),
        ],
        costs=[cost("power", "energy", 1_000_000, process="mill")],
    )
    table = cost_table(plant_, balance_of(plant_))
    assert dict(flow(table, "ww_out").contents) == pytest.approx({"roots": 30e3, "tap": 20e3, "well": 200e3})
    assert flow(table, "ww_out").energy_cost == 300_000
    assert flow(table, "starch_out").material_cost == 25_000_000
    assert [f.stream for f in table.flows] == ["starch_out", "pulp_out", "ww_out"]
    # less waste water than water: one after the other fills it, what does not fit is unexplained
    dry = cost_table(plant_, balance_of(plant_, changed={"ww_out": 210e3}))
    held = dict(flow(dry, "ww_out").contents) | {
        "unexplained": sum(a for _, a in flow(dry, "unexplained:mill").contents)
    }
    assert sum(v for k, v in held.items() if k in ("well", "tap")) == pytest.approx(210e3)
    assert held["unexplained"] == pytest.approx(40e3)  # 10 t water, 30 t roots
    assert_conserved(dry)


def test_a_missing_price_is_not_zero() -> None:
    plant_ = rework(
        materials=[
            material("raw", "raw_material"),
            material("semi", "intermediate"),
            material("back", "intermediate"),
            material("scrap", "waste"),
            material("good", "product"),
        ]
    )
    table = cost_table(plant_, balance_of(plant_))
    assert table.unpriced == ("in",)
    assert "costing.no-price" in codes(table)
    assert table.purchased == 205  # energy only
    assert_conserved(table)


def test_what_nature_gives_costs_nothing() -> None:
    plant_ = plant(
        processes=[process("wash")],
        materials=[material("well", "water"), material("ww", "waste_water")],
        streams=[stream("a", "nature", "wash", "well", 10, "m3"), stream("b", "wash", "drain", "ww", 10, "m3")],
    )
    table = cost_table(plant_, balance_of(plant_))
    assert (table.unpriced, table.purchased, codes(table)) == ((), 0, [])


def foreign(**more: object) -> CostTable:
    plant_ = plant(
        processes=[process("mix")],
        materials=[material("resin", "raw_material", 2.5, currency="USD"), material("good", "product")],
        streams=[stream("a", "purchase", "mix", "resin", 100), stream("b", "mix", "sale", "good", 100)],
        **more,
    )
    return cost_table(plant_, balance_of(plant_))


def test_a_foreign_price_needs_a_dated_rate() -> None:
    missing = foreign()
    assert missing.unpriced == ("a",)
    assert codes(missing) == ["costing.no-rate"]
    near = {"base": "USD", "quote": "LAK", "rate": 20000, "date": "2025-06-01"}
    far = {"base": "USD", "quote": "LAK", "rate": 9000, "date": "2019-06-01"}
    assert foreign(rates=[far, near]).purchased == 5_000_000
    turned = {"base": "LAK", "quote": "USD", "rate": 0.00005, "date": "2025-06-01"}
    assert foreign(rates=[turned]).purchased == 5_000_000
    old = foreign(rates=[far])
    assert (old.purchased, codes(old)) == (2_250_000, ["costing.old-rate"])


def dyehouse() -> CostTable:
    plant_ = plant(
        processes=[process("boiler", "boiler"), process("dye"), process("iron"), process("compressor")],
        materials=[
            material("coal", "energy", 900, heating_value=25, kind="coal"),
            material("power", "energy", 1200, "kWh", kind="electricity"),
            material("water", "water", 3000, "m3", kind="water"),
            material("fabric", "raw_material", 45000),
            material("dyestuff", "auxiliary", 80000),
            material("steam", "energy", kind="steam"),
            material("dyed", "intermediate"),
            material("pressed", "product"),
            material("lint", "waste", value_as="fabric"),
            material("ww", "waste_water", disposal=(1000, "m3")),
        ],
        streams=[
            stream("coal_in", "purchase", "boiler", "coal", 100, "t"),
            stream("steam_dye", "boiler", "dye", "steam", 600, "t"),
            stream("steam_iron", "boiler", "iron", "steam", 300, "t"),
            stream("power_comp", "purchase", "compressor", "power", 20, "MWh"),
            stream("water_in", "purchase", "dye", "water", 9000, "m3"),
            stream("fabric_in", "purchase", "dye", "fabric", 100, "t"),
            stream("dye_in", "purchase", "dye", "dyestuff", 2, "t"),
            stream("dyed_on", "dye", "iron", "dyed", 99, "t"),
            stream("lint_out", "dye", "waste", "lint", 1, "t"),
            stream("ww_out", "dye", "drain", "ww", 8000, "m3"),
            stream("pressed_out", "iron", "sale", "pressed", 99, "t"),
        ],
        costs=[cost("rent", "system", 19_900_000)],
    )
    return cost_table(plant_, balance_of(plant_))


def test_steam_carries_the_cost_of_its_fuel_to_the_users() -> None:
    table = dyehouse()
    assert_conserved(table)
    # coal 90 M: 60 M to dyeing, 30 M to ironing; compressor 24 M shared by mass 100 t : 99 t
    dye = 60e6 + 24e6 * 100 / 199
    assert flow(table, "lint_out").energy_cost == pytest.approx(dye * 0.01, abs=1)
    assert flow(table, "pressed_out").energy_cost == pytest.approx(90e6 + 24e6 - dye * 0.01, abs=1)
    assert flow(table, "lint_out").system_cost == pytest.approx(19.9e6 * 100 / 199 * 0.01, abs=1)
    assert "costing.shared-service" in codes(table)
    assert {u.stream: u.cost for u in table.uses}["coal_in"] == 90_000_000


def test_water_and_auxiliaries_are_loss_and_the_rest_is_unexplained() -> None:
    table = dyehouse()
    water = flow(table, "ww_out")
    assert dict(water.contents) == pytest.approx({"dyestuff": 2000, "water": 8000})
    assert water.waste_cost == 8_000_000
    missing = flow(table, "unexplained:dye")
    assert (missing.kind, missing.unit) == ("unexplained", "m3")
    assert missing.amount == pytest.approx(1000)
    assert missing.material_cost == 3_000_000
    assert "costing.no-loss-stream" in codes(table)
    assert dict(flow(table, "pressed_out").contents) == pytest.approx({"fabric": 99000})


def test_missing_mass_is_shown_apart() -> None:
    plant_ = plant(
        processes=[process("saw", "sawing")],
        materials=[
            material("log", "raw_material", 1000),
            material("board", "product"),
            material("dust", "waste", revenue=(100, "kg")),
        ],
        streams=[
            stream("log_in", "purchase", "saw", "log", 1000),
            stream("board_out", "saw", "sale", "board", 600),
            stream("dust_out", "saw", "recycler", "dust", 300),
        ],
        costs=[cost("lab", "labour", 500_000, process="saw")],
    )
    table = cost_table(plant_, balance_of(plant_))
    assert_conserved(table)
    gap = flow(table, "unexplained:saw")
    assert (gap.kind, gap.material_cost, gap.system_cost) == ("unexplained", 100_000, 50_000)
    dust = flow(table, "dust_out")
    assert (dust.kind, dust.total, dust.revenue) == ("loss", 450_000, 30_000)


def test_more_out_than_in_is_said_and_costs_stay_conserved() -> None:
    plant_ = rework()
    table = cost_table(plant_, balance_of(plant_, changed={"product": 200.0}))
    assert "costing.more-out-than-in" in codes(table)
    assert_conserved(table)


def test_an_output_in_pieces_takes_what_the_weighed_losses_leave() -> None:
    plant_ = plant(
        processes=[process("sew")],
        materials=[
            material("fabric", "raw_material", 100),
            material("shirt", "product"),
            material("rag", "waste"),
        ],
        streams=[
            stream("in", "purchase", "sew", "fabric", 100),
            stream("shirts", "sew", "sale", "shirt", 400, "piece"),
            stream("rags", "sew", "waste", "rag", 20),
        ],
    )
    table = cost_table(plant_, balance_of(plant_))
    assert (flow(table, "shirts").material_cost, flow(table, "rags").material_cost) == (8000, 2000)


def test_a_price_per_tonne_of_fuel_given_as_energy() -> None:
    plant_ = plant(
        processes=[process("kiln", "firing")],
        materials=[
            material("clay", "raw_material", 10),
            material("coal", "energy", 1_000_000, "t", heating_value=25, kind="coal"),
            material("brick", "product"),
        ],
        streams=[
            stream("clay_in", "purchase", "kiln", "clay", 1000),
            stream("coal_in", "purchase", "kiln", "coal", 50, "GJ"),
            stream("brick_out", "kiln", "sale", "brick", 1000),
        ],
    )
    table = cost_table(plant_, balance_of(plant_))
    assert flow(table, "brick_out").energy_cost == 2_000_000  # 50 GJ = 2 t


def test_a_price_that_cannot_be_compared_is_missing() -> None:
    plant_ = plant(
        processes=[process("kiln", "firing")],
        materials=[material("clay", "raw_material", 10, "piece"), material("brick", "product")],
        streams=[
            stream("clay_in", "purchase", "kiln", "clay", 1000),
            stream("brick_out", "kiln", "sale", "brick", 1000),
        ],
    )
    table = cost_table(plant_, balance_of(plant_))
    assert (table.unpriced, codes(table), table.purchased) == (("clay_in",), ["costing.price-unit"], 0)


def test_unknown_amounts_are_said() -> None:
    plant_ = rework()
    table = cost_table(plant_, balance_of(plant_, changed={"in": None}))
    assert table.unpriced == ("in",)
    assert "costing.unknown-amount" in codes(table)
    assert_conserved(table)


@settings(max_examples=60, deadline=None)
@given(
    back=st.floats(0, 60),
    scrap=st.floats(0, 40),
    water=st.floats(0, 500),
    prices=st.lists(st.floats(0, 1e6), min_size=3, max_size=3),
    rows=st.lists(st.floats(0, 1e9), min_size=4, max_size=4),
)
def test_every_kip_is_conserved(
    back: float, scrap: float, water: float, prices: list[float], rows: list[float]
) -> None:
    plant_ = plant(
        processes=[process("a"), process("b")],
        materials=[
            material("raw", "raw_material", prices[0]),
            material("water", "water", prices[1]),
            material("power", "energy", prices[2], "kWh", kind="electricity"),
            material("semi", "intermediate"),
            material("broke", "intermediate", value_as="raw"),
            material("scrap", "waste", disposal=(7, "kg")),
            material("ww", "waste_water"),
            material("good", "product"),
        ],
        streams=[
            stream("raw_in", "purchase", "a", "raw", 100),
            stream("water_in", "purchase", "b", "water", water),
            stream("power_in", "purchase", "b", "power", 3, "MWh"),
            stream("on", "a", "b", "semi", 100 + back - scrap / 2),
            stream("scrap_a", "a", "waste", "scrap", scrap / 2),
            stream("scrap_b", "b", "waste", "scrap", scrap / 2),
            stream("back", "b", "a", "broke", back),
            stream("ww", "b", "drain", "ww", water * 0.8),
            stream("good", "b", "sale", "good", 100 - scrap),
        ],
        costs=[
            cost("e", "energy", rows[0], process="a"),
            cost("s", "system", rows[1]),
            cost("l", "labour", rows[2], process="b"),
            cost("w", "waste_management", rows[3], process="b"),
        ],
    )
    table = cost_table(plant_, balance_of(plant_))
    assert_conserved(table)
    assert sum(u.cost for u in table.uses) + round(rows[0]) == pytest.approx(table.purchased, abs=1)
    raw = sum(dict(f.contents).get("raw", 0.0) for f in table.flows if f.kind != "recycling_loss")
    assert raw == pytest.approx(100, rel=1e-6)
