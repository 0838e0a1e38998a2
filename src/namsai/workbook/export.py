"""The results of an assessment as an Excel workbook: numbers as numbers, text never as a formula."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from namsai.texts import LANGS, finding_text, text

if TYPE_CHECKING:
    from namsai.assessment import Assessment

Cell = str | int | float | None
LOSS_KINDS = ("loss", "recycling_loss", "unexplained")


class _Book:
    """A workbook being written; the header of each sheet is in Lao and English."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter

        safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(str(path), safe)
        self.book.set_properties({"created": datetime(2000, 1, 1), "title": "Namsai"})
        self.font = {"font_name": "Noto Sans Lao", "font_size": 10}
        self.head = self.book.add_format(
            {**self.font, "bold": True, "text_wrap": True, "bottom": 1, "valign": "top", "bg_color": "#E4EFF0"}
        )
        self.plain = self.book.add_format({**self.font, "valign": "top", "text_wrap": True})
        self.whole = self.book.add_format({**self.font, "num_format": "#,##0", "valign": "top"})
        self.fine = self.book.add_format({**self.font, "num_format": "#,##0.00##", "valign": "top"})
        self.total = self.book.add_format({**self.font, "num_format": "#,##0", "bold": True, "top": 1})

    def sheet(self, key: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]) -> None:
        """Write one sheet: title key, columns (text key, width), rows; None stays an empty cell."""
        page = self.book.add_worksheet(text(f"results.sheet-{key}", "en")[:31])
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        for place, (name, width) in enumerate(columns):
            page.set_column(place, place, width)
            page.write_string(0, place, "\n".join(text(f"results.col-{name}", lang) for lang in LANGS), self.head)
        for line, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                self._cell(page, line, place, value)

    def _cell(self, page: Any, line: int, place: int, value: Cell) -> None:
        if value is None:
            page.write_blank(line, place, None, self.plain)
        elif isinstance(value, str):
            page.write_string(line, place, value, self.plain)
        else:
            page.write_number(line, place, value, self.whole if isinstance(value, int) else self.fine)


class _Names:
    """Names of a case in a language."""

    def __init__(self, assessment: Assessment, lang: str) -> None:
        case = assessment.case
        self.material = {m.id: m.name.show(lang) for m in case.materials}
        self.process = {p.id: p.name.show(lang) for p in case.processes}
        self.title = {p.id: p.title.show(lang) for p in assessment.proposals.items}
        self.line = {line.id: line.name.show(lang) if line.name else line.id for line in case.lines}


def write_results(path: Path, assessment: Assessment, lang: str = "lo") -> None:
    """Write the workbook of an assessment; the file appears whole or not at all.

    Args: path of the .xlsx; assessment; lang - of the names (headers are always in both). Errors: OSError.
    """
    aside = path.with_name(path.name + ".part")
    book = _Book(aside)
    names = _Names(assessment, lang)
    _balance(book, assessment, names)
    _costs(book, assessment, names)
    _npo(book, assessment, names)
    _indicators(book, assessment)
    _hotspots(book, assessment, names)
    _options(book, assessment, names)
    _plan(book, assessment, names)
    _sources(book, assessment, lang)
    _findings(book, assessment)
    book.book.close()
    os.replace(aside, path)


def _balance(book: _Book, a: Assessment, names: _Names) -> None:
    columns = [("id", 16), ("from", 20), ("to", 20), ("material", 24), ("measured", 16), ("value", 16), ("sd", 14)]
    rows = (
        (
            s.id,
            names.process.get(s.source, s.source),
            names.process.get(s.target, s.target),
            names.material[s.material],
            s.measured,
            s.value,
            s.sd,
            s.unit,
        )
        for s in a.balance.streams
    )
    book.sheet("balance", [*columns, ("unit", 8)], rows)


def _costs(book: _Book, a: Assessment, names: _Names) -> None:
    columns = [("id", 18), ("material", 24), ("process", 22), ("kind", 14), ("amount", 14), ("unit", 8)]
    columns += [("material-cost", 16), ("energy-cost", 16), ("system-cost", 16), ("waste-cost", 16), ("total", 16)]
    rows = (
        (
            f.stream,
            names.material.get(f.material, ""),
            names.process.get(f.process, f.process),
            text(f"results.kind-{f.kind}", "lo") + " / " + text(f"results.kind-{f.kind}", "en"),
            f.amount,
            f.unit,
            f.material_cost,
            f.energy_cost,
            f.system_cost,
            f.waste_cost,
            f.total,
            f.revenue,
        )
        for f in a.costs.flows
    )
    book.sheet("costs", [*columns, ("revenue", 14)], rows)


