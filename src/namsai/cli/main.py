"""`namsai <verb> FILE`: one file per verb, each loaded only when it is called (so `namsai --help` starts at once)."""

from __future__ import annotations

import importlib
import sys
from importlib.metadata import EntryPoint, entry_points

import click

from namsai import __version__

VERBS = {
    "assess": "assess a plant: balance, losses, options, plan, report · ປະເມີນໂຮງງານ",
    "check": "check a case file or a filled form · ກວດສອບແບບຟອມ",
    "balance": "reconcile the flows of a plant · ດຸນການໄຫຼຂອງວັດຖຸ",
    "cost": "what every loss costs · ຕົ້ນທຶນຂອງການສູນເສຍ",
    "indicators": "productivity, intensity, benchmarks · ຕົວຊີ້ວັດ",
    "options": "options that fit these losses · ທາງເລືອກ",
    "plan": "the best set of options under a budget · ແຜນ",
    "form": "write an empty Excel form for a sector · ສ້າງແບບຟອມ Excel",
    "calc": "run one calculation method · ຄິດໄລ່",
    "report": "write the report of a plant (PDF, HTML, Excel, JSON) · ອອກບົດລາຍງານ",
    "knowhow": "search the know-how base · ຄົ້ນຫາຄວາມຮູ້",
    "demo": "assess all example plants · ຕົວຢ່າງ",
}

PLACE = "namsai.verbs"  # entry points by which a package on top of the library adds verbs


def further() -> dict[str, EntryPoint]:
    """Return the verbs that other installed packages add (the centre: serve, backup, restore, centre)."""
    return {found.name: found for found in entry_points(group=PLACE)}


class Verbs(click.Group):
    """The verbs, imported on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of work."""
        return [*VERBS, *further()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one verb, or None for an unknown word."""
        command: click.Command
        if cmd_name not in VERBS:
            found = further().get(cmd_name)
            if found is None:
                return None
            command = found.load()
            return command
        command = importlib.import_module(f"namsai.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without importing them."""
        with formatter.section("Verbs · ຄຳສັ່ງ"):
            formatter.write_dl(list(VERBS.items()))
        if further():
            with formatter.section("The centre on the web · ສູນໃນເວັບ"):
                formatter.write_dl([(name, f"namsai {name} --help") for name in further()])


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="namsai")
def cli() -> None:
    """Namsai · ນ້ຳໃສ: find what a factory loses, say what to do first, prove what was saved."""


def main() -> None:
    """Run the command line; no stack trace reaches a user."""
    from namsai.findings import NamsaiError

    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(2)
    except NamsaiError as problem:
        from namsai.cli.common import show_findings

        show_findings(problem.findings, "en")
        sys.exit(1)
    except OSError as problem:
        click.echo(f"{problem.filename or ''}: {problem.strerror}", err=True)
        sys.exit(1)
