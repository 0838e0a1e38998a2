"""`namsai indicators FILE`: the enterprise indicators, their change and the benchmarks that fit."""

from __future__ import annotations

from pathlib import Path

import click

from namsai.cli.common import assessed, language, on_file, print_json, show_findings
from namsai.cli.table import print_table
from namsai.texts import show_fact, text


@click.command("indicators")
@on_file
def command(file: Path, as_json: bool, lang: str | None) -> None:
    """Show productivity, intensity and benchmarks."""
    chosen = language(lang)
    assessment, knowhow = assessed(file, chosen, as_json)
    profile = assessment.indicators
    if as_json:
        print_json(profile)
        return
    rows = [
        (
            text(f"indicators.measure-{i.key.partition('-')[2] or i.key}", chosen),
            text(f"indicators.kind-{i.kind}", chosen),
            show_fact(i.value, chosen),
            i.unit,
            "–" if i.change is None else f"{show_fact(round(100 * i.change, 1), chosen)} %",
        )
        for i in profile.indicators
    ]
    header = [text(f"cli.col-{c}", chosen) for c in ("indicator", "kind", "value", "unit", "change")]
    print_table(text("cli.title-indicators", chosen), header, rows, numbers=(2, 4))
    marks = [
        (
            knowhow.label("indicator", knowhow.benchmark(b.benchmark).indicator, chosen),
            show_fact(b.value, chosen),
            *(show_fact(v, chosen) for v in (b.best, b.typical, b.poor)),
            b.unit,
            f"{b.source} ({b.evidence})",
        )
        for b in profile.benchmarks
    ]
    if marks:
        header = [
            text(f"cli.col-{c}", chosen) for c in ("indicator", "here", "best", "typical", "poor", "unit", "source")
        ]
        print_table(text("cli.title-benchmarks", chosen), header, marks, numbers=(1, 2, 3, 4))
    show_findings(profile.findings, chosen)
