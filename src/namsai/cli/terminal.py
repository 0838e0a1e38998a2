"""The five numbers an owner asks for, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from namsai.charts import write
from namsai.texts import Lang, text

if TYPE_CHECKING:
    from namsai.assessment import Assessment
    from namsai.hotspots.model import HotSpot


def money(value: float | None, currency: str, lang: Lang) -> str:
    """Write money in words that can be read at a glance (84.2 M kip)."""
    return text("cli.unknown", lang) if value is None else write.money(value, currency, lang)


def spot_name(assessment: Assessment, spot: HotSpot, lang: Lang) -> str:
    """Return the name of a hot spot: material and process in the language."""
    names = {m.id: m.name.show(lang) for m in assessment.case.materials}
    places = {p.id: p.name.show(lang) for p in assessment.case.processes}
    lines = {f"line:{line.id}": line.name.show(lang) if line.name else line.id for line in assessment.case.lines}
    what = names.get(spot.material) or lines.get(spot.subject) or text("cli.unexplained", lang)
    where = places.get(spot.process)
    return f"{what} – {where}" if where else what


def five_lines(assessment: Assessment, lang: Lang) -> list[tuple[str, str]]:
    """Return question and answer of the five numbers."""
    from namsai.assessment import five_numbers

    five = five_numbers(assessment)
    unknown = text("cli.unknown", lang)
    where = unknown
    if five.worst:
        where = f"{spot_name(assessment, five.worst, lang)} ({money(five.worst.money, five.currency, lang)})"
    back = unknown
    if five.payback is not None:
        back = write.years(five.payback, lang)
    return [
        (text("cli.q-lost", lang), money(five.lost_per_year, five.currency, lang)),
        (text("cli.q-where", lang), where),
        (text("cli.q-first", lang), five.first.title.show(lang) if five.first else unknown),
        (text("cli.q-cost", lang), money(five.cost, five.currency, lang)),
        (text("cli.q-back", lang), back),
    ]


def print_five(assessment: Assessment, lang: Lang) -> None:
    """Print the five numbers to standard output."""
    click.secho(assessment.case.enterprise.name.show(lang), bold=True)
    for question, answer in five_lines(assessment, lang):
        click.echo(f"  {question}: ", nl=False)
        click.secho(answer, bold=True)
