"""Where to look first: ranks, money per year, what is not known, nothing counted as zero."""

from __future__ import annotations

from dataclasses import replace

import pytest

from namsai.hotspots import CONCERNS, HotSpot, hotspots
from namsai.hotspots.hazard import tier
from namsai.plant.amounts import Plant
from namsai.texts import room_texts
from namsai.work.model import LineResult, Work
from tests.hotspots.plants import balance, case, costs, flow, indicators, work
from tests.options.small import factor, knowhow

FACTORS = (
    factor("fuel_ef_co2", "coal", 94_600.0, "kg CO2/TJ"),
    factor("fuel_ef_ch4", "coal", 10.0, "kg CH4/TJ"),
    factor("fuel_ef_n2o", "coal", 1.5, "kg N2O/TJ"),
    factor("gwp_ar5", "methane (CH4)", 28.0, "kg CO2e/kg"),
    factor("gwp_ar5", "nitrous oxide (N2O)", 265.0, "kg CO2e/kg"),
    replace(factor("grid_lao", "electricity", 0.2, "kg CO2e/kWh"), purpose="inventory"),
)
COAL = 94_600 + 28 * 10 + 265 * 1.5  # kg CO2e per TJ


def find(**more: object) -> tuple[HotSpot, ...]:
    plant = Plant(case(**more))
    return hotspots(plant, balance(plant), costs(), work(), indicators(), knowhow(factors=FACTORS))


def of(spots: tuple[HotSpot, ...], concern: str) -> list[HotSpot]:
    return [s for s in spots if s.concern == concern]


def test_every_concern_has_ranks_from_one() -> None:
    spots = find()
    assert [c for c in CONCERNS if of(spots, c)] == list(CONCERNS)
    for concern in CONCERNS:
        ranks = [s.rank for s in of(spots, concern)]
        assert ranks == list(range(1, len(ranks) + 1))


def test_money_ranks_losses_uses_and_labour_together() -> None:
    spots = of(find(), "money")
    years = 366 / 365.25
    order = [s.subject for s in spots]
    assert order == [
        "stream:s-offcut", "line:L1", "use:s-dye", "use:s-coal", "use:s-power", "stream:s-sewage", "use:s-water",
        "unexplained:wash", "use:s-glue",
    ]  # fmt: skip
    assert spots[0].money == round(1_300_000_000 / years)
    assert spots[0].share == pytest.approx(1_300_000_000 / 9_171_000_000, rel=1e-6)
    assert [spots[n].facts["meaning"] for n in (0, 1, 2)] == ["full_cost", "paid_time", "bought"]


def test_raw_material_bought_is_no_hot_spot_but_its_loss_is() -> None:
    subjects = {s.subject for s in find()}
    assert "use:s-fabric" not in subjects
    assert "stream:s-offcut" in subjects


def test_waste_takes_the_flow_of_what_it_is_valued_as() -> None:
    offcut = of(find(), "waste")[0]
    assert (offcut.flow, offcut.unit, offcut.subject) == ("fabric", "kg", "stream:s-offcut")
    unexplained = next(s for s in of(find(), "money") if s.subject == "unexplained:wash")
    assert unexplained.flow == "water"


def test_waste_water_that_carries_only_water_is_no_material_loss() -> None:
    subjects = [s.subject for s in of(find(), "material")]
    assert subjects == ["stream:s-offcut"]


def test_energy_is_ranked_in_joules_and_climate_in_kilograms() -> None:
    spots = find()
    years = 366 / 365.25
    coal, power = of(spots, "energy")
    assert (coal.material, power.material) == ("coal", "power")
    assert coal.amount == pytest.approx(40_000 * 25e6 / years)
    gas = of(spots, "climate")[0]
    assert gas.amount == pytest.approx(40_000 * 25e-6 * COAL / years)
    assert gas.share == pytest.approx(COAL / (COAL + 10_000))


