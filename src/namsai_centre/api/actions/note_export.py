"""Keep in the audit log that somebody took records along through the API."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from namsai_centre.accounts.models import Person
from namsai_centre.audit.record import record
from namsai_centre.who import Who


def note_export(who: Who, *, kind: str, form: str) -> None:
    """Keep who took which kind of records, in which form."""
    if who.person_id is None:
        raise PermissionDenied
    with transaction.atomic():
        record(who, "api.export", Person.objects.get(pk=who.person_id), None, {"kind": kind, "form": form})
