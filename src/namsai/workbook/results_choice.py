"""Sheets of the results: indicators and benchmarks, options with their appraisal, the plan in the order of doing."""

from __future__ import annotations

from itertools import accumulate

from namsai.appraisal.model import Appraisal
from namsai.options.model import Proposal
from namsai.options.reason import reason_text
from namsai.report.indicators import benchmark_name, measure_name
from namsai.report.view import View, source_keys
from namsai.texts import has
from namsai.workbook.results import Cell, Column, Reader, Row, Sheet


def indicators(r: Reader) -> Sheet:
    """All indicators with their range and their change against the base year."""
    rows: list[Row] = []
    for i in r.assessment.indicators.indicators:
        name = r.say(lambda view, i=i: measure_name(view, i.key))  # type: ignore[misc]
        better = r.t(f"better-{i.better}")
        base = (i.base_year, i.base_value, i.change)
        rows.append((name, r.t(f"indicator-{i.kind}"), i.value, i.low, i.high, r.unit(i.unit), *base, better))
    columns = (
        *(Column("indicator"), Column("kind"), Column("value", "amount"), Column("low95", "amount")),
        *(Column("high95", "amount"), Column("unit"), Column("base-year", "year", marked=False)),
        *(Column("base-value", "amount", marked=False), Column("change", "share", marked=False), Column("better")),
    )
    return Sheet("indicators", columns, tuple(rows))


def benchmarks(r: Reader) -> Sheet:
    """The place of the plant between best and poor practice, each mark with its source."""
    rows: list[Row] = []
    for b in r.assessment.indicators.benchmarks:
        name = r.say(lambda view, b=b: benchmark_name(view, b))  # type: ignore[misc]
        marks = (b.value, b.best, b.typical, b.poor, r.unit(b.unit), b.gap_to_typical)
        position = r.word(f"indicators.position-{b.position}")
        rows.append((name, *marks, position, b.scope_note, b.evidence, b.source, title_of(r, b.source), b.benchmark))
    columns = (
        *(Column("benchmark"), Column("here", "amount"), Column("best", "amount"), Column("typical", "amount")),
        *(Column("poor", "amount"), Column("unit"), Column("gap-typical", "share"), Column("position")),
        *(Column("scope", widest=70), Column("evidence"), Column("source"), Column("source-title", widest=90)),
        Column("id"),
    )
    return Sheet("benchmarks", columns, tuple(rows))


def title_of(r: Reader, source: str) -> str:
    """Return the titles of the sources of a figure, as published."""
    own = {s.key: s.title for s in r.assessment.case.sources}
    found = (own.get(key) or getattr(r.knowhow.sources.get(key), "title", "") for key in source_keys(source))
    return "; ".join(title for title in found if title)


def options(r: Reader) -> Sheet:
    """All options: reason, saving, cost, value as ranges, what they save beside money, evidence and source."""
    rows = tuple(_option(r, number, p) for number, p in enumerate(r.assessment.proposals.items, 1))
    spans = ("saving", "investment")
    money = tuple(Column(f"{what}-{end}", "money") for what in spans for end in ("low", "mid", "high"))
    columns = (
        *(Column("number", "count"), Column("option", widest=60), Column("reason", widest=60)),
        *(Column("technique"), Column("process"), *money),
        *(Column("running-cost", "money"), Column("currency"), Column("years-counted", "count")),
        *(Column(f"payback-{end}", "years") for end in ("best", "mid", "worst")),
        *(*(Column(f"npv-{end}", "money") for end in ("low", "mid", "high")), Column("rate", "share")),
        *(Column("irr", "share"), Column("ghg-saved", "amount"), Column("energy-saved", "amount")),
        *(Column("water-saved", "amount"), Column("material-saved", "amount"), Column("evidence-saving")),
        *(Column("evidence-payback"), Column("source"), Column("source-title", widest=90)),
        *(Column("why-no-number", widest=60), Column("id")),
    )
    return Sheet("options", columns, rows, 2)


