"""Chapter: how the plant does: indicators, change against a base year, place between best and poor practice."""

from __future__ import annotations

from typing import Literal

from namsai.charts import write
from namsai.charts.bars import Change, changes
from namsai.charts.profile import Track, profile
from namsai.indicators.model import BenchmarkPosition, Indicator
from namsai.report.blocks import Block, Chart, Column, Heading, Paragraph, Table
from namsai.report.view import View

PROFILE = (
    *(("energy", "productivity"), ("materials", "productivity"), ("water", "productivity")),
    *(("waste", "intensity"), ("waste_water", "intensity"), ("ghg", "intensity")),
)


SMALLER = {"TJ": "GJ", "GJ": "MJ", "MJ": "kJ", "t": "kg", "kg": "g", "m3": "l"}
VERDICTS: dict[str, Literal["good", "bad", "open"]] = {
    "best": "good",
    "better_than_typical": "good",
    "worse_than_typical": "bad",
    "poor": "bad",
}


def indicators(view: View) -> list[Block]:
    """Return the benchmark tracks, the profile of six changes and the table of all indicators."""
    found = view.assessment.indicators
    out: list[Block] = [Heading(view.t("indicators-title")), Paragraph(view.t("indicators-lead"), "lead")]
    out.append(Heading(view.t("benchmarks-title"), 2))
    tracks = [_track(view, b) for b in found.benchmarks if any(m is not None for m in (b.best, b.typical, b.poor))]
    if tracks:
        words = (view.t("mark-best"), view.t("mark-typical"), view.t("mark-poor"))
        scene = profile(tracks, view.t("benchmarks-title"), words, view.chart_width, view.narrow)
        out += [Chart(scene, view.t("profile-caption")), _benchmarks(view)]
    else:
        out.append(Paragraph(view.t("no-benchmark"), "note"))
    out.append(Heading(view.t("change-title"), 2))
    chart = _changes(view)
    out.append(chart if chart is not None else Paragraph(view.t("no-base-year"), "note"))
    out += [Heading(view.t("all-indicators"), 2), _table(view)]
    return out


def benchmark_name(view: View, b: BenchmarkPosition) -> str:
    """Return what a benchmark is about in words of the reader: the flow, and per what."""
    record = next((r for r in view.knowhow.benchmarks if r.id == b.benchmark), None)
    if record is None:
        return b.indicator
    per = view.label("per", record.per)
    what = view.flow(record.flow) if record.flow else (record.indicator if view.lang == "en" else view.t("indicator"))
    counted = view.per(record.unit.rpartition("/")[2])  # "hl" of "hl/hl", "piece" of "MJ/piece"
    if not per or per == counted:
        return view.t("what-per-unit", what=what, unit=counted)
    return view.t("what-per", what=what, unit=counted, per=per)


def _typical(view: View, b: BenchmarkPosition) -> bool:
    """Tell whether a plant judged better or worse than typical has the typical value, as both are written."""
    judged = b.position in ("better_than_typical", "worse_than_typical")
    return judged and write.number(b.value, view.lang) == write.number(b.typical, view.lang)


def _track(view: View, b: BenchmarkPosition) -> Track:
    marks = tuple(write.number(m, view.lang) for m in (b.best, b.typical, b.poor))
    verdict = "open" if _typical(view, b) else VERDICTS.get(b.position, "open")
    shown = f"{write.number(b.value, view.lang)} {view.unit(b.unit)}"
    return Track(
        f"{benchmark_name(view, b)} ({b.source})",
        b.value,
        shown,
        b.best,
        b.typical,
        b.poor,
        (marks[0], marks[1], marks[2]),
        verdict,
    )


