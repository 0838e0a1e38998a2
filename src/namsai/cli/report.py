"""`namsai report FILE`: one document of a plant, in the language and format asked for."""

from __future__ import annotations

from pathlib import Path

import click

from namsai.cli.common import assessed, language, on_file, print_json
from namsai.texts import text


@click.command("report")
@on_file
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="file: .pdf, .html, .xlsx or .json")
def command(file: Path, as_json: bool, lang: str | None, out: Path | None) -> None:
    """Write the report of a plant."""
    from namsai.report.document import blocks_of

    chosen = language(lang)
    assessment, knowhow = assessed(file, chosen, as_json)
    path = out or Path(f"{assessment.case.id}-{chosen}.pdf")
    match path.suffix.lower():
        case ".pdf":
            from namsai.report.pdf import write_pdf

            write_pdf(blocks_of(assessment, knowhow, chosen), path)
        case ".html":
            from namsai.report.html import write_html

            write_html(blocks_of(assessment, knowhow, chosen), path)
        case ".xlsx":
            from namsai.workbook.export import write_results

            write_results(path, assessment, chosen, knowhow)
        case ".json":
            from namsai.cli.results import write_json

            write_json(assessment, path)
        case other:
            raise click.UsageError(text("cli.no-format", chosen, format=other))
    if as_json:
        print_json({"file": str(path)})
    else:
        click.echo(text("cli.written", chosen) + f" {path}")
