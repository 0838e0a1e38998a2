"""`namsai cost FILE`: what every loss costs (material flow cost accounting)."""

from __future__ import annotations

from pathlib import Path

import click

from namsai.cli.common import language, on_file, print_json, read_case, show_findings
from namsai.cli.table import print_table
from namsai.texts import show_fact, text


@click.command("cost")
@on_file
@click.option("--closed-loop", is_flag=True, help="let energy and system costs circulate with a recycle")
def command(file: Path, as_json: bool, lang: str | None, closed_loop: bool) -> None:
    """Show what every loss costs."""
    from namsai.balance.reconcile import balance
    from namsai.costing.flow_cost import cost_table
    from namsai.knowhow import load
    from namsai.plant.amounts import Plant

    chosen = language(lang)
    case = read_case(file, chosen, as_json)
    plant, knowhow = Plant(case), load()
    costs = cost_table(plant, balance(plant, knowhow), knowhow)
    if as_json:
        print_json(costs)
        return
    names = {m.id: m.name.show(chosen) for m in case.materials}
    places = {p.id: p.name.show(chosen) for p in case.processes}
    flows = costs.flows_closed_loop if closed_loop else costs.flows
    rows = [
        (
            names.get(f.material, text("cli.unexplained", chosen)),
            places.get(f.process, f.process),
            text(f"cli.kind-{f.kind}", chosen),
            *(show_fact(v, chosen) for v in (f.material_cost, f.energy_cost, f.system_cost, f.waste_cost, f.total)),
        )
        for f in sorted(flows, key=lambda f: (f.kind in ("product", "by_product"), -f.total))
    ]
    columns = ("material", "process", "kind", "material-cost", "energy-cost", "system-cost", "waste-cost", "total")
    title = text("cli.title-cost", chosen, currency=costs.currency)
    print_table(title, [text(f"cli.col-{c}", chosen) for c in columns], rows, numbers=(3, 4, 5, 6, 7))
    show_findings(costs.findings, chosen)
