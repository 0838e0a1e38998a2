"""`namsai centre release_held`: let go, with a mark, what was held five days. Run it once a day; twice does no harm."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from namsai_centre import clock
from namsai_centre.fieldwork.actions.receive import release_old
from namsai_centre.who import nobody


class Command(BaseCommand):
    """Let old held changes go."""

    help = "Let go, with a mark, changes of devices that were held five days (once a day)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many."""
        self.stdout.write(str(release_old(nobody(clock.today()))))
