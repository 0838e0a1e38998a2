"""`namsai options FILE`: options that answer these losses, with the reason in words."""

from __future__ import annotations

from pathlib import Path

import click

from namsai.cli.common import assessed, language, on_file, print_json, show_findings
from namsai.cli.terminal import money
from namsai.texts import text


@click.command("options")
@on_file
@click.option("-n", "--number", default=20, show_default=True, help="how many to show")
def command(file: Path, as_json: bool, lang: str | None, number: int) -> None:
    """Show the options that fit these losses."""
    from namsai.options import reason_text

    chosen = language(lang)
    assessment, _ = assessed(file, chosen, as_json)
    proposals = assessment.proposals
    if as_json:
        print_json({"proposals": proposals, "appraisals": assessment.appraisals})
        return
    currency = assessment.costs.currency
    for place, item in enumerate(proposals.items[:number], 1):
        click.secho(f"{place:2}. {item.title.show(chosen)}", bold=True)
        click.echo(f"    {reason_text(item, chosen)}")
        if item.saving:
            low, high = (money(v, currency, chosen) for v in (item.saving.low, item.saving.high))
            line = text("cli.saving", chosen, low=low, high=high)
            if item.investment:
                line += " · " + text("cli.investment", chosen, amount=money(item.investment.mid, currency, chosen))
            click.echo(f"    {line}")
        elif item.why_not:
            click.echo(f"    {text(item.why_not, chosen)}")
    show_findings(proposals.findings, chosen)
