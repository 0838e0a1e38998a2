"""`namsai centre remind`: tell people of the tasks that are due. Run it once a day; twice does no harm."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.dateparse import parse_date
from django.utils.translation import override

from namsai_centre import clock
from namsai_centre.engagements.reminders import remind
from namsai_centre.ui.words import say


class Command(BaseCommand):
    """Write the notices of one day."""

    help = "Tell people of the tasks that are due (once a day)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the day, for a day that was missed."""
        parser.add_argument("--day", type=parse_date, default=None, help="YYYY-MM-DD; default: today in Vientiane")
        parser.add_argument("--lang", choices=("lo", "en"), default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remind and say how many."""
        done = remind(options["day"] or clock.today())
        with override(options["lang"]):
            self.stdout.write(say("engagements.reminded", tasks=done.tasks, checks=done.checks, notices=done.notices))
