"""Appraising the options of a plant: flows, ranges, what is saved beside money, and what cannot be known."""

import pytest

from namsai.appraisal.appraise import appraise, yearly_saving
from namsai.appraisal.model import Appraisal, Appraisals
from namsai.options.model import Proposal, Proposals, Range, StreamSaving
from namsai.plant.amounts import Plant
from namsai.plant.case import Case
from tests.appraisal.stub import KNOWN, exact, option, plant


def run(*options: Proposal, **finance: object) -> Appraisals:
    return appraise(plant(**finance), Proposals(options, {}), KNOWN)


def only(*options: Proposal, **finance: object) -> Appraisal:
    return run(*options, **finance).items[0]


def codes(found: Appraisals) -> set[str]:
    return {f.code for f in found.findings}


def test_flow_value_and_payback_of_one_option() -> None:
    found = only(option("a", {"coal": 0.25}, 1000, cost=2000, life=4))
    assert found.cashflow == (-1000, 500, 500, 500, 500)
    assert found.payback == (2.0, 2.0, 2.0)
    assert found.npv == (585, 585, 585)  # 500 x 3.16987 - 1000
    assert found.irr.preferred == pytest.approx(0.349034, abs=1e-6)
    assert found.mirr == pytest.approx((500 * 4.641 / 1000) ** 0.25 - 1)


def test_low_and_high_case_are_the_ends_of_both_ranges() -> None:
    wide = option("a", investment=Range(50, 100, 200), other_saving=Range(20, 40, 80), life=10)
    found = only(wide)
    assert found.payback == (50 / 80, 100 / 40, 10.0)
    assert found.npv[0] is not None
    assert found.npv[0] < 0 < (found.npv[1] or 0) < (found.npv[2] or 0)


def test_without_a_discount_rate_there_is_no_value_and_a_finding() -> None:
    found = run(option("a", {"coal": 0.1}, 100, life=5), discount_rate=None)
    assert found.items[0].npv == (None, None, None)
    assert found.items[0].mirr is None
    assert found.items[0].payback[1] == 1.0
    assert "appraisal.no-discount-rate" in codes(found)


def test_a_life_that_is_not_known_is_the_horizon_and_said_so() -> None:
    found = run(option("a", {"coal": 0.1}, 100), option("b", {"coal": 0.1}, 100, life=3), horizon=7)
    assert [a.years for a in found.items] == [7, 3]
    said = next(f for f in found.findings if f.code == "appraisal.life-assumed")
    assert dict(said.facts) == {"years": 7, "options": "a"}


def test_missing_is_not_zero() -> None:
    no_price = option("a", {"coal": 0.1}, None)
    unknown = option("b", investment=10)
    found = run(no_price, unknown)
    assert found.items[0].cashflow == ()
    assert found.items[0].npv == (None, None, None)
    assert found.items[0].irr.verdict == "undefined"
    assert found.items[0].energy == pytest.approx(2.5e11)
    assert {"appraisal.no-investment", "appraisal.no-saving-known"} <= codes(found)
    assert yearly_saving(unknown) is None
    assert run(option("c", calculated=False)).items == ()


def test_no_outlay_is_back_at_once_and_a_loss_never() -> None:
    assert only(option("a", {"coal": 0.1}, 0)).payback[1] == 0.0
    assert only(option("a", {"coal": 0.1}, 0, running_cost=200)).payback[1] is None
    found = run(option("a", {"coal": 0.1}, 5000))
    assert found.items[0].payback[1] is None
    assert "appraisal.never-back" in codes(found)


def test_what_is_saved_beside_money() -> None:
    coal = only(option("a", {"coal": 0.1}))
    assert coal.energy == pytest.approx(100_000 * 0.1 * 25e6)
    other = 10 * 28 + 2 * 265  # CH4 and N2O per TJ
    assert coal.ghg == pytest.approx([0.25 * (f + other) for f in (90_000, 100_000, 110_000)])
    power = only(option("b", {"electricity": 0.5}))
    assert power.energy == pytest.approx(1.8e11)
    assert power.ghg == pytest.approx([50_000 * 0.216] * 3)
    mixed = only(option("c", {"water": 0.3, "fabric": 0.02}))
    assert (mixed.water, mixed.material) == (pytest.approx(30), pytest.approx(2000))  # type: ignore[comparison-overlap]
    assert mixed.ghg is None
    assert mixed.energy is None


def test_the_ghg_range_follows_the_range_of_the_saving() -> None:
    saving = StreamSaving("electricity", Range(0.1, 0.2, 0.4), 1000, 3.6e11, "J")
    found = only(option("a", savings=(saving,)))
    assert found.ghg == pytest.approx([216 * s * 100 for s in (0.1, 0.2, 0.4)])


def test_a_part_of_the_saving_is_not_given_as_the_whole() -> None:
    unmeasured = StreamSaving("electricity", exact(0.1), 1000, None, "J")
    coal = StreamSaving("coal", exact(0.1), 1000, 100_000.0, "kg")
    found = only(option("a", savings=(coal, unmeasured)))
    assert (found.energy, found.ghg) == (None, None)


def test_energy_without_an_emission_factor_is_named() -> None:
    wood = StreamSaving("wood", exact(0.1), 1000, 1000.0, "kg")
    place = plant()
    case = place.case.model_dump(mode="json", by_alias=True)
    case["materials"].append({"id": "wood", "name": {"en": "wood"}, "kind": "wood_fuel", "category": "energy"})
    case["streams"].append({"id": "wood", "from": "purchase", "to": "house", "material": "wood"})
    found = appraise(Plant(Case.model_validate(case)), Proposals((option("a", savings=(wood,)),), {}), KNOWN)
    said = next(f for f in found.findings if f.code == "appraisal.no-emission-factor")
    assert dict(said.facts) == {"options": "a", "materials": "wood"}
    assert found.items[0].ghg is None


def test_a_stream_that_is_not_in_the_case_counts_for_money_only() -> None:
    found = only(option("a", savings=(StreamSaving("unexplained:house", exact(0.5), 100, None, "kg"),)))
    assert (found.energy, found.water, found.material, found.ghg) == (None, None, None, None)
    assert found.cashflow[1] == 50


def test_tax_is_off_unless_asked_for() -> None:
    found = run(option("a", {"coal": 0.16}, 500, life=5), tax_rate=20)
    assert found.items[0].cashflow[1:] == (148,) * 5  # (160 - 100) 0.8 + 100
    assert found.items[0].convention.tax == "post"
    assert "appraisal.tax-straight-line" in codes(found)
    assert only(option("a", {"coal": 0.16}, 500, life=5)).convention.tax == "pre"
