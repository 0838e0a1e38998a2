"""The know-how: complete, sourced, gated by evidence, dated."""

import csv
from pathlib import Path

import pytest

from namsai.knowhow import base as door
from namsai.knowhow import load
from namsai.knowhow.rules import check_rows, check_words

KNOWHOW = load()


def test_nothing_was_lost_and_every_option_has_a_lao_title() -> None:
    assert len(KNOWHOW.options) == 333
    assert len(KNOWHOW.benchmarks) >= 136
    assert len(KNOWHOW.factors) >= 309
    assert len(KNOWHOW.limits) == 118
    assert len(KNOWHOW.sources) >= 169
    assert [o.id for o in KNOWHOW.options if not any("\u0e80" <= c <= "\u0eff" for c in o.title_lo)] == []


def test_shipped_data_breaks_no_rule() -> None:
    assert door.check() == []


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("source", "", "knowhow.unsourced"),
        ("saving_basis", "", "knowhow.no-unit"),
        ("evidence_saving", "Q", "knowhow.unknown-class"),
        ("saving_low", "99", "knowhow.low-above-high"),
        ("evidence_saving", "X", "knowhow.heuristic-number"),
        ("technique", "magic", "knowhow.unknown-technique"),
    ],
)
def test_each_rule_can_fire(column: str, value: str, code: str) -> None:
    row = next(r for r in door.rows("options") if r["id"] == "GAR-001")
    assert check_rows("options", [row]) == []
    assert [f.code for f in check_rows("options", [{**row, column: value}])] == [code]


@pytest.mark.parametrize(
    ("table", "column", "value", "code"),
    [
        ("factors", "source", "MY-UNCLE", "knowhow.unknown-source"),
        ("options", "flows", "phlogiston", "knowhow.unknown-flow"),
        ("options", "process", "levitation", "knowhow.unknown-process"),
    ],
)
def test_unknown_words_are_named(table: str, column: str, value: str, code: str) -> None:
    names = ("sources", "flows", "processes")
    row = {**door.rows(table)[0], column: value}
    found = list(check_words({**{n: door.rows(n) for n in names}, table: [row]}))
    assert [f.code for f in found] == [code]


def test_only_usable_evidence_calculates() -> None:
    for option in KNOWHOW.options:
        if option.saving_usable:
            assert option.evidence_saving in "RCSM" or (option.evidence_saving == "K" and option.reviewer)
    assert not any(o.saving_usable for o in KNOWHOW.options if o.evidence_saving in "XND")


def test_a_factor_that_depends_on_purpose_is_asked_for_by_purpose() -> None:
    assert KNOWHOW.factor("grid_lao", "electricity", on="2025-06-30") is None
    average = KNOWHOW.factor("grid_lao", "electricity", on="2025-06-30", purpose="inventory")
    marginal = KNOWHOW.factor("grid_lao", "electricity", on="2025-06-30", purpose="project")
    assert average is not None
    assert average.purpose == "inventory"
    assert marginal is None or marginal.value != average.value


def test_a_superseded_factor_is_not_used_after_its_end() -> None:
    old = [f for f in KNOWHOW.factors if f.valid_to and f.usable]
    assert old
    for factor in old:
        found = KNOWHOW.factor(
            factor.category, factor.flow, on="2030-01-01", region=factor.region, purpose=factor.purpose
        )
        assert found is None or found.id != factor.id


def test_coal_is_an_energy_and_no_one_else_is_its_own_ancestor() -> None:
    assert KNOWHOW.is_a("coal", "energy")
    for key in KNOWHOW.flows:
        assert KNOWHOW.lineage(key)[0] == key
        assert len(set(KNOWHOW.lineage(key))) == len(KNOWHOW.lineage(key))


def test_search_finds_lao_words_inside_unspaced_titles() -> None:
    found = KNOWHOW.search("ໝໍ້ໄອນ້ຳ", "lo")
    assert found
    assert "ໝໍ້ໄອນ້ຳ" in found[0].title_lo


def test_values_are_those_of_the_collected_base() -> None:
    shared = Path(__file__).parents[2].parent / "shared" / "knowhow" / "options.csv"
    if not shared.exists():
        pytest.skip("the collected know-how (../shared) is not here")
    with shared.open(encoding="utf-8") as file:
        collected = {r["id"]: r for r in csv.DictReader(file)}
    for option in KNOWHOW.options:
        row = collected[option.id]
        assert (option.title_en, option.evidence_saving) == (row["title"], row["evidence_saving"])
        if option.saving_usable and row["saving_high_pct"]:
            assert option.saving_high == float(row["saving_high_pct"])
