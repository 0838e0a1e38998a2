"""`namsai check FILE`: every error and doubt of a case file or a filled form at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from namsai.cli.common import language, on_file, print_json, show_findings
from namsai.findings import has_errors
from namsai.texts import text


@click.command("check")
@on_file
def command(file: Path, as_json: bool, lang: str | None) -> None:
    """Check a case file or a filled form."""
    from namsai.knowhow import load
    from namsai.workbook.read import read_any

    chosen = language(lang)
    case, findings = read_any(file, load())
    if as_json:
        print_json({"findings": findings})
    else:
        show_findings(findings, chosen)
        click.echo(text("cli.checked", chosen, n=len(findings)))
    if case is None or has_errors(findings):
        sys.exit(1)