def test_wood_warms_by_its_methane_and_nitrous_oxide_alone() -> None:
    wood = (
        replace(factor("fuel_ef_co2", "wood_fuel", 112_000.0, "kg CO2/TJ"), note="biogenic"),
        factor("fuel_ef_ch4", "wood_fuel", 30.0, "kg CH4/TJ"),
        factor("fuel_ef_n2o", "wood_fuel", 4.0, "kg N2O/TJ"),
    )
    materials = [m.model_dump(exclude_none=True) for m in case().materials]
    for material in materials:
        if material["id"] == "coal":
            material["kind"] = "wood_fuel"
    plant = Plant(case(materials=materials))
    base = knowhow(factors=(*FACTORS, *wood))
    gas = of(hotspots(plant, balance(plant), costs(), work(), indicators(), base), "climate")
    burnt = next(s for s in gas if s.material == "coal")
    assert burnt.amount == pytest.approx(40_000 * 25e-6 * (28 * 30 + 265 * 4) / (366 / 365.25))


def test_unknown_heating_value_is_not_zero() -> None:
    materials = [m.model_dump(exclude_none=True) for m in case().materials]
    for material in materials:
        material.pop("heating_value", None)
    energy = of(find(materials=materials), "energy")
    assert [s.material for s in energy] == ["power", "coal"]
    assert energy[1].amount is None
    assert [s.share for s in energy] == [None, None]


def test_unpriced_stream_ranks_last_with_unknown_money() -> None:
    plant = Plant(case())
    table = costs(unpriced=("s-coal",))
    spots = hotspots(plant, balance(plant), table, work(), indicators(), knowhow())
    last = of(spots, "money")[-1]
    assert (last.subject, last.money, last.share) == ("use:s-coal", None, None)


def test_share_of_climate_is_of_the_whole_plant() -> None:
    plant = Plant(case())
    spots = hotspots(plant, balance(plant), costs(), work(), indicators(400_000.0), knowhow(factors=FACTORS))
    gas = of(spots, "climate")[0]
    assert gas.amount is not None
    assert gas.share == pytest.approx(gas.amount / 400_000)


def test_half_year_is_doubled() -> None:
    spots = of(find(period={"start": "2024-01-01", "end": "2024-06-30"}), "money")
    money = {s.subject: s.money for s in spots}
    assert money["stream:s-offcut"] == pytest.approx(1_300_000_000 / (182 / 365.25), abs=1)
    assert money["use:s-dye"] == pytest.approx(110_000_000 / (182 / 365.25), abs=1)
    assert money["line:L1"] == pytest.approx(160_000_000 / (182 / 365.25), abs=1)


def test_loss_of_which_nothing_has_a_price_costs_unknown_not_nothing() -> None:
    plant = Plant(case())
    lost = flow("s-offcut", "loss", "cut", "offcut", (0, 0, 0, 0), contents=(("fabric", 15_000.0),))

    def money(unpriced: tuple[str, ...]) -> int | None:
        spots = hotspots(
            plant, balance(plant), costs(flows=(lost,), unpriced=unpriced), work(), indicators(), knowhow()
        )
        return next(s.money for s in of(spots, "money") if s.subject == "stream:s-offcut")

    assert money(("s-fabric",)) is None
    assert money(()) == 0


def test_hazard_ranks_the_worst_column_first() -> None:
    glue, dye = of(find(), "hazard")
    assert (glue.material, dye.material) == ("glue", "dye")
    assert (glue.facts["column"], dye.facts["column"]) == (1, 2)


@pytest.mark.parametrize(("words", "column"), [(["H226"], 4), (["H315", "h351"], 1), (["H360FD"], 0), ([], 4)])
def test_columns(words: list[str], column: int) -> None:
    assert tier(words) == column


def test_line_without_minutes_or_wage_is_shown_unknown() -> None:
    plant = Plant(case())
    lines = Work("LAK", (LineResult("L1", "sew", None, None, 100.0, None, None, None, None),))
    spots = hotspots(plant, balance(plant), costs(), lines, indicators(), knowhow())
    line = of(spots, "labour")[0]
    assert (line.amount, line.money, line.share) == (None, None, None)


def test_words_of_all_concerns_and_meanings_stand_in_the_catalogue() -> None:
    texts = room_texts("hotspots")
    assert {f"concern-{c}" for c in CONCERNS} <= set(texts)
    assert {f"meaning-{s.facts['meaning']}" for s in find()} <= set(texts)
    assert all(set(entry) == {"en", "lo"} for slug, entry in texts.items() if slug != "_")
