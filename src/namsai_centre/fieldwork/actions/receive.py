"""Take what a device sends: once, by the version it was made from; parallel is merged, a conflict is kept for a person.

The rules are those of ODK Central's offline entities: a change names the version its device knew. Fields that
others changed since are in conflict where the values differ; all other fields are merged. A change that comes before
the one it follows is held, and let go when that one arrives, or after five days with a mark.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from namsai_centre import clock
from namsai_centre.audit.record import record
from namsai_centre.fieldwork.models import Change, Entry, Visit
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.fieldwork.times import judged
from namsai_centre.fieldwork.told import Told
from namsai_centre.records import snapshot
from namsai_centre.who import Who

HELD = timedelta(days=5)


class Reused(Exception):
    """The id of the change was used before for something else."""


def receive(who: Who, visit: Visit, told: Told) -> tuple[Change, Entry | None]:
    """Take one change. Sending it again does nothing. Errors: Reused. Returns the change and the entry as it stands."""
    VISITS.demand("record", who, visit)
    with transaction.atomic():
        Visit.objects.select_for_update().get(pk=visit.pk)
        known = Change.objects.filter(pk=told.change).first()
        if known is not None:
            if known.digest != told.digest or known.visit_id != visit.pk:
                raise Reused
            return known, Entry.objects.filter(pk=known.entry_id, visit=visit).first()
        if Entry.objects.filter(pk=told.entry).exclude(visit=visit).exists():
            raise Reused
        change = Change(
            id=told.change, visit=visit, entry_id=told.entry, kind=told.kind, subject=told.subject, base=told.base,
            after=told.after, fields=told.fields, device=told.device, device_time=told.device_time,
            sent_time=told.sent_time, digest=told.digest, by_id=cast("UUID", who.person_id), received_at=clock.now(),
            outcome="held",
        )  # fmt: skip
        change.save(force_insert=True)
        if _must_wait(change):
            record(who, "fieldwork.hold", change, None, snapshot(change))
        else:
            _apply(who, change)
        _let_go(who, visit)
        change.refresh_from_db()
        return change, Entry.objects.filter(pk=change.entry_id).first()


def release(who: Who, visit: Visit) -> int:
    """Let all held changes of a visit go now, with a mark. Returns how many."""
    VISITS.demand("settle", who, visit)
    with transaction.atomic():
        Visit.objects.select_for_update().get(pk=visit.pk)
        return _let_go(who, visit, force_before=clock.now() + timedelta(days=1))


def release_old(who: Who) -> int:
    """Let go, with a mark, what was held five days (the daily job)."""
    done = 0
    for visit in Visit.objects.filter(changes__outcome="held").distinct():
        with transaction.atomic():
            Visit.objects.select_for_update().get(pk=visit.pk)
            done += _let_go(who, visit)
    return done


def _must_wait(change: Change) -> bool:
    if change.after is not None:
        return not Change.objects.filter(pk=change.after).exclude(outcome="held").exists()
    return change.base > 0 and not Entry.objects.filter(pk=change.entry_id).exists()


def _let_go(who: Who, visit: Visit, force_before: Any = None) -> int:
    """Apply held changes that need not wait any longer, each followed by those that waited for it."""
    limit = force_before or clock.now() - HELD
    done = 0
    while True:
        held = list(visit.changes.filter(outcome="held").order_by("received_at", "id"))
        ready = next((c for c in held if not _must_wait(c)), None)
        forced = ready is None
        if ready is None:
            waits_for_held = {c.pk for c in held}
            heads = [c for c in held if c.received_at <= limit and c.after not in waits_for_held]
            ready = heads[0] if heads else next((c for c in held if c.received_at <= limit), None)
        if ready is None:
            return done
        _apply(who, ready, forced)
        done += 1


def _apply(who: Who, change: Change, forced: bool = False) -> None:
    timed = judged(change.device_time, change.sent_time, change.received_at)
    when = {
        "device_time": change.device_time,
        "received_at": change.received_at,
        "taken_at": timed.at,
        "time_mark": timed.mark,
    }
    entry = Entry.objects.filter(pk=change.entry_id).first()
    before = snapshot(entry) if entry else None
    if entry is None:
        change.taken = list(change.fields)
        change.outcome = "forced" if forced else "applied"
        entry = Entry.objects.create(
            id=change.entry_id, visit_id=change.visit_id, kind=change.kind, subject=change.subject,
            fields={k: v for k, v in change.fields.items() if v is not None}, by_id=change.by_id,
            mark="forced" if forced else "", **when,
        )  # fmt: skip
    else:
        others = entry_changes(entry).filter(gave__gt=change.base).exclude(device=change.device)
        theirs = {name for c in others for name in c.taken}
        change.clash = {k: v for k, v in change.fields.items() if k in theirs and entry.fields.get(k) != v}
        change.taken = [k for k in change.fields if k not in change.clash]
        change.outcome = "conflict" if change.clash else "forced" if forced else "parallel" if others else "applied"
        fields = entry.fields | {k: change.fields[k] for k in change.taken}
        mark = "conflict" if change.clash or entry.mark == "conflict" else change.outcome
        if not change.taken and not entry.time_mark:
            when = {}  # nothing of it stands: neither does its time
        entry.change(
            entry.version, fields={k: v for k, v in fields.items() if v is not None},
            mark=entry.mark if mark == "applied" else mark, **when,
        )  # fmt: skip
    change.gave = entry.version
    change.save()
    record(
        who,
        f"fieldwork.{'force' if forced else 'receive'}",
        entry,
        before,
        snapshot(entry) | {"change": str(change.pk)},
    )


def entry_changes(entry: Entry) -> Any:
    """Return the changes that made an entry what it is."""
    return Change.objects.filter(entry_id=entry.pk, visit_id=entry.visit_id, gave__isnull=False)
