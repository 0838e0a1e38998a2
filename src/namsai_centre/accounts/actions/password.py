"""Set a password."""

from __future__ import annotations

from django.db import transaction

from namsai_centre.accounts.actions.end_devices import end_all
from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.models import Person
from namsai_centre.audit.record import record


def set_password(person: Person, password: str, here: str = "") -> None:
    """Set the own password (proved by the old one or a one-time link); every session of the person ends.

    `here` is the session of the browser that does it: Django ends it itself, at its next request.
    """
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        end_all(person, here)
        record(who_is(person), "accounts.password", person, None, None)
