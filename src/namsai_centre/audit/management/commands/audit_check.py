"""Walk the chain of the audit log: say whether it holds, where it is broken, and give its end to keep outside."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, cast

from django.core.management.base import BaseCommand

from namsai.texts import LANGS, Lang, text
from namsai_centre.audit.chain import breaks, export, read_export

MOST_SHOWN = 50


class Command(BaseCommand):
    """Exit 0: the chain holds. Exit 1: it is broken; every place is named."""

    help = "Check the hash chain of the audit log."
    requires_system_checks: Any = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument("--lang", choices=LANGS, default="en", help="language of the answer")
        parser.add_argument(
            "--export", action="store_true", help="print the signed end of the chain, to be kept outside"
        )
        parser.add_argument(
            "--against", metavar="FILE", help="a file with ends kept outside (one a line): each must fit"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print, and end with 1 when the chain does not hold."""
        lang = cast("Lang", options["lang"])
        broken = False
        for line in self._kept(options["against"]):
            kept = read_export(line)
            problems = [] if kept is None else [b for b in breaks(kept) if b.what == "outside"]
            if kept is None:
                broken = True
                self.stdout.write(text("audit.check_bad_export", lang))
            elif problems:
                broken = True
                self.stdout.write(text("audit.check_outside", lang, entry=str(kept.count)))
            else:
                self.stdout.write(text("audit.check_outside_fits", lang, entry=str(kept.count)))
        count = 0
        for found in breaks():
            count += 1
            if count <= MOST_SHOWN:
                self.stdout.write(text(f"audit.check_{found.what}", lang, entry=str(found.entry)))
        head = export()
        if count:
            broken = True
            self.stdout.write(text("audit.check_broken", lang, count=count))
        else:
            self.stdout.write(text("audit.check_holds", lang, count=head.count))
        self.stdout.write(text("audit.check_head", lang, digest=head.digest))
        if options["export"] and not count:
            self.stdout.write(head.line())
        if broken:
            sys.exit(1)

    def _kept(self, path: str | None) -> list[str]:
        if path is None:
            return []
        return [line for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
