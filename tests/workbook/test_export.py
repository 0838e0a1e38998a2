"""The results workbook: the numbers of the assessment as numbers, words in both languages, no text a formula."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest

from namsai.appraisal.model import Appraisals
from namsai.assessment import Assessment, assess
from namsai.findings import warning
from namsai.knowhow import load
from namsai.options.model import Proposals
from namsai.plant.case import Case
from namsai.plant.case_file import read_case
from namsai.texts import LANGS, room_texts, text
from namsai.workbook import export
from namsai.workbook.export import results_bytes, write_results
from namsai.workbook.labels import FormLang
from tests.report import fixture

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/case.json"))
SHEETS = (
    *("summary", "streams", "balances", "losses", "loss-by-process", "costs", "work", "hotspots", "indicators"),
    *("benchmarks", "options", "plan", "assumptions", "factors", "sources", "findings"),
)
Row = dict[str, Any]


@pytest.fixture(scope="module")
def invented() -> Assessment:
    return fixture.assessment(load())


def opened(assessment: Assessment, lang: FormLang = "en") -> Any:
    return openpyxl.load_workbook(BytesIO(results_bytes(assessment, lang, load())), data_only=True)


def title(key: str, lang: FormLang) -> str:
    return " · ".join(text(f"results.sheet-{key}", one) for one in LANGS if lang in (one, "both"))


def table(book: Any, key: str, lang: FormLang = "en") -> list[Row]:
    """Return the rows of a sheet by the slug of their heading, without the row of sums."""
    page = book[title(key, lang)]
    said = [one for one in LANGS if lang in (one, "both")]
    heads_of = {s: e for s, e in room_texts("results").items() if s.startswith("col-")}
    by_head = {"\n".join(e[one] for one in said): s for s, e in heads_of.items()}
    heads = [by_head[c.value].removeprefix("col-") for c in page[1]]
    rows = [dict(zip(heads, (c.value for c in row), strict=True)) for row in page.iter_rows(min_row=2)]
    return [row for row in rows if row[heads[0]] != text("results.sum", "en")]


def spot(book: Any, key: str, head: str, row: int) -> Any:
    page = book[title(key, "en")]
    places = [c.value for c in page[1]]
    return page.cell(row, places.index(text(f"results.col-{head}", "en")) + 1)


@pytest.mark.parametrize("lang", ["lo", "en", "both"])
def test_the_sheets_stand_in_their_order_with_names_of_the_language(invented: Assessment, lang: FormLang) -> None:
    book = opened(invented, lang)
    assert book.sheetnames == [title(key, lang) for key in SHEETS]
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_streams_are_those_of_the_balance(invented: Assessment) -> None:
    rows = {row["id"]: row for row in table(opened(invented), "streams")}
    assert len(rows) == 16
    fabric = rows["fabric-in"]
    assert (fabric["measured"], fabric["reconciled"], fabric["unit"]) == (512_000, 510_400, "kg")
    assert fabric["sd"] == pytest.approx(510_400 * 0.012)
    assert fabric["u95"] == pytest.approx(0.024)
    assert (fabric["how"], fabric["from"], fabric["to"]) == ("bill", "purchase", "Cutting")
    assert fabric["correction"] == pytest.approx(-1_600 / 512_000)
    power = rows["power-in"]
    assert (power["measured"], power["unit"]) == (pytest.approx(412_000), "kWh")
    assert {id for id, row in rows.items() if row["suspect"]} == {"offcuts", "pieces"}
    assert {id for id, row in rows.items() if row["assumed"]} == {"threadwaste"}


def test_what_is_not_known_is_empty_and_shaded_and_never_zero(invented: Assessment) -> None:
    book = opened(invented)
    rows = table(book, "streams")
    place = next(n for n, row in enumerate(rows, 2) if row["id"] == "blowdown")
    for head in ("measured", "reconciled", "sd"):
        cell = spot(book, "streams", head, place)
        assert cell.value is None
        assert cell.fill.patternType not in (None, "none")
    loss = next(row for row in table(book, "losses") if "Waste water" in str(row["loss"]))
    assert [loss[f"{part}-cost"] for part in ("material", "energy", "system", "waste")] == [None] * 4
    assert (loss["total"], loss["share-losses"], loss["no-price"]) == (None, None, "yes")
    priced = next(row for row in table(book, "losses") if row["rank"] == 1)
    assert spot(book, "losses", "total", 2).fill.patternType in (None, "none")
    assert priced["total"] is not None


def test_losses_and_costs_add_up_to_the_table_of_costs(invented: Assessment) -> None:
    book = opened(invented)
    rows = table(book, "losses")
    assert [row["total"] for row in rows[:2]] == [5_188_000_000, 723_200_000]
    first = rows[0]
    parts = [first[f"{part}-cost"] for part in ("material", "energy", "system", "waste")]
    assert parts == [4_743_000_000, 31_000_000, 402_000_000, 12_000_000]
    assert (first["revenue"], first["currency"], first["kind"]) == (90, "LAK", "loss")
    total = 5_188_000_000 + 723_200_000 + 360_000_000 + 115_500_000 + 124_000_000
    assert spot(book, "losses", "total", len(rows) + 2).value == total
    assert rows[-2]["share-so-far"] == pytest.approx(1)
    assert sum(row["total"] or 0 for row in table(book, "loss-by-process")) == total
    carriers = table(book, "costs")
    assert sum(row["total"] for row in carriers) == total + 36_490_000_000
    assert [row["carrier"] for row in carriers] == ["product", "loss", "worked again", "unexplained difference"]


def test_the_sums_are_formulas_over_their_column_and_hold_todays_value(invented: Assessment) -> None:
    page = openpyxl.load_workbook(BytesIO(results_bytes(invented, "en")))["Losses"]
    heads = [c.value for c in page[1]]
    cell = page.cell(page.max_row, heads.index("Total") + 1)
    assert cell.value == f"=SUBTOTAL(109,{cell.column_letter}2:{cell.column_letter}{page.max_row - 1})"


def test_options_carry_ranges_evidence_and_the_reason_for_no_number(invented: Assessment) -> None:
    rows = {row["id"]: row for row in table(opened(invented), "options")}
    marker = rows["GAR-001"]
    assert [marker[f"saving-{end}"] for end in ("low", "mid", "high")] == [1_111_000_000, 1_317_000_000, 1_524_000_000]
    assert [marker[f"investment-{end}"] for end in ("low", "mid", "high")] == [180e6, 220e6, 260e6]
    assert [marker[f"payback-{end}"] for end in ("best", "mid", "worst")] == [0.12, 0.17, 0.24]
    assert [marker[f"npv-{end}"] for end in ("low", "mid", "high")] == [5.7e9, 6.7e9, 7.9e9]
    assert (marker["irr"], marker["rate"], marker["years-counted"], marker["ghg-saved"]) == (5.9, 0.1, 8, 72_000)
    assert (marker["evidence-saving"], marker["evidence-payback"]) == ("C", "S")
    assert marker["source"] == load().option("GAR-001").source
    assert "fabric off-cuts" in marker["reason"]
    technique = text(f"terms.technique-{load().option('GAR-001').technique}", "en")
    assert (marker["technique"], marker["process"]) == (technique, "Cutting")
    assert rows["condensate"]["energy-saved"] == pytest.approx(9.1e5)
    assert rows["balance-line"]["irr"] == "no outlay"
    bare = rows["GAR-002"]
    assert [bare[key] for key in ("saving-mid", "investment-mid", "payback-mid", "npv-mid", "irr")] == [None] * 5
    assert bare["why-no-number"]


def test_the_plan_adds_up_budget_and_value_in_the_order_of_doing(invented: Assessment) -> None:
    rows = table(opened(invented), "plan")
    assert [row["order"] for row in rows] == [1, 2, None]
    assert [row["spent-so-far"] for row in rows] == [220e6, 220e6, None]
    assert [row["saved-so-far"] for row in rows] == [6.92e9, 7.98e9, None]
    assert [row["value-so-far"] for row in rows] == [6.7e9, 7.76e9, None]
    assert rows[2]["option"] == "Return condensate to the boiler"
    assert (rows[2]["why-left"], rows[2]["worth-alone"]) == ("the budget does not reach", 65e6)


def test_the_summary_answers_the_five_questions_in_words_and_numbers(invented: Assessment) -> None:
    rows = table(opened(invented), "summary")
    start = next(n for n, row in enumerate(rows) if row["question"] == text("results.part-five", "en")) + 1
    five = rows[start : start + 5]
    asked = ("lost", "where", "first", "cost", "back")
    assert [row["question"] for row in five] == [text(f"report.q-{q}", "en") for q in asked]
    lost = round((6_510_700_000 + 1_120_000_000) / (365 / 365.25))
    assert [row["value"] for row in five[:4]] == [lost, 5_188_000_000, 1_317_000_000, 220_000_000]
    assert five[4]["value"] == pytest.approx(220 / 1585)
    assert [row["unit"] for row in five] == ["LAK/year"] * 3 + ["LAK", "years"]
    said = {row["question"]: row["value"] for row in rows}
    assert said["Cost of all losses"] == 6_510_700_000
    assert said["Streams that are not known"] == 1


def test_findings_say_what_and_what_to_do_in_each_language(invented: Assessment) -> None:
    for lang in LANGS:
        rows = table(opened(invented, lang), "findings", lang)
        assert [row["code"] for row in rows] == [
            *("indicators.unknown-amount", "options.no-answer"),
            "indicators.no-output",
        ]
        assert all(row["says"] and row["fix"] for row in rows)
    both = table(opened(invented, "both"), "findings", "both")
    assert all("\n" in row["says"] for row in both)


def test_benchmarks_and_factors_name_their_source(invented: Assessment) -> None:
    book = opened(invented)
    marks = table(book, "benchmarks")
    assert [(row["here"], row["best"], row["typical"], row["poor"]) for row in marks] == [
        *((1.1, 0.78, None, 1.44), (0.44, None, 0.31, None)),
        (88, 20, 42, 60),
    ]
    assert all(row["source"] and row["evidence"] == "R" for row in marks)
    factors = {row["kind"]: row for row in table(book, "factors")}
    assert (factors["exchange rate"]["value"], factors["exchange rate"]["date"]) == (21_650, "2026-06-30")
    assert factors["exchange rate"]["source-title"] == "Invented source for the test"
    use = invented.indicators.factors[0]
    assert (factors["factor"]["value"], factors["factor"]["unit"]) == (use.value, use.unit)


def test_texts_that_look_like_formulas_stay_texts(invented: Assessment) -> None:
    raw = invented.case.model_dump(by_alias=True, exclude_none=True)
    evil = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x.la","y")')
    for word, row in zip(evil, raw["processes"], strict=True):
        row["name"] = {"en": word, "lo": word}
    raw["materials"][0]["name"] = {"en": '=cmd|"/c calc"!A0', "lo": "=1"}
    raw["assumptions"] = [{"id": "a1", "text": {"en": "=1+1"}}]
    found = (warning("options.no-answer", "", subject="=2+2"),)
    changed = replace(invented, case=Case.model_validate(raw), findings=found)
    book = openpyxl.load_workbook(BytesIO(results_bytes(changed, "en")))
    cells = [c for page in book for row in page.iter_rows() for c in row]
    assert {str(c.value)[:14] for c in cells if c.data_type == "f"} == {"=SUBTOTAL(109,"}
    assert not any(c.hyperlink for c in cells)
    texts = {c.value for c in cells if c.data_type == "s"}
    assert set(evil) <= texts


def test_a_plant_without_options_and_findings_has_all_its_sheets(invented: Assessment) -> None:
    bare = replace(
        invented,
        proposals=Proposals((), {}),
        appraisals=Appraisals("LAK", ()),
        plan=None,
        findings=(),
        hotspots=(),
        indicators=replace(invented.indicators, indicators=(), benchmarks=(), factors=()),
    )
    for lang in get_args(FormLang):
        book = opened(bare, lang)
        assert book.sheetnames == [title(key, lang) for key in SHEETS]
        for key in ("options", "plan", "findings", "hotspots", "indicators", "benchmarks"):
            page = book[title(key, lang)]
            assert page.max_row == 2, key
            assert text("results.nothing", "en" if lang == "en" else "lo") in page["A2"].value
    book = opened(bare)
    for number, row in enumerate(table(book, "summary"), 2):
        if row["question"] in (text("report.q-cost", "en"), text("report.q-back", "en")):
            assert row["value"] is None
            assert spot(book, "summary", "value", number).fill.patternType not in (None, "none")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.parent.name)
def test_no_row_of_an_example_is_lost(path: Path) -> None:
    case, _ = read_case(path, load())
    assert case is not None
    a = assess(case, load())
    book = opened(a)
    expected = {
        "streams": len(a.balance.streams),
        "losses": len(a.costs.losses),
        "options": len(a.proposals.items),
        "plan": len(a.plan.chosen) + len(a.plan.left) if a.plan else 0,
        "findings": len(a.findings),
        "indicators": len(a.indicators.indicators),
        "hotspots": len(a.hotspots),
    }
    for key, number in expected.items():
        rows = [row for row in table(book, key) if next(iter(row.values())) != text("results.nothing", "en")]
        assert len(rows) == number, key
    if a.costs.losses:
        page = book["Costs"]
        heads = [c.value for c in page[1]]
        assert page.cell(page.max_row, heads.index("Total") + 1).value == a.costs.total


def test_pages_can_be_read_and_printed(invented: Assessment) -> None:
    book = openpyxl.load_workbook(BytesIO(results_bytes(invented, "both")))
    for page in book:
        assert page.page_setup.orientation == "landscape"
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToHeight == 0
        assert page.print_title_rows == "$1:$1"
        assert page.freeze_panes is not None
    assert book[title("options", "both")].auto_filter.ref.startswith("A1:")
    assert book[title("streams", "both")].freeze_panes == "C2"
    page = book[title("losses", "both")]
    assert {page.cell(2, n).number_format for n in (7, 11)} == {"#,##0"}


def test_a_lao_workbook_has_no_english_heading(invented: Assessment) -> None:
    for page in opened(invented, "lo"):
        for cell in page[1]:
            bare = re.sub(r"\[[^\]]*\]", "", cell.value)
            assert not re.search(r"[A-Za-z]{2,}", bare), cell.value


def test_every_word_is_in_both_languages_and_used() -> None:
    folder = Path(export.__file__).parent
    code = "".join(p.read_text("utf-8") for p in folder.glob("results*.py"))
    for slug, entry in room_texts("results").items():
        if slug != "_":
            assert set(entry) == {"en", "lo"}, slug
            assert "\u0ecd\u0eb2" not in entry["lo"]
            stem = slug.removeprefix("sheet-").removeprefix("col-")
            groups = "state|kind|indicator|better|spent|streams|closes|read|payback|npv|saving|investment"
            made = re.match(rf"({groups})-", stem)
            parts = re.search(r"-(cost|hours)$", stem)
            assert f'"{stem}"' in code or f'"results.{stem}"' in code or made or parts, slug


def test_the_same_assessment_gives_the_same_bytes_and_the_file_appears_whole(
    invented: Assessment, tmp_path: Path
) -> None:
    path = tmp_path / "r.xlsx"
    write_results(path, invented, "both")
    assert path.read_bytes() == results_bytes(invented, "both")
    assert [p.name for p in tmp_path.iterdir()] == ["r.xlsx"]


def test_a_text_too_long_for_a_cell_is_cut_where_it_is_seen(invented: Assessment) -> None:
    found = (warning("options.no-answer", "", subject="x" * 40_000),)
    rows = table(opened(replace(invented, findings=found)), "findings")
    assert len(rows[0]["says"]) <= 32_767
    assert re.search(r"… \[\+\d+\]$", rows[0]["says"])
