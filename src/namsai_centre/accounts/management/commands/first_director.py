"""`namsai centre first_director E-MAIL --name NAME`: the first person of a new centre."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from namsai.texts import text
from namsai_centre.accounts.actions.first_director import Exists, first_director


def _both(key: str) -> str:
    return f"{text(key, 'lo')} · {text(key, 'en')}"


class Command(BaseCommand):
    """Make the first director and print the link to set the password."""

    help = "make the first director of a new centre and print the link to set the password"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the e-mail address and the name."""
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make and print."""
        email = options["email"].strip().lower()
        try:
            validate_email(email)
            path = first_director(email, options["name"] or email)
        except ValidationError:
            raise CommandError(_both("serve.director-email")) from None
        except Exists:
            raise CommandError(_both("serve.director-there")) from None
        for lang in ("lo", "en"):
            self.stdout.write(text("serve.director-made", lang, "", path=path))
