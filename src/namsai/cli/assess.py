"""`namsai assess FILE`: the main job. Reports in Lao and English, workbook, JSON, the five numbers on the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from namsai.cli.common import assessed, language, on_file, print_json, show_findings
from namsai.texts import text


@click.command("assess")
@on_file
@click.option("-o", "--out", type=click.Path(file_okay=False, path_type=Path), help="folder of the results [out]")
@click.option("--budget", type=click.FloatRange(min=0), help="budget in the currency of the case")
@click.option("--no-pdf", is_flag=True, help="no PDF reports")
def command(file: Path, as_json: bool, lang: str | None, out: Path | None, budget: float | None, no_pdf: bool) -> None:
    """Assess a plant: balance, loss cost, options, plan, report."""
    from namsai.cli.results import write_all
    from namsai.cli.terminal import print_five

    chosen = language(lang)
    assessment, knowhow = assessed(file, chosen, as_json, budget)
    if as_json:
        print_json(assessment)
        if out is None:
            return
    written = write_all(assessment, knowhow, out or Path("out"), pdf=not no_pdf)
    if not as_json:
        print_five(assessment, chosen)
        show_findings(assessment.findings, chosen, limit=6)
        click.echo(text("cli.written", chosen))
        for path in written:
            click.echo(f"  {path}")
