"""The document as data: what is said, and that nothing is lost or made up on the way."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from namsai.assessment import Assessment
from namsai.findings import Finding, error, note, warning
from namsai.knowhow import KnowHow
from namsai.report.blocks import Chart, Document, FindingList, Heading, KeyNumbers, Paragraph, Table
from namsai.report.document import blocks_of
from namsai.report.indicators import _readable, _typical
from namsai.report.pdf import document_data
from namsai.report.published import _shown
from namsai.report.results import compare, result_at
from namsai.report.sources import _without_repeats, assumed
from namsai.report.view import View
from namsai.texts import LANGS, Lang

ALLOWED = {
    *("CAD", "CO", "CO₂", "CO₂e", "ISO", "UNEP", "UNIDO", "Namsai", "k", "LAK", "USD", "ua"),  # names and signs
    *("t", "kg", "g", "m", "GJ", "MJ", "TJ", "kWh", "MWh", "GWh", "l", "kW"),  # units
    *("R", "C", "S", "M", "K", "X", "D", "N"),  # evidence letters
}


def texts(document: Document) -> list[str]:
    """Return every text a reader sees, the titles and locators of sources left out (they are names)."""
    out = [document.title, document.subtitle, document.header, document.footer, document.page_word]
    out += [part for fact in document.facts for part in fact]
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                out.append(block.text)
            case KeyNumbers():
                out += [t for k in block.items for t in (k.question, k.answer, k.detail)]
            case Table():
                out += [block.caption, *(c.title for c in block.columns)]
                heads = [c.title for c in block.columns]
                names = {n for n, h in enumerate(heads) if h in ("ຊື່ເອກະສານ", "ບ່ອນພົບ", "ແຫຼ່ງ", "ລະຫັດ")}
                out += [cell for row in block.rows for n, cell in enumerate(row) if n not in names]
            case Chart():
                out += [block.caption, block.scene.title, *(x.text for x in block.scene.labels)]
            case FindingList():
                out += [t for f in block.items for t in (f.word, *f.says, f.where, f.fix)]
    return out


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    return "lo" if request.param == "lo" else "en"


def test_a_reader_of_lao_finds_no_english_word(assessment: Assessment, knowhow: KnowHow) -> None:
    keys = {"TEST", *(k for s in knowhow.sources for k in re.findall(r"[A-Za-z]+", s))}
    for shown in texts(blocks_of(assessment, knowhow, "lo")):
        strange = set(re.findall(r"[A-Za-zÀ-ÿ₂]+", shown)) - ALLOWED - keys
        assert not strange, (strange, shown)


def test_a_reader_of_english_finds_no_lao_letter(assessment: Assessment, knowhow: KnowHow) -> None:
    for shown in texts(blocks_of(assessment, knowhow, "en")):
        assert not re.search(r"[\u0e80-\u0eff]", shown), shown


def test_no_text_has_an_open_place_for_a_fact(assessment: Assessment, knowhow: KnowHow, lang: Lang) -> None:
    assert not [t for t in texts(blocks_of(assessment, knowhow, lang)) if "{" in t or "None" in t]


def test_both_languages_have_the_same_blocks(assessment: Assessment, knowhow: KnowHow) -> None:
    shapes = [
        [
            (type(b).__name__, len(b.rows) if isinstance(b, Table) else 0)
            for b in blocks_of(assessment, knowhow, x).blocks
        ]
        for x in LANGS
    ]
    assert shapes[0] == shapes[1]


def test_the_first_page_gives_the_five_answers(assessment: Assessment, knowhow: KnowHow) -> None:
    (key,) = [b for b in blocks_of(assessment, knowhow, "lo").blocks if isinstance(b, KeyNumbers)]
    answers = [k.answer for k in key.items]
    assert answers[0] == "7,64 ຕື້ກີບ"  # 6.5107 G kip of losses and 1.12 G kip of labour, per year of 365.25 days
    assert answers[1] == "ເສດຜ້າ"
    assert answers[3:] == ["220 ລ້ານກີບ", "2 ເດືອນ"]


def test_the_loss_table_adds_up_and_does_not_write_zero_for_unknown(assessment: Assessment, knowhow: KnowHow) -> None:
    table = next(b for b in blocks_of(assessment, knowhow, "en").blocks if isinstance(b, Table) and len(b.columns) == 7)
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["Waste water – Boiler"] == ("–",) * 6
    known = [
        r for name, r in rows.items() if name not in ("All losses", "All costs of the period", "Waste water – Boiler")
    ]
    assert sum(int(r[-1].replace(",", "")) for r in known) == int(rows["All losses"][-1].replace(",", ""))
    assert rows["All costs of the period"][-1] == f"{assessment.costs.total:,}"


def test_every_finding_is_in_the_report_with_names_for_ids(
    assessment: Assessment, knowhow: KnowHow, lang: Lang
) -> None:
    (found,) = [b for b in blocks_of(assessment, knowhow, lang).blocks if isinstance(b, FindingList)]
    assert sum(len(f.says) for f in found.items) == len(assessment.findings)
    assert [f.severity for f in found.items] == sorted(
        (f.severity for f in found.items), key=["error", "warning", "note"].index
    )
    assert not any("blowdown" in says for f in found.items for says in f.says)


def test_findings_of_one_kind_stand_together_and_say_the_fix_once(assessment: Assessment, knowhow: KnowHow) -> None:
    many = tuple(note("costing.no-disposal", f"materials/{n}/disposal", material=n) for n in ("offcut", "reject"))
    other = replace(assessment, findings=(many[0], note("indicators.ghg-scope", "streams"), many[1]))
    (found,) = [b for b in blocks_of(other, knowhow, "en").blocks if isinstance(b, FindingList)]
    assert [len(f.says) for f in found.items] == [2, 1]


@pytest.mark.parametrize(
    ("finding", "lang", "says"),
    [
        (
            note("costing.no-loss-stream", "", process="sew", material="x", amount=18_000_000.0, unit="kg"),
            "lo",
            "18.000 t",
        ),
        (note("costing.shared-service", "", process="sew", cost=600_000_000.0), "en", "its cost of 600 M kip"),
        (warning("indicators.no-factor", "", material="x", region="VN", on="2008-12-31"), "en", "Viet Nam"),
        (warning("indicators.no-factor", "", material="x", region="VN", on="2008-12-31"), "lo", "31/12/2008"),
        (note("indicators.water-density", "", material="x", density=1000.0), "lo", "1.000 kg/m³"),
        (error("plant.missing", "finance/discount_rate", name="discount_rate"), "lo", "“ອັດຕາ"),
    ],
)
def test_the_facts_of_a_finding_are_written_for_a_reader(
    assessment: Assessment, knowhow: KnowHow, finding: Finding, lang: Lang, says: str
) -> None:
    assert says in View(assessment, knowhow, lang).finding(finding)[0]


def test_a_unit_after_the_stroke_stands_for_one(assessment: Assessment, knowhow: KnowHow) -> None:
    view = View(assessment, knowhow, "en")
    assert [view.unit(u) for u in ("piece", "MJ/piece", "piece/GJ", "t CO2e/yr")] == [
        "pieces",
        "MJ/piece",
        "pieces/GJ",
        "t CO₂e/year",
    ]


def test_a_repeated_remark_stands_once() -> None:
    rows = [("A", "x", "1", "why"), ("A", "y", "2", "why"), ("B", "z", "3", "why"), ("B", "w", "4", "")]
    assert list(_without_repeats(rows)) == [
        ("A", "x", "1", "why"),
        ("", "y", "2", "″"),
        ("B", "z", "3", "why"),
        ("", "w", "4", ""),
    ]


def test_money_is_written_in_one_way_in_the_whole_report(assessment: Assessment, knowhow: KnowHow) -> None:
    for shown in texts(blocks_of(assessment, knowhow, "lo")):
        assert not re.search(r"(ລ້ານ|ຕື້) (ກີບ|ດົງ|ບາດ)", shown), shown
    assert not any(re.search(r"[bm]illion", t) for t in texts(blocks_of(assessment, knowhow, "en")))


def test_every_assumption_is_listed(assessment: Assessment, knowhow: KnowHow) -> None:
    names = [name for _, name, _, _ in assumed(View(assessment, knowhow, "en"))]
    assert names == [
        "The plant works 290 days a year",
        "Cartons",
        "Thread waste (Sewing → waste disposal)",
        "USD → LAK",
    ]


def test_an_assumed_figure_cannot_hide(assessment: Assessment, knowhow: KnowHow) -> None:
    case = assessment.case
    marked = tuple(p.model_copy(update={"assumption": True}) for p in case.processes)
    other = replace(assessment, case=case.model_copy(update={"processes": marked}))
    assert len(list(assumed(View(other, knowhow, "lo")))) == 4 + len(case.processes)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("balance/fabric-in", (510_400.0, "kg")),
        ("balance/blowdown", None),
        ("costs/losses", (6_510_700_000.0, "LAK")),
        ("options/GAR-001/payback", (0.17, "year")),
        ("options/GAR-002/payback", None),
        ("indicators/water", (3_900.0, "m3")),
        ("work/line-2/efficiency", None),
        ("no/such/thing", None),
    ],
)
def test_a_claim_finds_the_result_it_names(assessment: Assessment, path: str, value: tuple[float, str] | None) -> None:
    assert result_at(assessment, path) == value


def test_a_published_figure_is_compared_in_its_own_unit(assessment: Assessment) -> None:
    claims = {c.id: compare(assessment, c) for c in assessment.case.claims if c.path}
    assert claims["c1"].ours == pytest.approx(0.17)
    assert claims["c2"].apart == pytest.approx(1_317 / 1_150 - 1)
    assert claims["c3"].ours == pytest.approx(510.4)  # t


@pytest.mark.parametrize(
    ("change", "ours"),
    [
        ({"value": 5_000.0, "unit": "USD/month", "currency": "USD"}, 1_317e6 / 21_650 / 12),
        ({"value": 5_000.0, "unit": "THB", "currency": "THB"}, None),  # no rate of the case: not compared
        ({"value": 500.0, "unit": "kWh/yr", "currency": None}, None),
    ],
)
def test_other_currencies_and_months(assessment: Assessment, change: dict[str, object], ours: float | None) -> None:
    claim = assessment.case.claims[1].model_copy(update=change)
    assert compare(assessment, claim).ours == (None if ours is None else pytest.approx(ours))


def test_an_implied_price_is_compared_with_the_price_of_the_case(assessment: Assessment) -> None:
    money, quantity = (
        assessment.case.claims[0].model_copy(update={"id": id, "about": "p", "role": role, **more})
        for id, role, more in (
            ("m", "money", {"value": 600e6, "unit": "LAK/yr", "currency": "LAK", "path": None}),
            ("q", "quantity", {"value": 500.0, "unit": "MWh/yr", "path": "price.power"}),
        )
    )
    other = replace(assessment, case=assessment.case.model_copy(update={"claims": (money, quantity)}))
    found = compare(other, quantity)
    assert (found.published, found.unit) == (1.2e6, "LAK/MWh")
    assert found.ours == pytest.approx(1.15e6)


def test_an_empty_assessment_still_makes_a_report(assessment: Assessment, knowhow: KnowHow, lang: Lang) -> None:
    empty = replace(
        assessment,
        balance=replace(assessment.balance, streams=(), gaps=(), suspects=(), degrees=0),
        costs=replace(assessment.costs, flows=(), uses=(), unpriced=()),
        hotspots=(),
        proposals=replace(assessment.proposals, items=()),
        appraisals=replace(assessment.appraisals, items=()),
        indicators=replace(assessment.indicators, indicators=(), benchmarks=(), factors=()),
        plan=None,
        findings=(),
    )
    document = blocks_of(empty, knowhow, lang)
    (key,) = [b for b in document.blocks if isinstance(b, KeyNumbers)]
    assert [k.answer for k in key.items][1:] == ["–"] * 4
    assert document_data(document)["blocks"]


@pytest.mark.parametrize(
    ("value", "unit", "times", "shown"),
    [
        (0.0000393, "t/piece", 1e6, "g/piece"),
        (0.000457, "t CO2e/piece", 1e3, "kg CO2e/piece"),
        (0.00353, "m3/piece", 1e3, "l/piece"),
        (0.147, "t/hl", 1.0, "t/hl"),
        (0.02, "t", 1.0, "t"),
    ],
)
def test_an_indicator_per_something_is_written_in_a_unit_that_reads_well(
    value: float, unit: str, times: float, shown: str, assessment: Assessment
) -> None:
    row = replace(assessment.indicators.indicators[0], value=value, unit=unit)
    assert _readable(row) == (times, shown)


def test_a_published_time_below_two_years_is_written_in_months(assessment: Assessment, knowhow: KnowHow) -> None:
    view = View(assessment, knowhow, "en")
    written = [_shown(view, years, "yr", None) for years in (0.083, 0.0677, 1.14, 3.0)]
    assert written == ["1 month", "0.81 months", "14 months", "3 years"]


def test_who_has_the_typical_value_as_written_is_typical(assessment: Assessment, knowhow: KnowHow) -> None:
    view = View(assessment, knowhow, "en")
    row = replace(assessment.indicators.benchmarks[0], typical=198.0, position="worse_than_typical")
    assert _typical(view, replace(row, value=198.2))
    assert not _typical(view, replace(row, value=199.0))
