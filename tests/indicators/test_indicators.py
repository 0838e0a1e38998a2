"""Enterprise indicators: hand-worked figures of a small starch mill, base year, bounds, greenhouse gas, benchmarks."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from namsai.balance.model import Balance
from namsai.indicators import Indicator, Indicators, indicators, place, profile
from namsai.plant.amounts import Plant
from tests.costing.hand import balance_of, material, plant, process, stream
from tests.indicators.known import FACTORS, Known, benchmark

YEARS = 365 / 365.25  # the period 2025 in years of 365.25 days


def mill(**tables: Any) -> Plant:
    return plant(
        **{
            "enterprise": {"name": {"en": "Mill"}, "sector": "food_beverage", "subsector": "cassava_starch"},
            "processes": [process("mill")],
            "materials": [
                material("roots", "raw_material"),
                material("water", "water", kind="water"),
                material("coal", "energy", kind="coal"),
                material("power", "energy", kind="electricity"),
                material("starch", "product"),
                material("pulp", "waste"),
                material("ww", "waste_water", kind="waste_water"),
            ],
            "streams": [
                stream("roots_in", "purchase", "mill", "roots", 4000, "t"),
                stream("water_in", "nature", "mill", "water", 20000, "m3"),
                stream("coal_in", "purchase", "mill", "coal", 100, "t"),
                stream("power_in", "purchase", "mill", "power", 200, "MWh"),
                stream("starch_out", "mill", "sale", "starch", 1000, "t"),
                stream("pulp_out", "mill", "waste", "pulp", 1500, "t"),
                stream("ww_out", "mill", "drain", "ww", 18000, "m3"),
            ],
        }
        | tables
    )


def run(case: Plant, knowhow: Known | None = None, balance: Balance | None = None) -> Indicators:
    return indicators(case, balance or balance_of(case), cast(Any, knowhow or Known()))


def one(result: Indicators, key: str, kind: str = "absolute") -> Indicator:
    found = result.get(key, kind)
    assert found is not None
    return found


def codes(result: Indicators) -> list[str]:
    return [f.code for f in result.findings]


def test_absolute_figures_are_per_year() -> None:
    result = run(mill())
    rows = [i for i in result.indicators if i.kind == "absolute" and i.key != "ghg"]
    assert {i.key: i.value * YEARS for i in rows} == pytest.approx(
        {
            "output": 1000,
            "energy": 100 * 25.8 + 720,
            "materials": 4000,
            "water": 20000,
            "waste": 1500,
            "waste_water": 18000,
        }
    )
    assert [i.unit for i in rows] == ["t", "GJ", "t", "m3", "t", "m3"]


def test_productivity_and_intensity() -> None:
    result = run(mill())
    assert one(result, "productivity-water", "productivity").value == pytest.approx(0.05)
    assert one(result, "productivity-water", "productivity").unit == "t/m3"
    assert one(result, "productivity-water", "productivity").better == "up"
    assert one(result, "intensity-water", "intensity").value == pytest.approx(20)
    assert one(result, "intensity-waste_water", "intensity").value == pytest.approx(18)
    assert result.get("productivity-waste", "productivity") is None


def test_greenhouse_gas_names_every_factor() -> None:
    result = run(mill())
    coal = 100e3 * 25.8e6 / 1e12 * (94600 + 10 * 28 + 1.5 * 265)
    assert one(result, "ghg").value * YEARS == pytest.approx((coal + 200e3 * 0.248) / 1e3)
    assert one(result, "ghg").unit == "t CO2e"
    used = {f.id for f in result.factors if f.used_for == "ghg"}
    assert used == {"F-010", "F-034", "F-058", "F-110", "F-082", "F-112", "F-157"}
    assert "indicators.ghg-scope" in codes(result)


def test_carbon_of_biomass_is_apart() -> None:
    case = mill(
        materials=[material("wood", "energy", kind="wood_fuel"), material("starch", "product")],
        streams=[
            stream("wood_in", "purchase", "mill", "wood", 100, "t"),
            stream("starch_out", "mill", "sale", "starch", 1000, "t"),
        ],
    )
    result = run(case)
    energy = 100e3 * 15.6e6 / 1e12
    assert one(result, "ghg").value * YEARS == pytest.approx(energy * (30 * 28 + 4 * 265) / 1e3)
    assert one(result, "ghg_biogenic").value * YEARS == pytest.approx(energy * 112000 / 1e3)


def test_the_marginal_and_the_recalled_grid_factor_are_never_used() -> None:
    only_project = tuple(f for f in FACTORS if f.id in ("F-160", "F-999", "F-168"))
    case = mill(
        materials=[material("power", "energy", kind="electricity"), material("starch", "product")],
        streams=[
            stream("power_in", "purchase", "mill", "power", 200, "MWh"),
            stream("starch_out", "mill", "sale", "starch", 1000, "t"),
        ],
    )
    result = run(case, Known(only_project))
    assert result.get("ghg") is None
    assert "indicators.no-factor" in codes(result)
    assert one(result, "energy").unit == "kWh"
    assert one(result, "energy").value * YEARS == pytest.approx(200_000)


def test_a_missing_factor_makes_the_result_unknown_not_smaller() -> None:
    result = run(mill(), Known(tuple(f for f in FACTORS if f.id != "F-058")))
    assert result.get("ghg") is None
    assert result.get("intensity-ghg", "intensity") is None
    assert [f.facts["material"] for f in result.findings if f.code == "indicators.no-factor"] == ["coal"]
    without_heat = run(mill(), Known(tuple(f for f in FACTORS if f.id != "F-010")))
    assert without_heat.get("energy") is None
    assert without_heat.get("ghg") is None
    assert "indicators.no-heating-value" in codes(without_heat)


def test_an_unknown_stream_and_a_missing_one_are_not_zero() -> None:
    case = mill()
    result = run(case, balance=balance_of(case, changed={"water_in": None}))
    assert result.get("water") is None
    assert "indicators.unknown-amount" in codes(result)
    dry = mill(streams=[stream("starch_out", "mill", "sale", "starch", 1000, "t")])
    empty = run(dry)
    assert [i.key for i in empty.indicators] == ["output"]
    assert {f.facts["measure"] for f in empty.findings if f.code == "indicators.not-recorded"} == {
        "energy",
        "materials",
        "water",
        "waste",
        "waste_water",
        "ghg",
    }


def test_water_weighed_instead_of_metered() -> None:
    streams = [
        stream("w", "nature", "mill", "water", 500, "t"),
        stream("ww", "mill", "drain", "ww", 400, "t"),
        stream("starch_out", "mill", "sale", "starch", 1000, "t"),
    ]
    result = run(mill(streams=streams))
    assert one(result, "water").value * YEARS == pytest.approx(500)
    assert one(result, "waste_water").value * YEARS == pytest.approx(400)
    assert codes(result).count("indicators.water-density") == 2


def test_bounds_come_from_the_balance() -> None:
    case = mill()
    result = run(case, balance=balance_of(case, sd=0.02))
    water = one(result, "water")
    assert (water.low, water.high) == pytest.approx((water.value * 0.96, water.value * 1.04))
    ratio = one(result, "intensity-water", "intensity")
    assert ratio.high == pytest.approx(20 * (1 + 2 * 0.02 * 2**0.5))


def test_the_output_of_the_case_has_its_own_uncertainty() -> None:
    given_ = {"value": 1000, "unit": "t", "source": "bill", "uncertainty": 1}
    result = run(mill(output={"name": {"en": "starch", "lo": "ແປ້ງ"}, "amount": given_}))
    assert one(result, "output").high == pytest.approx(1010 / YEARS)
    assert result.output_name is not None
    assert [result.output_name.show(lang) for lang in ("lo", "en")] == ["ແປ້ງ", "starch"]
    default = run(mill(output={"name": {"en": "starch"}, "amount": given_ | {"uncertainty": None}}))
    assert one(default, "output").high == pytest.approx(1050 / YEARS)
    assert [f.id for f in default.factors if f.used_for == "output"] == ["default-bill"]


BASE = [
    {"year": 2022, "measure": "output", "value": 800, "unit": "t"},
    {"year": 2022, "measure": "water", "value": 20_000_000, "unit": "l"},
    {"year": 2022, "measure": "waste", "value": 1000, "unit": "t"},
    {"year": 2022, "measure": "ghg", "value": 400, "unit": "t CO2e"},
    {"year": 2024, "measure": "water", "value": 1, "unit": "m3"},
]


def test_change_against_the_base_year() -> None:
    result = run(mill(history=BASE))
    assert one(result, "water").change == pytest.approx(1 / YEARS - 1)
    water = one(result, "productivity-water", "productivity")
    assert water.base_year == 2022
    assert water.base_value == pytest.approx(0.04)
    assert water.change == pytest.approx(0.25)  # 0.04 -> 0.05 t/m3
    assert one(result, "intensity-waste", "intensity").change == pytest.approx(1.5 / 1.25 - 1)
    assert [key for key, _ in profile(result)] == [
        "productivity-energy",
        "productivity-materials",
        "productivity-water",
        "intensity-waste",
        "intensity-waste_water",
        "intensity-ghg",
    ]
    changes = dict(profile(result))
    assert changes["productivity-water"] == pytest.approx(0.25)
    assert changes["productivity-energy"] is None


@pytest.mark.parametrize(
    ("output", "code"),
    [
        ({"value": 800, "unit": "piece"}, "indicators.base-unit"),
        ({"value": 0, "unit": "t"}, "indicators.base-output-zero"),
        (None, "indicators.base-no-output"),
    ],
)
def test_a_base_year_without_comparable_output(output: dict[str, Any] | None, code: str) -> None:
    rows = BASE[1:3] + ([{"year": 2022, "measure": "output"} | output] if output else [])
    result = run(mill(history=rows))
    assert code in codes(result)
    assert one(result, "water").change is not None
    assert one(result, "productivity-water", "productivity").change is None


def test_products_in_different_units_have_no_sum() -> None:
    streams = [
        stream("a", "mill", "sale", "starch", 10, "t"),
        stream("b", "mill", "sale", "starch", 5, "piece"),
    ]
    result = run(mill(streams=streams))
    assert result.get("output") is None
    assert "indicators.output-mixed" in codes(result)


MARKS = (
    benchmark("BM-026", "water", "m3/t", "fresh water", best=15.1, typical=16.7, poor=25.0),
    benchmark("BM-027", "electricity", "kWh/t", "electricity", typical=198.0),
    benchmark("BM-029", "waste_water", "m3/t", "waste water", best=10.0, typical=15.0, poor=20.0),
    benchmark("BM-031", "co2", "kg CO2e/t", "GHG", best=144.0, typical=213.0, poor=636.0),
    benchmark("K-1", "water", "l/kg", "recalled", typical=1.0, evidence="K"),
    benchmark("other-sector", "water", "hl/hl", sector="brewery", typical=4.3),
    benchmark("other-unit", "water", "m3/piece", typical=4.3),
    benchmark("other-flow", "steam", "kg/t", typical=4.3),
    benchmark("no-flow", "", "m3/t", typical=4.3),
)


def test_benchmarks_only_where_scope_and_unit_match() -> None:
    result = run(mill(), Known(benchmarks=MARKS))
    ghg = one(result, "intensity-ghg", "intensity").value
    assert {b.benchmark: b.value for b in result.benchmarks} == pytest.approx(
        {"BM-026": 20, "BM-027": 200, "BM-029": 18, "BM-031": ghg * 1000, "K-1": 20}
    )
    assert [b.position for b in result.benchmarks] == ["worse_than_typical"] * 4 + ["unknown"]
    marks = {b.benchmark: b for b in result.benchmarks}
    assert marks["BM-027"].gap_to_typical == pytest.approx(200 / 198 - 1)
    assert marks["K-1"].gap_to_typical is None


def test_another_product_is_not_compared() -> None:
    amount = {"value": 1000, "unit": "t", "source": "bill"}
    output = {"name": {"en": "chips"}, "amount": amount, "per": "chips"}
    assert run(mill(output=output), Known(benchmarks=MARKS)).benchmarks == ()
    same = run(mill(output=output | {"per": "starch"}), Known(benchmarks=MARKS))
    assert len(same.benchmarks) == 5
    elsewhere = {"name": {"en": "Mill"}, "sector": "general"}
    assert run(mill(enterprise=elsewhere), Known(benchmarks=MARKS)).benchmarks == ()


def test_a_word_counts_pieces_when_the_case_names_it() -> None:
    mark = benchmark("BM-085", "coal", "g/brick", per="3 kg brick", best=110.0, poor=700.0)
    amount = {"value": 200_000, "unit": "piece", "source": "counted"}
    output = {"name": {"en": "bricks"}, "amount": amount, "per": "starch"}
    assert run(mill(output=output), Known(benchmarks=(mark,))).benchmarks == ()
    named = benchmark("BM-085", "coal", "g/brick", per="starch", best=110.0, poor=700.0)
    found = run(mill(output=output), Known(benchmarks=(named,))).benchmarks
    assert [b.value for b in found] == pytest.approx([500])  # 100 t / 200,000
    assert [b.position for b in found] == ["unknown"]


@pytest.mark.parametrize(
    ("value", "position"),
    [(9, "best"), (10, "best"), (12, "better_than_typical"), (16, "worse_than_typical"), (20, "poor"), (30, "poor")],
)
def test_positions(value: float, position: str) -> None:
    assert place(MARKS[2], value).position == position


@settings(deadline=None)
@given(st.floats(0.01, 1e4))
def test_relative_figures_do_not_depend_on_the_size_of_the_plant(size: float) -> None:
    case = mill()
    bigger = balance_of(case, changed={s.id: (s.value or 0.0) * size for s in balance_of(case).streams})
    small, large = run(case), run(case, balance=bigger)
    for row in small.indicators:
        if row.kind != "absolute":
            assert one(large, row.key, row.kind).value == pytest.approx(row.value)
        elif row.key in ("output", "water", "ghg"):
            assert one(large, row.key).value == pytest.approx(row.value * size)