def _benchmarks(view: View) -> Table:
    titles = (
        "col-benchmark",
        "col-unit",
        "col-here",
        "mark-best",
        "mark-typical",
        "mark-poor",
        "col-position",
        "col-evidence",
    )
    shares = (2.6, 0.9, 0.8, 0.8, 0.8, 0.8, 1.4, 0.85)
    columns = tuple(
        Column(view.t(t), "number" if 2 <= n <= 5 else ("badge" if n == 7 else "text"), s)
        for n, (t, s) in enumerate(zip(titles, shares, strict=True))
    )
    rows = []
    for b in view.assessment.indicators.benchmarks:
        values = tuple(write.number(v, view.lang) for v in (b.value, b.best, b.typical, b.poor))
        evidence = f"{b.evidence}: {view.evidence(b.evidence)}" if view.web and b.evidence else b.evidence
        position = view.t("mark-typical") if _typical(view, b) else view.word(f"indicators.position-{b.position}")
        rows.append((f"{benchmark_name(view, b)} ({b.source})", view.unit(b.unit), *values, position, evidence))
    return Table(columns, tuple(rows), view.t("benchmark-caption"))


def measure_name(view: View, key: str) -> str:
    """Return the name of an indicator by its key, with or without its kind (``intensity-water``)."""
    kind, dash, measure = key.partition("-")
    name = view.word(f"indicators.measure-{measure if dash else key}")
    if dash and kind in ("productivity", "intensity"):
        return view.t(f"{kind}-of", measure=name)
    return name


def _changes(view: View) -> Chart | None:
    rows, year = [], None
    for measure, kind in PROFILE:
        found = view.assessment.indicators.get(f"{kind}-{measure}", kind)
        change = None if found is None else found.change
        name = measure_name(view, f"{kind}-{measure}")
        if found is None or change is None:
            rows.append(Change(name, None, True, view.t("not-known")))
            continue
        year = found.base_year
        good = change >= 0 if found.better == "up" else change <= 0
        rows.append(Change(name, change, good, write.percent(change, view.lang, sign=True)))
    if year is None:
        return None
    scene = changes(rows, view.t("change-title"), view.t("better"), view.t("worse"), view.chart_width, view.narrow)
    return Chart(scene, view.t("change-caption", year=str(year)))


def _table(view: View) -> Table:
    found = view.assessment.indicators
    number = 6 if any(i.base_value is not None for i in found.indicators) else 4  # no base year, no columns for it
    titles = ("col-indicator", "col-value", "col-unit", "col-range", "col-base", "col-change")
    kinds = ("text", "number", "text", "number", "number", "number")
    columns = tuple(
        Column(view.t(t), k, s)  # type: ignore[arg-type]
        for t, k, s in zip(titles, kinds, (2.2, 0.9, 1.0, 1.8, 1.2, 0.8), strict=True)
    )[:number]
    rows = tuple(_row(view, i)[:number] for i in found.indicators)
    name = found.output_name.show(view.lang) if found.output_name else ""
    return Table(columns, rows, view.t("indicator-caption", output=name) if name else view.t("indicator-caption-plain"))


def _row(view: View, i: Indicator) -> tuple[str, ...]:
    times, unit = _readable(i)
    value, low, high, base_value = (None if v is None else v * times for v in (i.value, i.low, i.high, i.base_value))
    values = (write.number(value, view.lang), view.unit(unit), write.span(low, high, view.lang))
    base = write.number(base_value, view.lang)
    if i.base_value is not None and i.base_year:
        base = f"{base} ({i.base_year})"
    return (measure_name(view, i.key), *values, base, write.percent(i.change, view.lang, sign=True))


def _readable(i: Indicator) -> tuple[float, str]:
    """Return what to multiply an indicator per something with, and its unit then: 39 g/piece, not 0.000039 t/piece."""
    first, stroke, per = i.unit.partition("/")
    what, blank, gas = first.partition(" ")
    times = 1.0
    while stroke and 0 < abs(i.value) * times < 0.1 and what in SMALLER:
        times, what = times * 1000, SMALLER[what]
    return times, f"{what}{blank}{gas}{stroke}{per}"
