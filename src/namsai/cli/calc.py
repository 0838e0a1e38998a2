"""`namsai calc NAME < in.json`: one calculation method by itself."""

from __future__ import annotations

import json
import sys

import click

from namsai.cli.common import language, options, print_json, show_findings
from namsai.findings import Finding, Severity
from namsai.texts import text


@click.command("calc")
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="list all methods")
@click.option("--schema", is_flag=True, help="show inputs and outputs of a method")
@options
def command(name: str | None, listing: bool, schema: bool, as_json: bool, lang: str | None) -> None:
    """Run one calculation method on JSON from standard input."""
    from namsai import calculators

    chosen = language(lang)
    if listing or name is None:
        table = calculators.listing()
        if as_json:
            print_json(table)
        else:
            for row in table:
                click.echo(f"{row['name']:28} {row['formula']}")
        return
    if name not in calculators.names():
        raise click.UsageError(text("cli.no-calculator", chosen, name=name))
    if schema:
        print_json(calculators.schema(name))
        return
    try:
        document = json.load(sys.stdin)
    except (ValueError, UnicodeDecodeError) as problem:
        raise click.UsageError(text("cli.no-json", chosen, problem=str(problem))) from problem
    result = calculators.run(name, document)
    print_json(result)
    findings = [f for f in result["findings"] if isinstance(f, Finding)]
    if not as_json:
        show_findings(findings, chosen)
    severities = {f.severity for f in findings} | {f["severity"] for f in result["findings"] if isinstance(f, dict)}
    if Severity.ERROR in severities:
        sys.exit(1)
