"""`namsai demo`: assess every example plant, write all results, print the five numbers of each."""

from __future__ import annotations

from pathlib import Path

import click

from namsai.cli.common import assessed, language, options, print_json
from namsai.cli.main import further
from namsai.texts import text


def example_files(folder: Path) -> list[Path]:
    """Return the case files of the example plants."""
    return sorted(folder.glob("*/case.json"))


@click.command("demo")
@click.option("-o", "--out", default=Path("out"), type=click.Path(file_okay=False, path_type=Path), show_default=True)
@click.option("--examples", default=Path("examples"), type=click.Path(path_type=Path), show_default=True)
@options
def command(out: Path, examples: Path, as_json: bool, lang: str | None) -> None:
    """Assess all example plants."""
    from namsai.cli.results import write_all
    from namsai.cli.terminal import five_lines, print_five

    chosen = language(lang)
    files = example_files(examples)
    if not files:
        raise click.UsageError(text("cli.no-examples", chosen, folder=str(examples)))
    answers: dict[str, object] = {}
    written: list[Path] = []
    for number, file in enumerate(files, 1):
        if not as_json:
            click.secho(f"[{number}/{len(files)}] ", nl=False, dim=True)
        assessment, knowhow = assessed(file, chosen, as_json)
        written += write_all(assessment, knowhow, out / assessment.case.id)
        answers[assessment.case.id] = dict(five_lines(assessment, chosen))
        if not as_json:
            print_five(assessment, chosen)
    if as_json:
        print_json({"plants": answers, "files": [str(p) for p in written]})
        return
    click.echo()
    click.echo(text("cli.demo-done", chosen, n=len(files), folder=str(out)))
    for path in written:
        if path.suffix == ".pdf":
            click.echo(f"  {path}")
    if "serve" in further():
        click.echo(text("cli.demo-serve", chosen))
