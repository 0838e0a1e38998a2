"""Make the centre ready to serve: settings, database at the right state, pages' files collected."""

from __future__ import annotations

import os
import sys

import click


def set_up() -> None:
    """Load Django with the centre's settings; a clear message instead of a trace where they are not safe."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "namsai_centre.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)


def prepare() -> None:
    """Bring the database to the newest state, make the cache's table, collect the pages' files. Safe to repeat."""
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA.mkdir(parents=True, exist_ok=True)
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
