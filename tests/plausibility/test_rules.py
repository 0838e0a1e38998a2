"""Each rule at its edges: what it flags, what rounding explains, what it leaves alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namsai import plausibility
from namsai.findings import Severity
from namsai.knowhow import load
from namsai.knowhow.model import Benchmark, Range
from namsai.plant.records import Claim
from namsai.plausibility import ROLES, RULES, claims
from namsai.plausibility.known_ranges import seen
from namsai.plausibility.stated import half_step, power_of_ten
from namsai.texts import room_texts
from tests.options.small import knowhow, ranges
from tests.plausibility.published import claims as rows

KNOWN = knowhow(ranges=ranges())


def slugs(*given_rows: tuple[str, float, str], year: int | None = None, sector: str = "") -> list[str]:
    found = claims(rows("it", "test", *given_rows, year=year), KNOWN, sector=sector)
    return [f.code.partition(".")[2] for f in found]


# ---- sums ----------------------------------------------------------------------------------------------------------


def test_total_below_its_parts_and_above_them() -> None:
    assert slugs(("total", 100, "t"), ("part.a", 60, "t"), ("part.b", 70, "t")) == ["sum-of-parts"]
    assert slugs(("total", 200, "t"), ("part.a", 60, "t"), ("part.b", 71, "t")) == ["sum-of-parts"]


def test_an_incomplete_list_may_stay_below_the_total_but_not_above() -> None:
    assert slugs(("total", 200, "t"), ("some_part.a", 60, "t"), ("some_part.b", 71, "t")) == []
    assert slugs(("total", 100, "t"), ("some_part.a", 60, "t"), ("some_part.b", 71, "t")) == ["sum-of-parts"]


def test_rounding_explains_a_small_difference_but_counts_must_agree() -> None:
    assert slugs(("total", 130, "t"), ("part.a", 61.4, "t"), ("part.b", 70.9, "t")) == []
    assert slugs(("total", 160, "firms"), ("part.a", 128, "firms"), ("part.b", 33, "firms")) == ["sum-of-parts"]
    assert slugs(("total", 161, "firms"), ("part.a", 128, "firms"), ("part.b", 33, "firms")) == []


def test_parts_in_other_units_are_converted() -> None:
    assert slugs(("total", 1.5, "t"), ("part.a", 700, "kg"), ("part.b", 800, "kg")) == []


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=8))
def test_a_true_sum_is_never_flagged(parts: list[int]) -> None:
    given_rows = [("total", float(sum(parts)), "kg"), *((f"part.p{n}", float(p), "kg") for n, p in enumerate(parts))]
    assert slugs(*given_rows) == []


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=8), st.floats(1.5, 100))
def test_a_total_far_off_is_always_flagged(parts: list[int], times: float) -> None:
    total = float(round(sum(parts) * 10 * times))
    given_rows = [("total", total, "kg"), *((f"part.p{n}", float(p), "kg") for n, p in enumerate(parts))]
    assert slugs(*given_rows) == ["sum-of-parts"]


# ---- prices --------------------------------------------------------------------------------------------------------


def test_price_with_a_lost_thousand_is_named_as_such() -> None:
    assert slugs(("quantity.electricity", 144, "kWh"), ("money.electricity", 127e6, "VND"), year=2008) == [
        "implied-price-factor"
    ]


def test_price_of_another_year_or_currency_is_not_checked() -> None:
    both = (("quantity.electricity", 30_000, "kWh"), ("money.electricity", 57e6, "VND"))
    assert slugs(*both, year=2018) == []
    assert slugs(("quantity.electricity", 30_000, "kWh"), ("money.electricity", 57e6, "THB"), year=2007) == []


def test_ranges_of_the_sector_come_first() -> None:
    both = (("quantity.electricity", 1_000, "kWh"), ("money.electricity", 1.95e6, "VND"))
    assert slugs(*both, year=2009, sector="services") == []
    assert slugs(*both, year=2009, sector="wood") == ["implied-price"]


def test_stated_price_against_bill_and_range() -> None:
    bill = (("quantity.electricity", 1_000, "kWh"), ("money.electricity", 0.9e6, "VND"))
    assert slugs(*bill, ("price.electricity", 900, "VND"), year=2008) == []

    def stated(value: float) -> list[str]:
        price = Claim(
            id="p",
            about="it",
            role="price.electricity",
            value=value,
            unit="VND/kWh",
            currency="VND",
            year=2008,
            ref="test",
        )
        return [f.code.partition(".")[2] for f in claims([*rows("it", "test", *bill, year=2008), price], KNOWN)]

    assert stated(900) == []
    assert stated(1_000) == ["price-contradicts"]
    assert stated(900_000) == ["implied-price-factor", "price-contradicts"]


def test_two_prices_in_one_text() -> None:
    given_rows = [("quantity.steam.a", 10, "t"), ("money.steam.a", 100, "THB"), ("quantity.steam.b", 10, "t")]
    assert slugs(*given_rows, ("money.steam.b", 120, "THB")) == []
    assert slugs(*given_rows, ("money.steam.b", 190, "THB")) == ["prices-differ"]


def test_recalled_range_gives_a_note_only() -> None:
    recalled = Range("price", "coal", "THB/t", 1000, 2000, "S", "K", "", "", "")
    found = claims(
        rows("it", "t", ("quantity.coal", 1, "t"), ("money.coal", 90_000, "THB"), year=2020), knowhow(ranges=[recalled])
    )
    assert [f.severity for f in found] == [Severity.NOTE]


def test_usable_ranges_come_before_recalled_ones() -> None:
    both = [
        Range("price", "coal", "THB/t", 1, 9e9, "S", "K", "", "", ""),
        Range("price", "coal", "THB/t", 10, 20, "S", "R", "", "", ""),
    ]
    found = seen(knowhow(ranges=both), "price", "coal", 2020)
    assert found is not None
    assert (found.high, found.sure) == (30.0, True)


# ---- the others ----------------------------------------------------------------------------------------------------


def test_emission_factor_of_coal_and_of_a_grid() -> None:
    assert slugs(("energy_saved.coal", 1_000, "kWh"), ("ghg_avoided.coal", 340, "kg")) == []
    assert slugs(("energy_saved.coal", 1_000, "kWh"), ("ghg_avoided.coal", 0.9, "t")) == ["implied-emission-factor"]
    assert slugs(("energy_used.electricity", 1, "MWh"), ("ghg_emitted", 0.2, "t")) == []


def test_capacity() -> None:
    assert slugs(("production", 108, "t/yr"), ("capacity", 100, "t/yr")) == []
    assert slugs(("production", 10, "t/month"), ("capacity", 100, "t/yr")) == ["above-capacity"]


def test_shares_of_different_bases_are_not_compared() -> None:
    given_rows = [("share.tapioca", 2, "%"), ("money.tapioca", 189e6, "VND"), ("share.water", 7.1, "%")]
    assert slugs(*given_rows, ("money.water", 2e6, "VND"), year=2007) == []
    assert slugs(("share.water", 107, "%")) == ["share-above-100"]


def test_payback() -> None:
    money = (("investment", 139_000, "USD"), ("saving", 91_000, "USD/yr"))
    assert slugs(*money, ("payback_low", 0.33, "yr"), ("payback_high", 3, "yr")) == []
    assert slugs(*money, ("payback", 18, "month")) == []
    assert slugs(*money, ("payback", 3, "yr")) == ["payback-contradicts"]
    assert slugs(("investment", 139_000, "USD"), ("saving", 7_583, "USD/month"), ("payback", 1.53, "yr")) == []


def test_low_cost_needs_the_label() -> None:
    money = (("investment", 10.9e6, "USD"), ("saving", 1e6, "USD/yr"))
    assert slugs(*money) == []
    assert slugs(*money, ("low_cost", 1, "1")) == ["low-cost-slow"]


def test_worth_that_fits_together_is_left_alone() -> None:
    assert slugs(("bc_ratio", 1.31, "1"), ("npv", 2.4e6, "THB"), ("irr", 21.3, "%"), ("discount_rate", 8, "%")) == []
    assert slugs(("bc_ratio", 0.9, "1"), ("npv", -2.4e6, "THB"), ("irr", 4, "%"), ("discount_rate", 8, "%")) == []
    assert slugs(("bc_ratio", 0.9, "1"), ("npv", 2.4e6, "THB")) == ["worth-identity"]
    assert slugs(("npv", 2.4e6, "THB"), ("irr", 4, "%"), ("discount_rate", 8, "%")) == ["irr-npv"]


def test_same_figure() -> None:
    assert slugs(("same.w", 5, "t"), ("same.w", 5_000, "kg")) == []
    assert slugs(("same.w", 38, "%"), ("same.w", 37.6, "%")) == []
    assert slugs(("same.w", 5, "t"), ("same.w", 5, "m3")) == ["unit-differs"]
    assert slugs(("same.w", 5, "t"), ("same.x", 9, "t")) == []


def test_trivial_beside_the_use() -> None:
    assert slugs(("use.electricity", 4, "GWh/yr"), ("energy_saved.electricity", 156, "kWh/yr")) == ["trivial"]
    assert slugs(("use.electricity", 4, "GWh/yr"), ("energy_saved.electricity", 156_000, "kWh/yr")) == []


def test_above_what_was_ever_seen() -> None:
    assert slugs(("option_saving.electricity", 7, "%"), ("portfolio_saving.electricity", 21, "%")) == []
    assert slugs(("option_saving.electricity", 7.5, "%")) == ["above-seen-option"]
    assert slugs(("portfolio_saving.electricity", 22, "%")) == ["above-seen-portfolio"]
    assert slugs(("portfolio_saving.coal", 26, "%")) == ["above-seen-portfolio"]
    assert slugs(("option_saving.coal", 26, "%")) == ["above-seen-portfolio"]
    assert slugs(("portfolio_saving.water", 90, "%")) == []  # nothing known, nothing flagged


def test_intensity_against_benchmarks() -> None:
    beer = Benchmark(
        "B1", "brewery", "site", "beer", "water use", "hl/hl", 4.0, 5.5, 7.0, "", "S", "2007", "R", "water"
    )
    known = knowhow(benchmarks=[beer])

    def found(value: float, unit: str) -> list[str]:
        return [f.code for f in claims(rows("TBL", "t", ("intensity.water.beer", value, unit)), known)]

    assert found(3.2, "hl/hl") == []
    assert found(20, "hl/hl") == []
    assert found(22, "hl/hl") == ["plausibility.intensity"]
    assert found(3.2, "hl/l") == ["plausibility.intensity"]
    assert found(3.2, "kWh/hl") == []


def test_series() -> None:
    def series(*values: float) -> list[str]:
        months = ("2023-01", "2023-05", "2023-09", "2024-01")
        return slugs(*((f"rate_series.{m}", v, "LAK/USD") for m, v in zip(months, values, strict=False)))

    assert series(17_000, 18_000, 20_000, 20_500) == []
    assert series(17_000, 8_000, 18_000) == ["series-spike"]
    assert series(8_000, 17_000, 18_000) == ["series-jump"]


def test_two_rates_of_two_years_that_were_both_seen_are_left_alone() -> None:
    one, two = (("amount_local.a", 9.5e6, "LAK"), ("amount_foreign.a", 1_000, "USD"))
    found = claims(
        [
            *rows("it", "t", one, two, year=2021),
            *rows("it", "t", ("amount_local.b", 21e6, "LAK"), ("amount_foreign.b", 1_000, "USD"), year=2022),
        ],
        KNOWN,
    )
    assert [f.code for f in found] == ["plausibility.rates-differ"]  # nothing is known of 2022: ask
    found = claims(
        [
            *rows("it", "t", ("amount_local.a", 20e6, "LAK"), two, year=2023),
            *rows("it", "t", ("amount_local.b", 23.9e6, "LAK"), ("amount_foreign.b", 1_000, "USD"), year=2024),
        ],
        KNOWN,
    )
    assert found == []


def test_unknown_role_is_said_unless_it_names_a_result() -> None:
    claim = Claim(id="a", about="it", role="guess", value=1, unit="t")
    assert [f.code for f in claims([claim], KNOWN)] == ["plausibility.unknown-role"]
    assert claims([claim.model_copy(update={"path": "costs/total"})], KNOWN) == []


def test_zero_and_negative_values_stop_nothing() -> None:
    given_rows = [(f"{word}.electricity", value, "kWh") for word in ROLES for value in (0.0, -5.0)]
    assert isinstance(slugs(*given_rows, year=2008), list)
    money = [(f"{word}.electricity", value, "VND") for word in ROLES for value in (0.0, -5.0)]
    assert isinstance(slugs(*given_rows, *money, year=2008), list)


@pytest.mark.parametrize(("value", "step"), [(4.8, 0.05), (75.0, 0.5), (1500.0, 50.0), (0.0, 0.5), (2.085e9, 5e5)])
def test_half_of_the_last_printed_digit(value: float, step: float) -> None:
    assert half_step(value) == pytest.approx(step)


@pytest.mark.parametrize(
    ("ratio", "power"), [(1000, 1000), (0.001, 1000), (95, 100), (3, None), (0, None), (1.1e6, 10**6)]
)
def test_power_of_ten(ratio: float, power: int | None) -> None:
    assert power_of_ten(ratio) == power


def test_tables_are_whole() -> None:
    assert {role for rule in RULES for role in rule.roles} <= set(ROLES)
    assert len({rule.name for rule in RULES}) == len(RULES)
    for slug, entry in room_texts("plausibility").items():
        if slug != "_":
            assert set(entry) == {"en", "lo", "fix_en", "fix_lo"}, slug
    assert all(role.lo and role.en for role in ROLES.values())


def test_the_shipped_know_how_holds_the_ranges() -> None:
    """The rows of the tests are those of the know-how: the product flags the fifteen errors too."""
    shipped = {(r.kind, r.flow, r.unit, r.valid_from): (r.low, r.high, r.evidence) for r in load().ranges}
    for row in ranges():
        assert shipped[row.kind, row.flow, row.unit, row.valid_from] == (row.low, row.high, row.evidence)


def test_every_finding_of_the_code_has_a_text_and_every_text_a_finding() -> None:
    folder = Path(plausibility.__file__).parent
    code = "\n".join(p.read_text(encoding="utf-8") for p in folder.glob("*.py"))
    used = {s for s in room_texts("plausibility") if s != "_" and re.search(rf'["./]{re.escape(s)}"', code)}
    unused = set(room_texts("plausibility")) - used - {"_"}
    assert unused == {"above-seen-option", "plant-intensity-typical"} & unused
    written = set(re.findall(r'finding\(\s*"([a-z-]+)"', code)) | set(re.findall(r'"plausibility\.([a-z-]+)"', code))
    assert written <= set(room_texts("plausibility"))
