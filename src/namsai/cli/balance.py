"""`namsai balance FILE`: the reconciled flows, what cannot be known, what does not close."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from namsai.cli.common import language, on_file, print_json, read_case, show_findings
from namsai.cli.table import print_table
from namsai.texts import show_fact, text


@click.command("balance")
@on_file
def command(file: Path, as_json: bool, lang: str | None) -> None:
    """Reconcile the flows of a plant."""
    from namsai.balance.reconcile import balance
    from namsai.knowhow import load
    from namsai.plant.amounts import Plant

    chosen = language(lang)
    case = read_case(file, chosen, as_json)
    result = balance(Plant(case), load())
    if as_json:
        print_json(result)
        return
    names = {m.id: m.name.show(chosen) for m in case.materials}
    rows = [
        (
            s.id,
            f"{s.source} → {s.target}",
            names[s.material],
            show_fact(s.measured, chosen),
            show_fact(s.value, chosen),
            show_fact(s.sd, chosen),
            s.unit,
        )
        for s in result.streams
    ]
    header = [text(f"cli.col-{c}", chosen) for c in ("stream", "way", "material", "measured", "value", "sd", "unit")]
    print_table(text("cli.title-balance", chosen), header, rows, numbers=(3, 4, 5))
    show_findings(result.findings, chosen)
    sys.stdout.flush()
