"""`namsai serve`: the centre in a browser. `--demo` fills an empty one with example plants and people of every role."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import click

from namsai.texts import text
from namsai_centre.commands.crew import Crew


@click.command("serve")
@click.option("--demo", is_flag=True, help="example plants and people, on this machine only · ຕົວຢ່າງ")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="folder for database and files")
@click.option("--processes", type=click.IntRange(1, 16), help="that serve pages [one per core, at most 4]")
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64), help="of each process")
def serve(demo: bool, host: str, port: int, data: Path | None, processes: int | None, threads: int) -> None:
    """Serve the centre: pages, API and the worker for jobs. Ctrl+C ends it."""
    from namsai_centre.commands.ready import prepare, set_up

    if demo:
        if host not in ("127.0.0.1", "localhost", "::1"):
            raise click.UsageError(text("serve.demo-local", "en"))
        os.environ["NAMSAI_DEMO"] = "1"
        data = data or Path("out") / "centre-demo"
    if data:
        os.environ["NAMSAI_DATA"] = str(data.resolve())
    set_up()
    prepare()
    if demo:
        _fill()
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as taken:
        raise click.UsageError(text("serve.port-taken", "en", "", port=port, why=str(taken))) from None
    port = listening.getsockname()[1]
    handed: tuple[int, ...] = ()
    count, place = 1, f"{host}:{port}"
    if os.name == "nt":  # a socket cannot be handed over there: one process opens its own
        listening.close()
    else:
        listening.set_inheritable(True)
        handed = (listening.fileno(),)
        count, place = processes or min(4, os.cpu_count() or 1), str(listening.fileno())
    page = [sys.executable, "-m", "namsai_centre.commands.pages", place, str(threads)]
    crew = Crew([page] * count + [[sys.executable, "-m", "namsai_centre.commands.worker"]], handed)
    _say(f"http://{host}:{port}/", demo)
    crew.work()


def _fill() -> None:
    from namsai_centre.accounts.models import Person
    from namsai_centre.demo.fill import fill_demo

    if not Person.objects.exists():
        click.echo(text("serve.filling", "lo") + " · " + text("serve.filling", "en"))
        fill_demo()


def _say(address: str, demo: bool) -> None:
    for lang in ("lo", "en"):
        click.echo(text("serve.open", lang, "", address=address))
    if demo:
        from namsai_centre.demo.people import CAST, PASSWORD

        for role, login, name, _ in CAST:
            roles = " · ".join(text(f"accounts.role_{role}", lang) for lang in ("lo", "en"))
            click.echo(f"  {login:<20} {PASSWORD}  {roles}  ({name})")
