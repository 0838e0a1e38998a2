"""Sheets of the results: the summary that opens the book, and what all rests on: assumptions, factors, sources."""

from __future__ import annotations

from namsai.assessment import five_numbers
from namsai.findings import Finding, Severity
from namsai.knowhow import Factor
from namsai.report.blocks import KeyNumbers
from namsai.report.document import unreviewed
from namsai.report.indicators import measure_name
from namsai.report.sources import assumed
from namsai.report.summary import summary as first_page
from namsai.report.view import EVIDENCE, View, source_keys
from namsai.texts import text
from namsai.workbook.results import Cell, Column, Reader, Row, Section, Sheet, Shown
from namsai.workbook.results_choice import title_of
from namsai.workbook.results_flows import KINDS

ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def summary(r: Reader) -> Sheet:
    """The first sheet: the five answers, the money of the period, the balance, what was noticed, how to read it."""
    case, costs = r.assessment.case, r.assessment.costs
    period = f"{case.period.start} – {case.period.end}"
    plant = r.say(lambda view: case.enterprise.name.show(view.lang))
    rows: list[Row] = [
        Section(r.t("part-plant")),
        (r.t("plant"), plant, "", "", r.word(f"terms.sector-{case.enterprise.sector}")),
        (r.t("period"), period, "", "", r.t("period-note")),
        (r.t("money"), costs.currency, "", "", r.say(lambda view: view.currency_name)),
        Section(r.t("part-five")),
        *_five(r),
        Section(r.t("part-money")),
        *_money(r),
        Section(r.t("part-balance")),
        *_balance(r),
        Section(r.t("part-noticed")),
        *_noticed(r),
        Section(r.t("part-reading")),
        *((r.t("how-to-read") if n == 1 else "", r.t(f"read-{n}", "\n"), "", "", "") for n in range(1, 5)),
        *((r.t("letter", letter=x), r.say(lambda view, x=x: view.evidence(x)), "", "", "") for x in EVIDENCE),  # type: ignore[misc]
        (r.t("version"), r.assessment.knowhow_version, "", "", ""),
    ]
    if r.lang != "en" and unreviewed():
        rows.append((r.t("language"), r.word("report.unreviewed"), "", "", ""))
    columns = (
        *(Column("question", widest=40), Column("answer", widest=52), Column("value", "money")),
        *(Column("unit"), Column("explanation", widest=80)),
    )
    return Sheet("summary", columns, tuple(rows), 0)


def _five(r: Reader) -> list[Row]:
    """The five answers in the words of the report's first page, each with its number."""
    five = five_numbers(r.assessment)
    per_year = r.t("per-year", currency=r.currency)
    worst = five.worst.money if five.worst is not None else None
    saving = five.first.saving.mid if five.first is not None and five.first.saving is not None else None
    numbers: list[tuple[Cell | Shown, str]] = [
        (five.lost_per_year, per_year),
        (worst, per_year),
        (saving, per_year),
        (five.cost, r.currency),
        (None if five.payback is None else Shown(five.payback, "years"), r.t("years")),
    ]
    pages = [next(b.items for b in first_page(view) if isinstance(b, KeyNumbers)) for view in r.views]
    rows: list[Row] = []
    for place, (value, unit) in enumerate(numbers):
        said = [page[place] for page in pages]
        question, answer, detail = (
            between.join(dict.fromkeys(words))
            for between, words in (
                (" / ", [k.question for k in said]),
                (" / ", [k.answer for k in said]),
                ("\n", [k.detail for k in said]),
            )
        )
        rows.append((question, answer, value, unit if value is not None else "", detail))
    return rows


def _money(r: Reader) -> list[Row]:
    """What was spent in the period, and what carries it: both sums are the same."""
    costs = r.assessment.costs
    rows: list[Row] = []
    for part in ("purchased", "labour", "system", "waste_management"):
        rows.append((r.t(f"spent-{part}"), "", getattr(costs, part), r.currency, ""))
    rows.append((r.t("spent-total"), "", costs.total, r.currency, ""))
    for kind in KINDS:
        flows = [f for f in costs.flows if f.kind == kind]
        if flows:
            name = r.say(lambda view, k=kind: _carried(view, k))  # type: ignore[misc]
            rows.append((name, "", sum(f.total for f in flows), r.currency, ""))
    rows.append((r.t("loss-total"), "", costs.loss_total, r.currency, ""))
    if costs.unpriced:
        names = ", ".join(dict.fromkeys(r.stream(s) for s in costs.unpriced))
        rows.append((r.t("unpriced"), names, Shown(len(costs.unpriced), "count"), r.t("streams"), r.t("unpriced-note")))
    return rows


def _carried(view: View, kind: str) -> str:
    return text("results.carried-by", view.lang, kind=text(f"results.kind-{kind}", view.lang))


def _balance(r: Reader) -> list[Row]:
    """Whether the balance closes, with its test value and limit."""
    found = r.assessment.balance
    verdict = "unchecked" if found.degrees == 0 else "closes" if found.closes else "open"
    rows: list[Row] = [(r.t("closes"), r.t(f"closes-{verdict}"), "", "", "")]
    if found.degrees:
        rows.append((r.t("test-value"), "", Shown(found.objective, "years"), "", r.t("test-note")))
        rows.append((r.t("test-limit"), "", Shown(found.critical, "years"), "", ""))
    unknown = sum(not s.observable for s in found.streams)
    taken = sum(s.assumption for s in r.assessment.case.streams)
    for name, count in (("all", len(found.streams)), ("assumed", taken), ("unknown", unknown)):
        rows.append((r.t(f"streams-{name}"), "", Shown(count, "count"), r.t("streams"), ""))
    return rows