def _option(r: Reader, number: int, p: Proposal) -> Row:
    found = r.assessment.appraisals.get(p.id)
    saving: tuple[Cell, ...] = (p.saving.low, p.saving.mid, p.saving.high) if p.saving else (None, None, None)
    cost: tuple[Cell, ...] = (None, None, None)
    if p.investment is not None:
        cost = (p.investment.low, p.investment.mid, p.investment.high)
    running = p.running_cost if p.running_cost or p.id in _with_running_cost(r) else None
    years = found.years if found is not None else None
    why = (r.word(p.why_not) if p.why_not else "") or ("" if p.calculated else r.word("report.why-unknown"))
    letters = (p.evidence_saving, p.evidence_payback) if p.origin != "case" else ("M", "M")
    return (
        *(number, r.say(lambda view: p.title.show(view.lang)), r.say(lambda view: _reason(view, p), "\n")),
        *(r.word(f"terms.technique-{p.technique}"), r.process(p.process) if p.process else ""),
        *(*saving, *cost, running, r.currency, years, *_worth(r, p, found), *letters),
        *(p.source, title_of(r, p.source), why, p.id),
    )


def _with_running_cost(r: Reader) -> set[str]:
    """Return the measures of the case whose running cost is given (0 included); of others it is not known."""
    return {m.id for m in r.assessment.case.measures if m.running_cost is not None}


def _reason(view: View, p: Proposal) -> str:
    return reason_text(p, view.lang) if has(p.reason) else ""


def _worth(r: Reader, p: Proposal, found: Appraisal | None) -> tuple[Cell, ...]:
    """Return payback, value, rates and what is saved beside money; without a known outlay there is no payback."""
    if found is None:
        return (None,) * 12
    back: tuple[Cell, ...] = (None, None, None)
    irr: Cell = None
    if p.investment is not None:
        never = r.word("report.never")
        back = tuple(never if years is None else years for years in found.payback)
        irr = found.irr.preferred if found.irr.verdict == "unique" else r.word(f"report.irr-{found.irr.verdict}")
    energy, _ = r.amount(found.energy, "J")
    ghg = found.ghg[1] if found.ghg else None
    return (*back, *found.npv, found.rate, irr, ghg, energy, found.water, found.material)


def plan(r: Reader) -> Sheet:
    """The plan in the order of doing, budget and value added up, then what stays out and why."""
    found, options = r.assessment.plan, {p.id: p for p in r.assessment.proposals.items}
    rows: list[Row] = []
    if found is not None:
        spending = accumulate(c.investment for c in found.chosen)
        saving = accumulate(c.attributed_saving for c in found.chosen)
        worth = accumulate(c.added_value for c in found.chosen)
        sums = zip(spending, saving, worth, strict=True)
        for number, (c, (spent, saved, value)) in enumerate(zip(found.chosen, sums, strict=True), 1):
            money = (c.investment, spent, c.attributed_saving, saved, c.added_value, value)
            rows.append((number, *_named(r, options.get(c.id), c.id), r.t("in-plan"), *money, "", r.currency, ""))
        for x in found.left:
            p = options.get(x.id)
            cost = p.investment.mid if p is not None and p.investment is not None else None
            beside = (*(None,) * 5, x.worth_alone, r.currency, _why(r, x.reason, x.other))
            rows.append((None, *_named(r, p, x.id), r.t("left-out"), cost, *beside))
    head = (
        *(Column("order", "count", marked=False), Column("option", widest=60), Column("technique")),
        *(Column("saving-year", "money"), Column("in-plan"), Column("investment-mid", "money")),
        Column("spent-so-far", "money", marked=False),
        *(Column("attributed", "money", marked=False), Column("saved-so-far", "money", marked=False)),
        *(Column("added-value", "money", marked=False), Column("value-so-far", "money", marked=False)),
        *(Column("worth-alone", "money"), Column("currency"), Column("why-left")),
    )
    return Sheet("plan", head, tuple(rows), 2)


def _named(r: Reader, p: Proposal | None, id: str) -> tuple[Cell, ...]:
    """Return title, technique and saving per year (alone, middle) of an option."""
    if p is None:
        return id, "", None
    saving = p.saving.mid if p.saving is not None else None
    return r.say(lambda view: p.title.show(view.lang)), r.word(f"terms.technique-{p.technique}"), saving


def _why(r: Reader, reason: str, other: str) -> str:
    """Return why an option is not in the plan."""

    def said(view: View) -> str:
        words = view.word(f"portfolio.left-{reason.removeprefix('portfolio.left-')}") or view.t("left-out")
        return words.replace("{other}", view.title(other)) if other else words

    return r.say(said)
