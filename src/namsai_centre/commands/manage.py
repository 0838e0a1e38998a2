"""`namsai centre <command>`: the maintenance commands (migrate, audit_check, remind, jobs, check --deploy, …)."""

from __future__ import annotations

import os
import sys

import click


@click.command(
    "centre",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def centre(words: tuple[str, ...]) -> None:
    """Run a maintenance command of the centre; without words: list them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "namsai_centre.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["namsai centre", *words])
    except ImproperlyConfigured as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)
