"""What the verbs share: reading a case, showing findings, JSON on standard output, a progress bar on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from namsai.findings import Finding, Severity, has_errors
from namsai.texts import Lang, finding_text, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from namsai.assessment import Assessment
    from namsai.knowhow import KnowHow
    from namsai.plant.case import Case

Command = Callable[..., Any]


def language(value: str | None) -> Lang:
    """Return the language asked for, or that of the environment (LANG starting with lo), or English."""
    if value in ("lo", "en"):
        return "lo" if value == "lo" else "en"
    return "lo" if os.environ.get("LANG", "").startswith("lo") else "en"


def options(function: Command) -> Command:
    """Add the options every verb has: --json and --lang."""
    function = click.option("--lang", type=click.Choice(["lo", "en"]), help="language of the texts · ພາສາ")(function)
    return click.option("--json", "as_json", is_flag=True, help="machine-readable result on standard output")(function)


def on_file(function: Command) -> Command:
    """Add the argument FILE and the common options."""
    return click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))(options(function))


def as_data(value: object) -> Any:
    """Return a result as plain JSON data (dataclasses, pydantic records, tuples)."""
    from dataclasses import fields, is_dataclass

    from pydantic import BaseModel

    if isinstance(value, Finding):
        return value.as_data()
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True) | (
            {"schema": getattr(value, "schema_", None)} if hasattr(value, "schema_") else {}
        )
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_data(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {str(k): as_data(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [as_data(v) for v in value]
    return value


def print_json(value: object) -> None:
    """Write a result as JSON to standard output, and nothing else."""
    click.echo(json.dumps(as_data(value), ensure_ascii=False, indent=1, allow_nan=False))


MARKS = {Severity.ERROR: ("✗", "red"), Severity.WARNING: ("!", "yellow"), Severity.NOTE: ("·", "cyan")}


def show_findings(findings: Iterable[Finding], lang: Lang, limit: int | None = None) -> None:
    """Write findings to standard error: what is wrong, where, what to do."""
    order = list(Severity)
    listed = sorted(findings, key=lambda f: order.index(f.severity))
    for finding in listed[:limit]:
        says, fix = finding_text(finding, lang)
        mark, colour = MARKS[finding.severity]
        where = finding.where
        place = " ".join(p for p in (where.sheet, where.cell) if p) or where.path
        click.secho(f"{mark} ", fg=colour, nl=False, err=True)
        click.echo(f"{says}" + (f"  [{place}]" if place else ""), err=True)
        click.secho(f"    → {fix}", dim=True, err=True)
    if limit is not None and len(listed) > limit:
        click.echo(text("cli.more", lang, n=len(listed) - limit), err=True)


def read_case(file: Path, lang: Lang, as_json: bool) -> Case:
    """Read a case file or a filled form and check it; with errors show all of them and exit with 1."""
    from namsai.knowhow import load
    from namsai.workbook.read import read_any

    case, found = read_any(file, load())
    if case is None or has_errors(found):
        if as_json:
            print_json({"findings": found})
        else:
            show_findings(found, lang)
            click.echo(text("cli.not-assessed", lang, file=file.name), err=True)
        sys.exit(1)
    return case


@contextmanager
def progress(total: int, lang: Lang, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show a progress bar on standard error when it is a terminal; yields the function to call at each step."""
    if quiet or not sys.stderr.isatty():
        yield lambda _step: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)

        def step(name: str) -> None:
            bar.update(task, advance=1, description=text(f"cli.step-{name}", lang))

        yield step


def assessed(file: Path, lang: Lang, as_json: bool, budget: float | None = None) -> tuple[Assessment, KnowHow]:
    """Read, check and assess a case with a progress bar."""
    from namsai.assessment import STEPS, assess
    from namsai.knowhow import load

    case = read_case(file, lang, as_json)
    if budget is not None:
        case = case.model_copy(update={"finance": case.finance.model_copy(update={"budget": budget})})
    knowhow = load()
    with progress(len(STEPS), lang, as_json) as step:
        return assess(case, knowhow, step), knowhow
