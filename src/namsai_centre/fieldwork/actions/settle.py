"""A person decides: which of two values stands, and when something was taken."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from namsai_centre import clock
from namsai_centre.action import changing
from namsai_centre.fieldwork.actions.receive import entry_changes
from namsai_centre.fieldwork.models import Change, Entry
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.who import Who

DESK = "desk-decision"  # stands as the device of what was decided at the desk


def settle(who: Who, entry: Entry, expected: int, chosen: dict[str, Any]) -> Entry:
    """Let the chosen values stand for the fields in conflict; the others stay readable in the changes."""
    VISITS.demand("settle", who, entry.visit)
    with changing(who, "fieldwork.settle", entry):
        waiting = list(entry_changes(entry).filter(outcome="conflict"))
        fields = entry.fields | chosen
        left = {name for c in waiting for name in c.clash} - set(chosen)
        entry.change(
            expected, fields={k: v for k, v in fields.items() if v is not None}, mark="conflict" if left else ""
        )
        Change.objects.create(
            visit=entry.visit, entry_id=entry.pk, kind=entry.kind, subject=entry.subject, base=expected, fields=chosen,
            taken=list(chosen), device=DESK, device_time=clock.now().isoformat(), outcome="settled", gave=entry.version,
            digest=hashlib.sha256(uuid.uuid4().bytes).hexdigest(), by_id=cast("UUID", who.person_id),
        )  # fmt: skip
        for c in waiting:
            if not set(c.clash) - set(chosen):
                c.outcome = "settled"
                c.save()
    return entry


def set_time(who: Who, entry: Entry, expected: int, *, at: datetime) -> Entry:
    """Say when something was taken whose device time could not be believed; the device's word stays beside it."""
    VISITS.demand("settle", who, entry.visit)
    with changing(who, "fieldwork.set_time", entry):
        return entry.change(expected, taken_at=at, time_mark="")


def confirm_forced(who: Who, entry: Entry, expected: int) -> Entry:
    """Say that a change let go out of order (or merged) was looked at."""
    VISITS.demand("settle", who, entry.visit)
    with changing(who, "fieldwork.settle", entry):
        return entry.change(expected, mark="")
