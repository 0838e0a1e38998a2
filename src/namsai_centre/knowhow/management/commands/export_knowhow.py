"""`namsai centre export_knowhow FOLDER`: the newest release (or another) as data files, as the library reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from namsai.findings import NamsaiError
from namsai.knowhow import write_release
from namsai_centre.knowhow import queries
from namsai_centre.ui.words import say


class Command(BaseCommand):
    """Write a version of the know-how into a folder; files that are the same stay untouched."""

    help = "Write the newest know-how (or --release VERSION) as data files into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder and the version."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--release", default="", help="version; default: the newest")
        parser.add_argument("--lang", choices=("lo", "en"), default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files and say how many."""
        with override(options["lang"]):
            texts = queries.current_texts()
            if options["release"]:
                found = queries.release_named(options["release"])
                if found is None:
                    raise CommandError(say("knowbase.no_release", version=options["release"]))
                texts = queries.texts_of_release(found)
            try:
                written = write_release(texts, options["folder"])
            except (NamsaiError, OSError) as problem:
                raise CommandError(str(problem)) from problem
            said = say(
                "knowbase.exported", n=len(written), folder=str(options["folder"]), version=texts["VERSION"].strip()
            )
            self.stdout.write(said)
