"""`namsai centre import_knowhow FOLDER --by E-MAIL`: data files (worked on, or the library's) as a release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from namsai.knowhow import texts_of
from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.models import Person
from namsai_centre.knowhow import queries
from namsai_centre.knowhow.actions.propose import Refused
from namsai_centre.knowhow.actions.release import bring, differences
from namsai_centre.ui.words import say


class Command(BaseCommand):
    """Bring a folder of data files in as a new version; it must be newer and sound."""

    help = "Bring data files in as a new know-how version (without FOLDER: those that come with the program)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder, who answers for it, and why."""
        parser.add_argument("folder", type=Path, nargs="?", default=None)
        parser.add_argument("--by", required=True, help="e-mail of the director")
        parser.add_argument("--note", default="")
        parser.add_argument("--anyway", action="store_true", help="even where changes released here would be lost")
        parser.add_argument("--lang", choices=("lo", "en"), default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, compare, keep."""
        with override(options["lang"]):
            who = who_is(Person.objects.filter(email=options["by"]).first(), via="command")
            if not who.director:
                raise CommandError(say("knowbase.import_who", email=options["by"]))
            texts = texts_of(options["folder"])
            if "VERSION" not in texts:
                raise CommandError(say("knowhow.missing-file", file="VERSION"))
            lost = queries.lost_by(texts)
            if lost and not options["anyway"]:
                raise CommandError(say("knowbase.import_loses", changes="; ".join(lost)))
            old = queries.current_texts()
            try:
                made = bring(who, texts, note=options["note"])
            except Refused as problem:
                version = texts["VERSION"].strip()
                said = [say(f"knowbase.{problem.slug}", version=version, newest=queries.current_version())]
                raise CommandError("\n".join([*said, *queries.said_of(problem.findings, options["lang"])])) from problem
            self.stdout.write(say("knowbase.imported", version=made.knowhow_version, n=len(differences(old, texts))))
