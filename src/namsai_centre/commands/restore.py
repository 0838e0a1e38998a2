"""`namsai restore FILE`: put a backup in place, all of it or nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import cast

import click

from namsai.texts import Lang, text


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--over", is_flag=True, help="the centre here is not empty: back it up, then replace it")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="the centre's data folder")
@click.option("--lang", type=click.Choice(["lo", "en"]), default="lo")
def restore(file: Path, over: bool, data: Path | None, lang: str) -> None:
    """Restore a backup into the centre's database (SQLite or PostgreSQL)."""
    from namsai_centre.commands.ready import prepare, set_up

    if data:
        os.environ["NAMSAI_DATA"] = str(data.resolve())
    set_up()
    prepare()
    from namsai_centre import clock
    from namsai_centre.backup import read
    from namsai_centre.backup.archive import Broken
    from namsai_centre.backup.write import write_backup

    reader = cast("Lang", lang)
    try:
        if over and read.rows_here():
            kept = file.with_name(f"before-restore-{clock.now():%Y%m%d-%H%M%S}.zip")
            head = write_backup(kept)
            click.echo(text("serve.backup-done", reader, "", path=str(kept), rows=head.count, files=head.files))
        head = read.restore(file, over)
    except Broken as wrong:
        click.echo(text("serve.backup-broken", reader, "", what=str(wrong)), err=True)
        sys.exit(1)
    except read.Newer as wrong:
        click.echo(text("serve.backup-newer", reader, "", there=wrong.there, here=wrong.here), err=True)
        sys.exit(1)
    except read.NotEmpty as wrong:
        click.echo(text("serve.restore-full", reader, "", rows=wrong.rows), err=True)
        sys.exit(1)
    click.echo(text("serve.restore-done", reader, "", path=str(file), rows=head.count, files=head.files))
