"""The shipped data: sound, complete against what was collected, documented, in both languages."""

import csv
import re
from importlib.resources import files
from pathlib import Path

import pytest

from namsai.knowhow import USABLE, Flow, ProcessKind, check, load
from namsai.knowhow.schema import as_markdown, shapes
from namsai.lao.normalise import normalise

KNOWHOW = load()
ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "knowhow"
COLLECTED = pytest.mark.skipif(not SHARED.exists(), reason="the collected know-how (../shared) is not here")


def collected(name: str) -> dict[str, dict[str, str]]:
    with (SHARED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {r[next(iter(r))]: r for r in rows}


def num(text: str) -> float | None:
    return float(text) if text else None


def test_the_shipped_data_breaks_no_rule() -> None:
    assert check() == ()


def test_nothing_was_lost() -> None:
    assert (len(KNOWHOW.options), len(KNOWHOW.benchmarks), len(KNOWHOW.limits)) == (333, 136, 118)
    assert len(KNOWHOW.factors) == 309 + 4
    assert len(KNOWHOW.computed) == 68 + 1
    assert (len(KNOWHOW.statistics), len(KNOWHOW.potential)) == (67, 9)
    assert len(KNOWHOW.sources) >= 169


@COLLECTED
def test_options_are_those_collected() -> None:
    base = collected("options")
    for o in KNOWHOW.options:
        r = base.pop(o.id)
        assert (o.title_en, o.process, o.technique, o.addresses) == (
            r["title"],
            r["process"],
            r["technique"],
            r["addresses_flow"],
        )
        assert (o.saving_low, o.saving_high) == (num(r["saving_low_pct"]), num(r["saving_high_pct"]))
        assert (o.evidence_saving, o.saving_kind, o.saving_basis) == (
            r["evidence_saving"],
            r["saving_kind"],
            r["saving_basis"],
        )
        if o.id != "GAR-022":  # the README of the data says why
            assert (o.payback_low, o.payback_high) == (num(r["payback_years_low"]), num(r["payback_years_high"]))
            assert o.evidence_payback == r["evidence_payback"]
    assert base == {}


@COLLECTED
def test_benchmarks_limits_and_sources_are_those_collected() -> None:
    base = collected("benchmarks")
    for b in KNOWHOW.benchmarks:
        r = base.pop(b.id)
        assert (b.best, b.typical, b.poor) == (num(r["best"]), num(r["typical"]), num(r["poor"]))
        assert (b.unit, b.evidence, b.source, b.per) == (r["unit"], r["evidence"], r["source"], r["per"])
    limits = collected("limits")
    for m in KNOWHOW.limits:
        r = limits.pop(m.id)
        assert (m.value, m.parameter, m.evidence, m.status) == (r["value"], r["parameter"], r["evidence"], r["status"])
    assert (base, limits) == ({}, {})
    assert set(collected("sources")) <= set(KNOWHOW.sources)


@COLLECTED
def test_factors_are_those_collected() -> None:
    base = collected("factors")
    for f in KNOWHOW.factors:
        r = base.pop(f.id, None)
        if r is None:
            continue
        assert (f.category, f.name, f.evidence, f.source_id) == (
            r["category"],
            r["name"],
            r["evidence"],
            r["source_id"],
        )
        span = re.fullmatch(r"([\d.]+) ?- ?([\d.]+)", r["value"])
        if span:
            assert (f.value, f.low, f.high) == (None, float(span[1]), float(span[2]))
        elif r["unit"].startswith("g ") and f.unit.startswith("kg "):
            assert f.value == pytest.approx(float(r["value"]) / 1000)
        else:
            assert f.value == num(r["value"])
    assert base == {}


def test_every_option_has_a_lao_title() -> None:
    without = [o.id for o in KNOWHOW.options if not re.search("[\u0e80-\u0eff]", o.title_lo)]
    assert without == []
    assert [o.id for o in KNOWHOW.options if normalise(o.title_lo) != o.title_lo] == []


def test_flows_and_processes_are_in_lao() -> None:
    words: list[Flow | ProcessKind] = [*KNOWHOW.flows.values(), *KNOWHOW.processes.values()]
    assert [w.key for w in words if not re.search("[\u0e80-\u0eff]", w.lo) or re.search("[\u0e00-\u0e7f]", w.lo)] == []
    assert [w.key for w in words if normalise(w.lo) != w.lo] == []


def test_every_process_of_an_option_belongs_to_its_sector_or_to_any() -> None:
    cloth = {"garment", "textile"}  # both finish
    wrong = [
        o.id
        for o in KNOWHOW.options
        if (home := KNOWHOW.processes[o.process].sector) not in ("", o.sector) and not {home, o.sector} <= cloth
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("option", "flows"),
    [
        ("GAR-001", ("fabric",)),
        ("GAR-008", ("electricity",)),
        ("GAR-009", ("labour", "energy")),
        ("TEX-007", ("cod", "size")),
        ("TEX-032", ("toxicity", "dye")),
        ("FOO-048", ("fuel_oil", "cod", "biogas")),
        ("WOO-004", ("logs",)),
        ("COM-006", ("clay", "fuel")),
        ("UTI-044", ("refrigerant", "co2")),
    ],
)
def test_options_act_on_the_flow_they_say(option: str, flows: tuple[str, ...]) -> None:
    assert KNOWHOW.option(option).flows == flows


# What the basis of a saving names, and the flow that the share must then be of.
BASIS = {
    "water": "water",
    "electricity": "electricity",
    "boiler fuel": "fuel",
    "steam": "steam",
    "vat heat": "heat",
    "kiln heat": "heat",
    "logs": "logs",
    "fabric": "fabric",
    "cement": "cement",
    "coating": "coating",
    "diesel": "diesel",
    "solvent": "solvent",
    "packaging": "packaging",
    "firewood": "wood_fuel",
    "plastic": "plastic",
}
BASIS_ODD = {
    "GAR-022": "of hazardous solvent",
    "WOO-026": "VOC stands first",
    "COM-010": "clinker per t cement",
    "UTI-052": "reuse of treated effluent",
}


def test_the_first_flow_is_what_the_basis_of_the_saving_names() -> None:
    """`saving_basis` begins with what the percentage is a share of: "% of wash water" must have water as its flow."""
    wrong = []
    for o in KNOWHOW.options:
        basis = o.saving_basis.lower().split(",")[0].split("(")[0].split(" for ")[0]
        if not o.saving_usable or not basis.startswith("% of"):
            continue
        for word, flow in BASIS.items():
            if re.search(rf"% of (\w+[- ]){{0,3}}{word}(?![\w-])", basis) and o.id not in BASIS_ODD:
                kin = set(KNOWHOW.lineage(o.flows[0])) | {flow for f in o.saving_flows if KNOWHOW.is_a(f, flow)}
                if flow not in kin:
                    wrong.append((o.id, basis, o.flows))
    assert wrong == []


def test_most_options_are_not_about_electricity() -> None:
    first = [o.flows[0] for o in KNOWHOW.options]
    electric = sum(KNOWHOW.is_a(f, "electricity") or f == "compressed_air" for f in first)
    assert electric / len(first) < 0.25


def test_no_grid_factor_for_comparison_only_can_be_calculated_with() -> None:
    held = [f for f in KNOWHOW.factors if (s := KNOWHOW.source(f.source)) and s.reuse == "cross_check"]
    assert len(held) >= 6
    assert not any(f.usable for f in held)


def test_only_usable_evidence_is_usable() -> None:
    used = [f for f in KNOWHOW.factors if f.usable]
    assert len(used) > 250
    assert {f.evidence for f in used} <= USABLE
    assert not any(o.saving_usable for o in KNOWHOW.options if o.evidence_saving not in USABLE and not o.reviewer)
    assert sum(o.saving_usable for o in KNOWHOW.options) > 40


def test_the_page_lists_every_file_and_column() -> None:
    page = (ROOT / "docs" / "knowhow.md").read_text(encoding="utf-8")
    folder = {p.name for p in files("namsai.knowhow").joinpath("data").iterdir()}
    assert folder == set(re.findall(r"`([\w.]+\.csv|schema\.toml|README\.md|VERSION)`", page.split("## Evidence")[0]))
    assert {f"{n}.csv" for n in shapes()} == {n for n in folder if n.endswith(".csv")}
    assert as_markdown() in page, "put the output of namsai.knowhow.schema.as_markdown() under Columns"
