"""A whole plant: prices, lost factors, intensities, measures, and the stated figures of its case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from namsai.balance.model import Balance
from namsai.findings import Finding
from namsai.indicators.model import BenchmarkPosition, Indicators
from namsai.knowhow.model import Range
from namsai.plant.amounts import Plant
from namsai.plausibility import plant as check
from tests.hotspots.plants import balance, case, costs, indicators
from tests.options.small import knowhow, ranges

KNOWN = knowhow(ranges=ranges())


def found(profile: Indicators | None = None, **more: Any) -> list[Finding]:
    plant = Plant(case(**more))
    return check(plant, balance(plant), costs(), profile or indicators(), KNOWN)


def slugs(**more: Any) -> list[str]:
    quiet = ("prices-not-checked",)
    return [s for f in found(**more) if (s := f.code.partition(".")[2]) not in quiet]


def materials(**prices: tuple[float, str, str]) -> list[dict[str, Any]]:
    """Return the materials with prices: amount, currency, per."""
    out = []
    for m in case().materials:
        row = m.model_dump(exclude_none=True)
        if m.id in prices:
            amount, currency, per = prices[m.id]
            row["price"] = {"amount": amount, "currency": currency, "per": per, "date": "2024-06-30"}
        out.append(row)
    return out


def test_the_factory_itself_is_plausible() -> None:
    assert slugs() == []


def test_prices_in_range_and_out_of_it() -> None:
    assert slugs(materials=materials(power=(1_250, "LAK", "kWh"), water=(2_500, "LAK", "m3"))) == []
    assert slugs(materials=materials(power=(1.25, "LAK", "kWh"))) == ["price-factor"]
    assert slugs(materials=materials(power=(1_250_000, "LAK", "MWh"))) == []
    assert slugs(materials=materials(power=(5_000, "LAK", "kWh"))) == ["price"]
    flagged = next(f for f in found(materials=materials(power=(5_000, "LAK", "kWh"))) if f.code == "plausibility.price")
    assert flagged.where.path == "materials/power/price"


def test_what_could_not_be_checked_is_said() -> None:
    note = next(f for f in found(materials=materials(coal=(1_800, "LAK", "kg"))) if f.code.endswith("not-checked"))
    assert note.facts["materials"] == "fabric, coal"


def closed(**changed: float) -> tuple[Plant, Balance]:
    """Return a cutting room whose balance closes, with some measured amounts [kg] changed."""
    amounts = {"a": 100.0, "b": 85.0, "c": 15.0} | changed
    kg = {"unit": "kg", "source": "weighed"}
    streams = [
        {"id": "a", "from": "purchase", "to": "cut", "material": "fabric", "amount": {"value": amounts["a"], **kg}},
        {"id": "b", "from": "cut", "to": "sale", "material": "shirt", "amount": {"value": amounts["b"], **kg}},
        {"id": "c", "from": "cut", "to": "waste", "material": "offcut", "amount": {"value": amounts["c"], **kg}},
    ]
    plant = Plant(case(streams=streams, processes=[{"id": "cut", "name": {"en": "cut"}, "kind": "cutting"}], lines=[]))
    return plant, balance(plant)


@pytest.mark.parametrize(
    ("changed", "stream", "factor"),
    [({"a": 0.1}, "a", 1000), ({"b": 85_000.0}, "b", 1000), ({"c": 15e6}, "c", 1_000_000), ({"b": 0.085}, "b", 1000)],
)
def test_a_lost_thousand_is_found_by_the_balance(changed: dict[str, float], stream: str, factor: int) -> None:
    plant, measured = closed(**changed)
    flagged = [
        f for f in check(plant, measured, costs(uses=()), indicators(), KNOWN) if f.code.endswith("stream-factor")
    ]
    assert [(f.facts["stream"], f.facts["factor"]) for f in flagged] == [(stream, factor)]


@pytest.mark.parametrize("changed", [{}, {"a": 104.0}, {"a": 60.0}, {"c": 0.0}])
def test_an_ordinary_gap_is_no_lost_thousand(changed: dict[str, float]) -> None:
    plant, measured = closed(**changed)
    codes = [f.code for f in check(plant, measured, costs(uses=()), indicators(), KNOWN)]
    assert not [c for c in codes if "stream" in c]


def test_outlier_where_the_balance_is_open() -> None:
    plant, measured = closed(c=15_000_000.0)
    rows = tuple(replace(s, measured=None) if s.id == "x" else s for s in measured.streams)
    extra = replace(rows[0], id="d", measured=None, value=None)
    flagged = check(plant, replace(measured, streams=(*rows, extra)), costs(uses=()), indicators(), KNOWN)
    assert [f.facts["stream"] for f in flagged if f.code.endswith("stream-outlier")] == ["c"]


@pytest.mark.parametrize(
    ("value", "poor", "slug"),
    [
        (20.0, 7.0, None),
        (22.0, 7.0, "plant-intensity"),
        (1.0, 7.0, "plant-intensity"),
        (30.0, None, "plant-intensity-typical"),
    ],
)
def test_intensity_is_asked_about_beyond_three_times(value: float, poor: float | None, slug: str | None) -> None:
    best = 4.0 if poor else None
    position = BenchmarkPosition("water", value, "hl/hl", "B1", best, 5.5, poor, "R", "S", "poor")
    profile = replace(indicators(), benchmarks=(position,))
    assert [f.code.partition(".")[2] for f in found(profile) if "intensity" in f.code] == ([slug] if slug else [])


def measures(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"id": f"M{n}", "name": {"en": "idea"}, "technique": "process_control", **row} for n, row in enumerate(rows, 1)
    ]


def test_measures_above_what_was_ever_seen() -> None:
    power = {"stream": "s-power"}
    assert slugs(measures=measures(power | {"saving_low": 3, "saving_high": 7})) == []
    assert slugs(measures=measures(power | {"saving_low": 3, "saving_high": 9})) == ["measure-above-seen"]
    assert slugs(measures=measures(*[power | {"saving_high": 7}] * 4)) == ["measures-above-seen"]  # 1 - 0.93^4 = 25.2 %
    assert slugs(measures=measures(*[power | {"saving_high": 7}] * 3)) == []
    assert slugs(measures=measures({"stream": "s-coal", "saving_high": 50})) == ["measure-above-portfolio"]
    assert slugs(measures=measures({"stream": "s-offcut", "saving_high": 90})) == []


def test_measure_above_its_stream_and_above_all_costs() -> None:
    more = {"stream": "s-coal", "saving_amount": {"value": 60, "unit": "t", "source": "estimated"}}
    assert "measure-above-stream" in slugs(measures=measures(more))
    money = {"saving_money": {"amount": 1e11, "currency": "LAK"}}
    assert slugs(measures=measures(money)) == ["measure-above-cost"]
    quick = {"saving_money": {"amount": 1e9, "currency": "LAK"}, "investment": {"amount": 1e7, "currency": "LAK"}}
    assert slugs(measures=measures(quick)) == ["measure-very-short"]


def test_the_claims_of_the_case_are_checked_with_its_sector() -> None:
    power = {"about": "bill", "year": 2009}
    stated = [
        {"id": "c1", "role": "quantity.electricity", "value": 1000, "unit": "kWh", **power},
        {"id": "c2", "role": "money.electricity", "value": 1.95e6, "unit": "VND", "currency": "VND", **power},
    ]
    assert slugs(claims=stated) == ["implied-price"]
    hotel = {"name": {"en": "Hotel"}, "sector": "services"}
    assert slugs(claims=stated, enterprise=hotel) == []


def test_no_ranges_no_flags() -> None:
    plant = Plant(case(materials=materials(power=(5_000, "LAK", "kWh"))))
    codes = [f.code for f in check(plant, balance(plant), costs(), indicators(), knowhow())]
    assert codes == ["plausibility.prices-not-checked"]


def test_density_lets_a_price_per_litre_meet_a_range_per_kilogram() -> None:
    diesel = Range("price", "dye", "LAK/kg", 20_000, 30_000, "S", "R", "", "", "")
    rows = materials(dye=(25_000, "LAK", "kg"))
    for row in rows:
        if row["id"] == "dye":
            row |= {"density": 500.0, "price": {"amount": 12.5, "currency": "LAK", "per": "l"}}
    plant = Plant(case(materials=rows))
    result = check(plant, balance(plant), costs(), indicators(), knowhow(ranges=[diesel]))
    assert [f.facts["price"] for f in result if f.code == "plausibility.price-factor"] == [pytest.approx(25.0)]
