"""`namsai form SECTOR -o FILE.xlsx`: an empty form, or the form of an existing case."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from namsai.cli.common import language, options, print_json, read_case
from namsai.plant.case import Sector
from namsai.texts import text


@click.command("form")
@click.argument("sector", type=click.Choice(get_args(Sector)))
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="file to write [SECTOR.xlsx]")
@click.option("--case", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="fill from a case")
@options
def command(sector: str, out: Path | None, file: Path | None, as_json: bool, lang: str | None) -> None:
    """Write an Excel form for a sector."""
    from namsai.knowhow import load
    from namsai.workbook.form import write_form

    chosen = language(lang)
    case = read_case(file, chosen, as_json) if file else None
    path = out or Path(f"{sector}.xlsx")
    if path.exists() and file is None:
        raise click.UsageError(text("cli.exists", chosen, file=path.name))
    write_form(path, sector, case=case, knowhow=load())
    if as_json:
        print_json({"file": str(path)})
    else:
        click.echo(text("cli.form-written", chosen, file=str(path)))
