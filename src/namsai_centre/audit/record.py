"""Add an entry to the audit log (the only writer)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models, transaction

from namsai_centre import clock
from namsai_centre.audit.chain import sealed, signature
from namsai_centre.audit.models import Entry, Head
from namsai_centre.who import Who

_LARGEST_FLOAT = 1e15  # larger floats are written in powers of ten by one database and in full by another


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry tells: what was done to which record, before and after, why."""

    action: str
    subject: models.Model
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str = ""


def record(
    who: Who,
    action: str,
    subject: models.Model,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    reason: str = "",
) -> Entry:
    """Write one entry, sealed to the last; must run inside the transaction of the change it tells of."""
    return _write(who, [Told(action, subject, before, after, reason)])[0]


def record_all(who: Who, told: Iterable[Told]) -> int:
    """Write many entries at once, each sealed to the one before (one chain, as `record`); return how many."""
    return len(_write(who, list(told)))


def _write(who: Who, told: list[Told]) -> list[Entry]:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit entry belongs into the transaction of its change")
    Head.objects.get_or_create(pk=1)
    head = Head.objects.select_for_update().get(pk=1)
    entries = []
    for one in told:
        entry = _entry(who, one, head.digest)
        head.digest, head.count = entry.digest, head.count + 1
        entries.append(entry)
    if len(entries) == 1:
        entries[0].save(force_insert=True)
    else:
        Entry.objects.bulk_create(entries, batch_size=500)
    if entries:
        head.signature = signature(head.count, head.digest)
        head.save()
    return entries


def _entry(who: Who, told: Told, previous: str) -> Entry:
    """Return one entry, sealed to the digest before it."""
    before, after, subject = _storable(told.before), _storable(told.after), told.subject
    if before and after:
        same = {k for k in before.keys() & after.keys() if before[k] == after[k]}
        before = {k: v for k, v in before.items() if k not in same}
        after = {k: v for k, v in after.items() if k not in same}
    entry = Entry(
        at=clock.now(),
        person_id=who.person_id,
        person_name=who.name,
        via=who.via,
        action=told.action,
        kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_name=str(subject)[:300],
        enterprise_id=_enterprise(subject),
        before=before,
        after=after,
        reason=told.reason,
        previous=previous,
    )
    entry.digest = sealed(entry)
    return entry


def _storable(values: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the values as every database gives them back (else an untouched entry would look tampered with)."""
    return None if values is None else {str(name): _same_everywhere(value) for name, value in values.items()}


def _same_everywhere(value: Any) -> Any:
    """Return JSON without what PostgreSQL writes otherwise: huge or endless floats, minus zero, NUL, keys not text."""
    if isinstance(value, dict):
        return {str(k).replace("\0", "␀"): _same_everywhere(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_same_everywhere(v) for v in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value) or abs(value) >= _LARGEST_FLOAT:
            return repr(value)
        return value or 0.0
    return str(value).replace("\0", "␀")


def _enterprise(subject: models.Model) -> UUID | None:
    """Return the enterprise a record belongs to (`enterprise_id`, or itself); None where there is none."""
    if subject._meta.label_lower == "enterprises.enterprise":
        own: UUID = subject.pk
        return own
    found = getattr(subject, "enterprise_id", None)
    return found if isinstance(found, UUID) else None