def _noticed(r: Reader) -> list[Row]:
    """How many findings of each weight, then the errors and warnings themselves."""
    found = r.assessment.findings
    rows: list[Row] = []
    for weight in ORDER:
        count = sum(f.severity is weight for f in found)
        rows.append((r.word(f"report.severity-{weight}"), "", Shown(count, "count"), "", ""))
    for f in _sorted(found):
        if f.severity is not Severity.NOTE:
            says, fix = _said(r, f)
            rows.append((r.word(f"report.severity-{f.severity}"), says, "", "", fix))
    return rows


def _sorted(found: tuple[Finding, ...]) -> list[Finding]:
    return sorted(found, key=lambda f: ORDER.index(f.severity))


def _said(r: Reader, finding: Finding) -> tuple[str, str]:
    """Return what a finding says and what to do, in all languages."""
    return r.say(lambda view: view.finding(finding)[0], "\n"), r.say(lambda view: view.finding(finding)[1], "\n")


def findings(r: Reader) -> Sheet:
    """All findings, the most severe first, each with what to do."""
    rows: list[Row] = []
    for f in _sorted(r.assessment.findings):
        where = r.say(lambda view, f=f: view.where(f.where.path))  # type: ignore[misc]
        spot = " ".join(x for x in (f.where.sheet, f.where.cell) if x)
        rows.append((r.word(f"report.severity-{f.severity}"), *_said(r, f), where, spot or f.where.path, f.code))
    columns = (
        *(Column("severity"), Column("says", widest=70), Column("fix", widest=70), Column("where")),
        *(Column("place"), Column("code")),
    )
    return Sheet("findings", columns, tuple(rows))


def assumptions(r: Reader) -> Sheet:
    """Everything that was neither measured nor published."""
    rows: list[Row] = []
    for said in zip(*(assumed(view) for view in r.views), strict=True):
        rows.append(tuple(" / ".join(dict.fromkeys(x for x in words if x)) for words in zip(*said, strict=True)))
    columns = (Column("table"), Column("what", widest=60), Column("figures", widest=50), Column("remark", widest=60))
    return Sheet("assumptions", columns, tuple(rows))


def factors(r: Reader) -> Sheet:
    """Every factor, exchange rate and default uncertainty that went into a number."""
    by_id = {f.id: f for f in r.knowhow.factors}
    rows: list[Row] = []
    for use in r.assessment.indicators.factors:
        record = by_id.get(use.id)
        name = r.say(lambda view, u=use, f=record: _factor_name(view, u.name, f))  # type: ignore[misc]
        used = r.say(lambda view, u=use: measure_name(view, u.used_for))  # type: ignore[misc]
        evidence = use.evidence if use.evidence in EVIDENCE else r.word("report.assumed")
        kind, source = r.t("a-factor"), (use.source, title_of(r, use.source))
        rows.append((kind, name, use.value, use.unit, use.year, used, *source, evidence, use.id))
    for rate in r.assessment.case.rates:
        unit, mark = f"{rate.quote}/{rate.base}", r.word("report.assumed") if rate.assumption else ""
        source = (rate.ref or "", title_of(r, rate.ref or ""))
        rows.append((r.t("a-rate"), f"1 {rate.base}", rate.rate, unit, rate.date, r.t("money"), *source, mark, ""))
    used_sources: dict[str, int] = {}
    for stream in r.assessment.case.streams:
        if stream.amount is not None and stream.amount.uncertainty is None:
            used_sources[str(stream.amount.source)] = used_sources.get(str(stream.amount.source), 0) + 1
    for how, count in used_sources.items():
        value = r.knowhow.default_uncertainty(how).value
        used = f"{count} {r.t('streams')}"
        name, mark = r.word(f"terms.source-{how}"), r.word("report.assumed")
        rows.append((r.t("a-default"), name, value, "± %", "", used, "", "", mark, ""))
    columns = (
        *(Column("kind"), Column("factor"), Column("value", "amount"), Column("unit"), Column("date")),
        *(Column("used-for"), Column("source"), Column("source-title", widest=90), Column("evidence"), Column("id")),
    )
    return Sheet("factors", columns, tuple(rows), 2)


def _factor_name(view: View, name: str, record: Factor | None) -> str:
    """Return the name of a factor: as published in English, by its kind and flow in Lao."""
    if view.lang != "lo" or record is None:
        return name if view.lang != "lo" else view.t("factor")
    words = (view.word(f"report.factor-{record.category}"), view.flow(record.flow) if record.flow else "")
    return " – ".join(word for word in words if word) or view.t("factor")


def sources(r: Reader) -> Sheet:
    """The sources of the case and those of the know-how that a number of this book comes from."""
    a = r.assessment
    rows: list[Row] = [(s.key, s.title, s.locator or "", s.year, r.t("of-case"), "") for s in a.case.sources]
    have = {s.key for s in a.case.sources}
    named = [p.source for p in a.proposals.items] + [b.source for b in a.indicators.benchmarks]
    named += [f.source for f in a.indicators.factors]
    for key in dict.fromkeys(key for source in named for key in source_keys(source)):
        record = r.knowhow.sources.get(key)
        if record is not None and key not in have:
            rows.append((key, record.title, record.locator, None, r.t("of-knowhow"), record.licence))
    columns = (
        *(Column("key"), Column("source-title", widest=90), Column("locator", widest=60)),
        *(Column("year", "year", marked=False), Column("kind"), Column("licence")),
    )
    return Sheet("sources", columns, tuple(rows))