def _npo(book: _Book, a: Assessment, names: _Names) -> None:
    """Cost of non-product output per process and category: the sheet that Cleaner Production centres know."""
    parts = ("material_cost", "energy_cost", "system_cost", "waste_cost")
    table: dict[str, list[int]] = {}
    for flow in a.costs.flows:
        if flow.kind in LOSS_KINDS:
            row = table.setdefault(flow.process, [0] * len(parts))
            for place, part in enumerate(parts):
                row[place] += getattr(flow, part)
    columns = [("process", 26), ("material-cost", 18), ("energy-cost", 18), ("system-cost", 18), ("waste-cost", 18)]
    rows: list[tuple[Cell, ...]] = [
        (names.process.get(p, p), *r, sum(r)) for p, r in sorted(table.items(), key=lambda i: -sum(i[1]))
    ]
    book.sheet("npo", [*columns, ("total", 18)], rows)


def _indicators(book: _Book, a: Assessment) -> None:
    columns = [("indicator", 26), ("kind", 14), ("value", 16), ("low", 16), ("high", 16), ("unit", 14), ("change", 12)]
    rows = ((i.key, i.kind, i.value, i.low, i.high, i.unit, i.change) for i in a.indicators.indicators)
    book.sheet("indicators", columns, rows)
    marks = (
        (b.benchmark, b.value, b.best, b.typical, b.poor, b.unit, b.source, b.evidence) for b in a.indicators.benchmarks
    )
    columns = [("id", 12), ("value", 14), ("best", 12), ("typical", 12), ("poor", 12), ("unit", 12), ("source", 24)]
    book.sheet("benchmarks", [*columns, ("evidence", 10)], marks)


def _hotspots(book: _Book, a: Assessment, names: _Names) -> None:
    columns = [("concern", 14), ("rank", 8), ("material", 26), ("process", 22), ("amount", 16), ("unit", 10)]
    rows = (
        (
            text(f"results.concern-{h.concern}", "lo") + " / " + text(f"results.concern-{h.concern}", "en"),
            h.rank,
            names.material.get(h.material) or names.line.get(h.subject.removeprefix("line:"), h.subject),
            names.process.get(h.process, h.process),
            h.amount,
            h.unit,
            h.money,
            h.share,
        )
        for h in a.hotspots
    )
    book.sheet("hotspots", [*columns, ("money-year", 18), ("share", 10)], rows)


def _options(book: _Book, a: Assessment, names: _Names) -> None:
    columns = [("id", 14), ("option", 50), ("technique", 26), ("saving-low", 16), ("saving-high", 16)]
    columns += [("investment-low", 16), ("investment-high", 16), ("payback", 12), ("npv", 16), ("evidence", 10)]

    def row(p: Any) -> tuple[Cell, ...]:
        found = a.appraisals.get(p.id)
        technique = " / ".join(text(f"terms.technique-{p.technique}", lang) for lang in LANGS)
        saving = (p.saving.low, p.saving.high) if p.saving else (None, None)
        cost = (p.investment.low, p.investment.high) if p.investment else (None, None)
        worth = (found.payback[1], found.npv[1]) if found else (None, None)
        return (p.id, names.title[p.id], technique, *saving, *cost, *worth, p.evidence_saving, p.source)

    book.sheet("options", [*columns, ("source", 30)], map(row, a.proposals.items))


def _plan(book: _Book, a: Assessment, names: _Names) -> None:
    columns = [("rank", 8), ("option", 60), ("investment", 18), ("added-value", 18), ("attributed", 18)]
    chosen = a.plan.chosen if a.plan else ()
    rows = [(n, names.title[c.id], c.investment, c.added_value, c.attributed_saving) for n, c in enumerate(chosen, 1)]
    book.sheet("plan", columns, rows)


def _sources(book: _Book, a: Assessment, lang: str) -> None:
    rows: list[tuple[Cell, ...]] = [
        (f.id, f.name, f.value, f.unit, f.source, f.year, f.evidence, f.used_for) for f in a.indicators.factors
    ]
    rows += [(s.key, s.title, None, "", s.locator or "", str(s.year or ""), "", "") for s in a.case.sources]
    rows += [(x.id, x.text.show(lang), None, "", x.ref or "", "", "", "") for x in a.case.assumptions]
    columns = [("id", 16), ("name", 50), ("value", 14), ("unit", 16), ("source", 30), ("year", 8), ("evidence", 12)]
    book.sheet("sources", [*columns, ("used-for", 24)], rows)


def _findings(book: _Book, a: Assessment) -> None:
    def row(finding: Any) -> tuple[Cell, ...]:
        says, fixes = zip(*(finding_text(finding, lang) for lang in LANGS), strict=True)
        return (str(finding.severity), finding.where.path, *says, *fixes)

    columns = [("severity", 12), ("where", 24), ("says-lo", 50), ("says-en", 50), ("do-lo", 50), ("do-en", 50)]
    book.sheet("findings", columns, map(row, a.findings))
