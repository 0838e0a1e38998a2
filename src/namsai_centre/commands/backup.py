"""`namsai backup`: one archive with every row and file of the centre."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import click

from namsai.texts import Lang, text


@click.command("backup")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="file, or a folder for a dated file")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="the centre's data folder")
@click.option("--lang", type=click.Choice(["lo", "en"]), default="lo")
def backup(out: Path | None, data: Path | None, lang: str) -> None:
    """Write a backup (people may go on working meanwhile)."""
    from namsai_centre.commands.ready import set_up

    if data:
        os.environ["NAMSAI_DATA"] = str(data.resolve())
    set_up()
    from namsai_centre import clock
    from namsai_centre.backup.write import write_backup

    name = f"namsai-{clock.now():%Y%m%d-%H%M%S}.zip"
    path = Path(name) if out is None else out / name if out.is_dir() else out
    head = write_backup(path)
    click.echo(text("serve.backup-done", cast("Lang", lang), "", path=str(path), rows=head.count, files=head.files))
