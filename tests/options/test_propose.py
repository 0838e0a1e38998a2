"""From losses to options: what fits, how much it saves, in which order, and why in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from namsai.hotspots import CONCERNS, HotSpot, hotspots
from namsai.knowhow.model import Option
from namsai.options import Proposal, Proposals, Range, propose, reason_text
from namsai.options.order import arrange
from namsai.plant.amounts import Plant
from namsai.plant.fields import Text
from namsai.texts import room_texts, text
from tests.hotspots.plants import balance, case, costs, indicators, work
from tests.options.small import knowhow, option

YEARS = 366 / 365.25
FABRIC = option("GAR-A", "cutting", ("fabric",), saving_low=3.5, saving_high=4.8, payback_low=0.1, payback_high=1.7)


def run(*options: Option, table: Any = None, **more: Any) -> Proposals:
    plant = Plant(case(**more))
    known = knowhow(options=options)
    table = table or costs()
    spots = hotspots(plant, balance(plant), table, work(), indicators(), known)
    return propose(plant, table, work(), spots, known)


def one(found: Proposals, id: str) -> Proposal:
    return next(p for p in found.items if p.id == id)


def test_fabric_option_with_range_reason_and_investment() -> None:
    item = one(run(FABRIC), "GAR-A")
    bought = 8_000_000_000 / YEARS
    assert item.calculated
    assert item.subject == "stream:s-offcut"
    assert item.saving is not None
    assert item.saving.low == pytest.approx(0.035 * bought)
    assert item.saving.high == pytest.approx(0.048 * bought)
    assert item.saving.mid == pytest.approx(0.0415 * bought)
    assert item.investment is not None
    assert item.investment.low == pytest.approx(0.1 * item.saving.mid)
    assert item.investment.high == pytest.approx(1.7 * item.saving.mid)
    assert item.details["payback_kind"] == "group_statistic"
    english, lao = reason_text(item, "en"), reason_text(item, "lo")
    assert english == "because 1.3 billion kip a year is lost with fabric off-cuts in cutting room"
    assert lao == "ຍ້ອນວ່າ ເສດຜ້າ ເຮັດໃຫ້ເສຍເງິນ 1,3 ຕື້ກີບ ຕໍ່ປີ ຢູ່ ຫ້ອງຕັດ"


def test_a_retired_option_is_not_proposed() -> None:
    other = replace(FABRIC, id="GAR-B", review_status="retired")
    assert [p.id for p in run(FABRIC, other).items if p.id in ("GAR-A", "GAR-B")] == ["GAR-A"]


def test_saving_above_the_loss_is_not_calculated() -> None:
    item = one(run(replace(FABRIC, saving_low=10.0, saving_high=20.0)), "GAR-A")
    assert (item.calculated, item.why_not) == (False, "options.why-above-loss")


def test_no_outlay_by_definition() -> None:
    item = one(run(replace(FABRIC, evidence_payback="D", payback_low=0.0, payback_high=0.0)), "GAR-A")
    assert item.investment is not None
    assert item.investment.high == 0


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"evidence_saving": "N", "saving_low": None, "saving_high": None}, "options.why-no-number"),
        ({"evidence_saving": "X", "saving_low": None, "saving_high": None}, "options.why-heuristic"),
        ({"evidence_saving": "K"}, "options.why-recalled"),
        ({"saving_kind": "indicator_not_a_saving"}, "options.why-other-kind"),
        ({"saving_low": None}, "options.why-upper-bound"),
        ({"saving_basis": "% of fossil fuel replaced"}, "options.why-no-base"),
    ],
)
def test_numbers_that_may_not_calculate(change: dict[str, Any], why: str) -> None:
    item = one(run(replace(FABRIC, **change)), "GAR-A")
    assert (item.calculated, item.saving, item.why_not) == (False, None, why)
    assert len(text(item.why_not, "lo")) > 10


def test_recalled_saving_calculates_once_a_reviewer_is_named() -> None:
    assert one(run(replace(FABRIC, evidence_saving="K", reviewer="B. Souk")), "GAR-A").calculated


def test_unknown_payback_leaves_the_investment_open() -> None:
    for evidence in ("K", "X", "N"):
        assert one(run(replace(FABRIC, evidence_payback=evidence)), "GAR-A").investment is None


def test_lighting_share_is_never_taken_of_the_whole_bill() -> None:
    light = option(
        "UTI-L", "lighting", ("electricity",), sector="cross_cutting", saving_basis="% of lighting electricity"
    )
    assert not [p for p in run(light).items if p.calculated]
    lamps = {"id": "E1", "name": {"en": "lamps"}, "kind": "lighting", "process": "sew", "number": 100, "power": 0.05}
    item = one(run(light, equipment=[lamps | {"hours": 2_000}]), "UTI-L")
    assert item.saving is not None
    assert item.saving.high == pytest.approx(0.06 * 0.2 * 60_000_000 / YEARS, rel=1e-4)  # 10 of 50 MWh are lighting


def test_boiler_option_takes_the_fuel_of_the_boiler() -> None:
    tune = option("UTI-B", "boiler", ("fuel",), sector="cross_cutting", saving_low=2.4, saving_high=2.5)
    item = one(run(tune), "UTI-B")
    assert [s.stream for s in item.savings] == ["s-coal"]
    assert item.subject == "use:s-coal"


def test_wrong_sector_or_process_is_not_proposed() -> None:
    brewery = option("FOO-A", "brewery", ("water",), sector="food_beverage")
    printing = option("GAR-P", "printing", ("fabric",))
    assert run(brewery, printing).items == ()


def test_textile_option_for_a_wet_process_that_the_plant_has() -> None:
    wet = option("TEX-W", "washing", ("water",), sector="textile", saving_low=40.0, saving_high=50.0)
    assert one(run(wet), "TEX-W").savings[0].stream == "s-water"


def test_labour_answers_its_line_and_saves_other_money() -> None:
    item = one(run(option("GAR-W", "sewing", ("labour",), saving_low=10.0, saving_high=20.0)), "GAR-W")
    assert (item.subject, item.savings) == ("line:L1", ())
    assert item.other_saving is not None
    assert item.other_saving.high == pytest.approx(0.2 * 400_000_000 / YEARS)
    assert reason_text(item, "en").endswith("in line 1")


def test_hazard_answers_with_its_statements() -> None:
    found = run(
        option("UTI-C", "chemicals", ("toxicity",), sector="cross_cutting", evidence_saving="N", saving_low=None)
    )
    item = found.items[0]
    assert item.reason == "options.because-hazard"
    assert "H350" in reason_text(item, "lo")


# ---- order ---------------------------------------------------------------------------------------------------------


def electric(count: int) -> list[Option]:
    return [
        option(f"ELE-{n:02}", "sewing", ("electricity",), saving_low=20.0, saving_high=30.0 + n, evidence_payback="D")
        for n in range(count)
    ]


OTHERS = (
    FABRIC,
    option("GAR-N", "cutting", ("solid_waste",), evidence_saving="N", saving_low=None, saving_high=None),
    option("UTI-B", "boiler", ("fuel",), sector="cross_cutting", saving_low=2.0, saving_high=3.0),
    option("GAR-V", "washing", ("water",), saving_low=5.0, saving_high=6.0),
    option("GAR-D", "washing", ("dye",), evidence_saving="X", saving_low=None, saving_high=None),
    option("GAR-L", "sewing", ("labour",), evidence_saving="N", saving_low=None, saving_high=None),
    option("GAR-S", "washing", ("waste_water",), evidence_saving="N", saving_low=None, saving_high=None),
    option("UTI-T", "chemicals", ("toxicity",), sector="cross_cutting", evidence_saving="N", saving_low=None),
)


@pytest.mark.parametrize("count", [1, 5, 40])
def test_every_concern_is_answered_before_a_second_electricity_option(count: int) -> None:
    plant = Plant(case())
    known = knowhow(options=(*electric(count), *OTHERS))
    spots = hotspots(plant, balance(plant), costs(), work(), indicators(), known)
    items = propose(plant, costs(), work(), spots, known).items
    listed = [n for n, p in enumerate(items) if p.id.startswith("ELE")]
    before = items[: listed[1]] if count > 1 else items
    answered = {p.subject for p in before}
    tops = {s.subject for c in CONCERNS for s in spots if s.concern == c and s.rank == 1}
    assert tops <= answered
    assert items[0].id == "GAR-A"  # most money first


def test_second_electricity_answer_waits_until_the_other_concerns_had_theirs() -> None:
    def spot(concern: str, subject: str, flow: str, money: int) -> HotSpot:
        return HotSpot(concern, 1, subject, "p", "m", flow, 1.0, "J", money, None)

    def item(id: str, subject: str, flow: str, calculated: bool) -> Proposal:
        saving = Range(1.0, 2.0, 3.0) if calculated else None
        blank: dict[str, Any] = {"title": Text(en=id), "technique": "process_control", "origin": "knowhow"}
        blank |= {"knowhow_id": id, "process": "p", "reason": "options.because-own", "reason_facts": {}}
        return Proposal(id=id, subject=subject, flow=flow, saving=saving, calculated=calculated, **blank)

    spots = [
        spot("money", "use:e1", "electricity", 900),
        spot("energy", "use:e2", "electricity", 800),
        replace(spot("money", "use:e2", "electricity", 800), rank=2),
        spot("money", "use:w", "water", 5),
        spot("water", "use:w", "water", 5),
    ]
    items = [item("e1", "use:e1", "electricity", True), item("e2", "use:e2", "electricity", True)]
    items.append(item("w", "use:w", "water", False))
    order = [p.id for p in arrange(items, spots, lambda p: p.flow == "electricity")]
    assert order == ["e1", "w", "e2"]


def test_without_number_come_after_and_are_few() -> None:
    many = [
        option(f"GAR-N{n}", "cutting", ("fabric",), evidence_saving="N", saving_low=None, saving_high=None)
        for n in range(9)
    ]
    items = run(FABRIC, *many).items
    assert [p.calculated for p in items] == [True, False, False, False]


def test_worst_place_without_any_option_is_said() -> None:
    found = run(FABRIC)
    paths = {f.where.path for f in found.findings if f.code == "options.no-answer"}
    assert {"lines/L1", "streams/s-coal", "streams/s-glue"} <= paths
    assert "streams/s-offcut" not in paths


# ---- the assessor's own ---------------------------------------------------------------------------------------------


def measure(**more: Any) -> dict[str, Any]:
    return {"id": "M1", "name": {"en": "Own idea"}, "technique": "process_control"} | more


def test_own_measure_with_percent_of_a_loss() -> None:
    own = measure(stream="s-offcut", saving_low=20, saving_high=40, investment={"amount": 9e7, "currency": "LAK"})
    item = one(run(measures=[own]), "M1")
    assert item.saving is not None
    assert item.saving.mid == pytest.approx(0.3 * 1_205_000_000 / YEARS)  # material and disposal, not machines
    assert (item.origin, item.subject, item.evidence_saving) == ("case", "stream:s-offcut", "M")
    assert item.investment is not None
    assert item.investment.mid == 9e7


def test_own_measure_with_amount_and_foreign_money() -> None:
    own = measure(
        stream="s-coal",
        saving_amount={"value": 4, "unit": "t", "source": "weighed", "uncertainty": 10},
        saving_money={"amount": 100, "currency": "USD"},
        investment={"amount": 1_000, "currency": "USD"},
    )
    rates = [{"base": "USD", "quote": "LAK", "rate": 21_900, "date": "2024-10-01"}]
    item = one(run(measures=[own], rates=rates), "M1")
    assert item.savings[0].share.mid == pytest.approx(0.1)
    assert item.savings[0].share.low == pytest.approx(0.09)
    assert item.saving is not None
    assert item.saving.mid == pytest.approx(0.1 * 72_000_000 / YEARS + 2_190_000, rel=1e-6)
    assert item.investment is not None
    assert item.investment.mid == pytest.approx(21_900_000)


def test_money_without_a_rate_is_a_finding_not_a_zero() -> None:
    found = run(measures=[measure(saving_money={"amount": 100, "currency": "USD"}, process="sew")])
    assert {"costing.no-rate", "options.measure-without-saving"} <= {f.code for f in found.findings}
    assert not one(found, "M1").calculated


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ({"stream": "s-coal", "saving_amount": {"value": 400, "unit": "t", "source": "weighed"}}, "options.above-flow"),
        ({"stream": "s-coal", "saving_low": 9, "saving_high": 3}, "options.low-above-high"),
        ({"stream": "s-nowhere-cost", "saving_low": 3}, "options.no-stream-cost"),
        ({}, "options.measure-without-saving"),
    ],
)
def test_own_measure_that_cannot_be_calculated(own: dict[str, Any], code: str) -> None:
    more: dict[str, Any] = {}
    if own.get("stream") == "s-nowhere-cost":
        streams = [s.model_dump(by_alias=True, exclude_none=True) for s in case().streams]
        streams.append({"id": "s-nowhere-cost", "from": "cut", "to": "sew", "material": "fabric"})
        more["streams"] = streams
    found = run(measures=[measure(**own)], **more)
    assert code in [f.code for f in found.findings]
    assert not one(found, "M1").calculated


def test_own_measure_takes_the_place_of_the_knowhow_option() -> None:
    found = run(FABRIC, measures=[measure(option="GAR-A", stream="s-fabric", saving_low=2, saving_high=2)])
    assert [p.id for p in found.items] == ["M1"]
    item = found.items[0]
    assert item.saving is not None
    assert item.saving.mid == pytest.approx(0.02 * 8_000_000_000 / YEARS)


def test_measure_naming_an_option_without_own_figures_uses_the_evidence() -> None:
    item = one(run(FABRIC, measures=[measure(option="GAR-A", stream="s-fabric")]), "M1")
    assert item.calculated
    assert item.evidence_saving == "R"


def test_all_text_keys_stand_in_the_catalogue() -> None:
    texts = room_texts("options")
    for slug, entry in texts.items():
        if slug != "_":
            assert {"en", "lo"} <= set(entry), slug
    findings = ("low-above-high", "no-amount", "above-flow", "no-stream-cost", "measure-without-saving", "no-answer")
    for slug in findings:
        assert set(texts[slug]) == {"en", "lo", "fix_en", "fix_lo"}
