"""Keep in the audit log that somebody took the list of enterprises along."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from namsai_centre.accounts.models import Person
from namsai_centre.audit.record import record
from namsai_centre.enterprises.policies import ENTERPRISES
from namsai_centre.who import Who


def note_export(who: Who, *, form: str, count: int, asked: dict[str, Any]) -> None:
    """Keep who took how many enterprises, in which form and by which filters."""
    ENTERPRISES.demand("export", who)
    with transaction.atomic():
        person = Person.objects.get(pk=str(who.person_id))
        record(who, "enterprises.export", person, None, {"form": form, "count": count, **asked})
