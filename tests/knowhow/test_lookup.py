"""Dated lookup, purpose, region, lineage, limits in force, ranges, rates, words, search."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namsai.findings import NamsaiError
from namsai.knowhow import Factor, load
from namsai.knowhow.dates import first_day, is_date, last_day, valid_on
from namsai.knowhow.lookup import find_factor
from namsai.knowhow.rows import bounds

KNOWHOW = load()
DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31)).map(date.isoformat)


def grid(purpose: str, on: str = "2026-11-24", region: str = "LA") -> Factor | None:
    return KNOWHOW.factor("grid", "electricity", on=on, region=region, purpose=purpose)


def test_the_grid_factor_is_only_given_for_a_purpose_and_differs_by_it() -> None:
    assert KNOWHOW.factor("grid_lao", "electricity", on="2026-11-24") is None
    average, marginal = grid("inventory"), grid("project")
    assert average is not None
    assert marginal is not None
    assert average.id == "F-158"  # Ember; the newer value of Electricity Maps (F-157) is for comparison only
    assert average.value == pytest.approx(0.23212)
    assert marginal.value == pytest.approx(1.069)
    assert (average.unit, marginal.unit) == ("kg CO2e/kWh", "kg CO2/kWh")


def test_the_value_valid_on_the_day_is_taken_and_none_is_invented() -> None:
    early, late = grid("inventory", on="2022-06-30"), grid("inventory", on="2024-01-01")
    assert early is not None
    assert late is not None
    assert (early.id, late.id) == ("F-310", "F-158")
    assert grid("inventory", on="2015-06-30") is None
    near = KNOWHOW.factor("grid", "electricity", on="2015-06-30", purpose="inventory", nearest=True)
    assert near is not None
    assert near.id == "F-310"


def test_an_unknown_region_gets_the_world_value() -> None:
    here = grid("inventory", region="TH")
    elsewhere = grid("inventory", region="FR")
    assert here is not None
    assert elsewhere is not None
    assert (here.region, elsewhere.region) == ("TH", "global")


def test_defaults_of_fuels_are_not_dated() -> None:
    for flow, value in (("diesel", 43.0), ("wood_fuel", 15.6), ("coal", 25.8), ("lpg", 47.3)):
        found = KNOWHOW.factor("fuel_ncv", flow, on="1999-01-01")
        assert found is not None
        assert (found.value, found.unit) == (value, "MJ/kg")  # IPCC 2006 vol. 2 table 1.2
    lignite = KNOWHOW.factor("fuel_ncv", "", on="2026-01-01", name="lignite")
    assert lignite is not None
    assert lignite.value == 11.9


def test_a_doubtful_or_missing_factor_is_not_given() -> None:
    diesel = KNOWHOW.factor("fuel_density", "diesel", on="2026-01-01")
    assert diesel is not None
    assert (diesel.id, diesel.value) == ("F-313", 0.84)  # not the 0.913 kg/l of F-099
    assert KNOWHOW.factor("fuel_ncv", "", on="2026-01-01", name="rice husk") is None


@given(DAYS, st.sampled_from([(f.category, f.flow) for f in KNOWHOW.factors if f.flow]), st.sampled_from(["LA", "TH"]))
def test_what_is_found_is_usable_valid_and_the_newest(day: str, what: tuple[str, str], region: str) -> None:
    for purpose in ("", "inventory", "project"):
        found = KNOWHOW.factor(*what, on=day, region=region, purpose=purpose)
        if found is None:
            continue
        assert found.usable
        assert found.purpose in ("", purpose)
        assert found.region in (region, "global")
        assert valid_on(found.valid_from, found.valid_to, day)
        rivals = [
            f
            for f in KNOWHOW.factors
            if (f.category, f.flow, f.region, f.purpose) == (*what, found.region, found.purpose)
            and f.usable
            and valid_on(f.valid_from, f.valid_to, day)
        ]
        assert first_day(found.valid_from) == max(first_day(f.valid_from) for f in rivals)


@given(DAYS)
def test_an_older_factor_never_hides_a_newer_one(day: str) -> None:
    one = KNOWHOW.factors[0]
    old = replace(one, id="old", valid_from="1980", value=1.0)
    new = replace(one, id="new", valid_from="2010", value=2.0)
    found = find_factor([new, old], one.category, one.flow, on=day, region="LA")
    assert found is not None
    assert found.id == ("new" if day >= "2010-01-01" else "old")


@pytest.mark.parametrize("day", ["2026", "24.11.2026", "2026-13-01", "today"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(NamsaiError, match="bad-day"):
        KNOWHOW.factor("fuel_ncv", "coal", on=day)


@given(DAYS)
def test_a_day_lies_within_its_own_year_and_month(day: str) -> None:
    for part in (day, day[:7], day[:4]):
        assert is_date(part)
        assert first_day(part) <= day <= last_day(part)
        assert valid_on(part, part, day)


def test_every_flow_leads_to_a_root() -> None:
    for key in KNOWHOW.flows:
        line = KNOWHOW.lineage(key)
        assert line[0] == key
        assert KNOWHOW.flows[line[-1]].parent is None
        assert all(KNOWHOW.is_a(key, up) for up in line)
    assert KNOWHOW.is_a("sludge", "solid_waste")
    assert not KNOWHOW.is_a("water", "waste_water")
    assert KNOWHOW.lineage("unheard-of") == ("unheard-of",)


def test_a_superseded_limit_is_in_force_only_until_its_last_day() -> None:
    before = {m.id for m in KNOWHOW.limits_on("VN", "2025-08-31")}
    after = {m.id for m in KNOWHOW.limits_on("VN", "2025-09-01")}
    assert before - after == {f"LIM-0{n}" for n in range(75, 81)}
    assert after - before == {"LIM-074"}  # QCVN 40:2025


def test_limits_have_bounds_where_they_are_numbers() -> None:
    by_id = {m.id: m for m in KNOWHOW.limits}
    assert (by_id["LIM-041"].low, by_id["LIM-041"].high) == (None, 120)  # Thai COD 120 mg/l
    assert (by_id["LIM-030"].low, by_id["LIM-030"].high) == (6.5, 8.5)  # pH
    assert (by_id["LIM-073"].low, by_id["LIM-073"].high) == (4.0, None)  # dissolved oxygen, a minimum
    assert (by_id["LIM-009"].low, by_id["LIM-009"].high) == (None, None)  # a gap
    assert bounds("", "max") == (None, None)


def test_ranges_are_those_of_the_flow_the_day_and_the_region() -> None:
    [found] = KNOWHOW.ranges_for("price", "coal", on="2008-06-30", region="VN")
    assert (found.low, found.unit) == (1_400_000, "VND/t")
    assert KNOWHOW.ranges_for("price", "coal", on="2020-06-30", region="VN") == ()
    wages = KNOWHOW.ranges_for("wage", "labour", on="2023-04-30")
    assert [r.low for r in wages] == [1_200_000]


def test_rates_are_dated_and_none_is_invented() -> None:
    official = KNOWHOW.rate("LAK", "USD", "2024-05-07")
    assert official is not None
    assert official.rate == 21391
    street = KNOWHOW.rate("LAK", "USD", "2024-05-07", kind="parallel")
    assert street is not None
    assert street.rate > official.rate
    assert KNOWHOW.rate("LAK", "USD", "2015-01-01") is None
    dong = KNOWHOW.rate("VND", "USD", "2008-06-30")
    assert dong is not None
    assert dong.rate == 16302.25
    yearly = KNOWHOW.rate("LAK", "USD", "2008-03-03")
    assert yearly is not None
    assert KNOWHOW.rate_day(yearly) == "2008-07-01"


def test_default_uncertainties_are_assumptions() -> None:
    given_ = {s: KNOWHOW.default_uncertainty(s).value for s in ("meter", "bill", "weighed", "counted")}
    assert given_ == {"meter": 2, "bill": 2, "weighed": 1, "counted": 1}
    assert KNOWHOW.default_uncertainty("estimated").value == 20
    assert not KNOWHOW.default_uncertainty("calculated").usable
    with pytest.raises(NamsaiError, match="no-such-record"):
        KNOWHOW.default_uncertainty("guessed")


def test_records_are_found_by_name() -> None:
    assert KNOWHOW.benchmark("BM-003").poor == 7
    found = KNOWHOW.source("EFDB:62753")
    assert found is not None
    assert found.key == "EFDB"
    assert KNOWHOW.source("MY-UNCLE") is None
    for call in (KNOWHOW.option, KNOWHOW.benchmark):
        with pytest.raises(NamsaiError, match="no-such-record"):
            call("X-1")


def test_words_come_in_the_language_and_else_in_english() -> None:
    assert KNOWHOW.label("flow", "water", "lo") == "ນ້ຳ"
    assert KNOWHOW.label("process", "cutting", "en") == "cutting"
    assert KNOWHOW.label("flow", "unheard-of", "lo") == "unheard-of"
    assert KNOWHOW.label("indicator", "unheard-of", "lo") == "unheard-of"


@pytest.mark.parametrize(
    ("text", "lang", "hit"),
    [
        ("fabric offcuts", "en", "GAR-001"),
        ("FABRIC   Offcuts", "en", "GAR-001"),
        ("hot flue gas", "en", "UTI-001"),
        ("boiler firewood", "en", "UTI-008"),
        ("uti-046", "en", "UTI-046"),
        ("insulaton", "en", "UTI-013"),  # spelt nearly right
        ("ເສດຜ້າ", "lo", "GAR-004"),
        ("ໜໍ້ຕົ້ມ", "lo", "UTI-001"),
        ("ນໍ້າ", "lo", "UTI-047"),  # water typed with a two-character am
    ],
)
def test_search_finds(text: str, lang: str, hit: str) -> None:
    assert hit in [o.id for o in KNOWHOW.search(text, lang)]


def test_search_finds_lao_words_inside_unspaced_titles() -> None:
    found = KNOWHOW.search("ໝໍ້ຕົ້ມອາຍນ້ຳ", "lo")
    assert found
    assert "ໝໍ້ຕົ້ມອາຍນ້ຳ" in found[0].title_lo


def test_search_wants_every_word_and_finds_nothing_for_nothing() -> None:
    both = {o.id for o in KNOWHOW.search("water", "en")} & {o.id for o in KNOWHOW.search("dyeing", "en")}
    assert {o.id for o in KNOWHOW.search("water dyeing", "en")} == both
    assert both
    assert KNOWHOW.search("  ", "en") == []
    assert KNOWHOW.search("zzzzqqq", "en") == []


@given(st.sampled_from(KNOWHOW.options), st.sampled_from(["en", "lo"]))
def test_an_option_is_found_by_its_own_title(option: object, lang: str) -> None:
    title = getattr(option, f"title_{lang}")
    assert option in KNOWHOW.search(title, lang)


def test_what_is_about_the_word_stands_before_what_only_names_it() -> None:
    know = load()
    found = know.search("ນ້ຳ", "lo")
    assert found[0].flows == ("water",)
    assert [o.id for o in found].index("COM-009") > 5  # glaze is "water for coating" in Lao
