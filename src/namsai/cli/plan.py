"""`namsai plan FILE`: the best set of options under a budget, with the proof of how good it is."""

from __future__ import annotations

from pathlib import Path

import click

from namsai.cli.common import assessed, language, on_file, print_json, show_findings
from namsai.cli.terminal import money
from namsai.texts import show_fact, text


@click.command("plan")
@on_file
@click.option("--budget", type=click.FloatRange(min=0), help="budget in the currency of the case")
def command(file: Path, as_json: bool, lang: str | None, budget: float | None) -> None:
    """Choose the best set of options under a budget."""
    chosen = language(lang)
    assessment, _ = assessed(file, chosen, as_json, budget)
    plan = assessment.plan
    if as_json:
        print_json(plan)
        return
    if plan is None:
        click.echo(text("cli.no-plan", chosen))
        show_findings(assessment.findings, chosen)
        return
    titles = {p.id: p.title.show(chosen) for p in assessment.proposals.items}
    for place, item in enumerate(plan.chosen, 1):
        click.secho(f"{place:2}. {titles[item.id]}", bold=True)
        worth = money(item.added_value, plan.currency, chosen)
        click.echo("    " + text("cli.adds", chosen, cost=money(item.investment, plan.currency, chosen), value=worth))
    total = {"spent": plan.spent, "value": plan.value, "saving": plan.joint_saving_per_year}
    facts = {k: money(v, plan.currency, chosen) for k, v in total.items()}
    click.echo(text("cli.plan-total", chosen, gap=show_fact(round(100 * plan.gap, 4), chosen), **facts))
    if plan.next_value is not None:
        more = money(plan.next_value - plan.value, plan.currency, chosen)
        click.echo(text("cli.next-tenth", chosen, more=more, options=", ".join(titles[o] for o in plan.next_added)))
    show_findings(plan.findings, chosen)
