"""Read audit entries: search, a page at a time by the entry's number (no count over all), history of records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from namsai_centre.audit.chain import end_holds
from namsai_centre.audit.models import Entry, Head
from namsai_centre.audit.names import Names, names_for
from namsai_centre.audit.policies import ENTRIES
from namsai_centre.who import Who

HISTORY = 50
COLUMNS = {
    "subject": "subject_id",
    "enterprise": "enterprise_id",
    "person": "person_id",
    "action": "action",
    "kind": "kind",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as it is read: who and on what, by the names of today in the reader's language, else as they were."""

    entry: Entry
    person: str
    subject: str
    url: str


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of entries, newest first; `older` and `newer` are the entry numbers from which the next page goes on."""

    rows: list[Told]
    older: int | None
    newer: int | None


def filtered(entries: QuerySet[Entry], asked: Mapping[str, Any]) -> QuerySet[Entry]:
    """Return the entries asked for: q (in the names of person and subject), since, until, and COLUMNS."""
    for name, column in COLUMNS.items():
        if asked.get(name):
            entries = entries.filter(**{column: asked[name]})
    if asked.get("since"):
        entries = entries.filter(at__gte=_start(asked["since"]))
    if asked.get("until"):
        entries = entries.filter(at__lt=_start(asked["until"] + timedelta(days=1)))
    if asked.get("q"):
        text = asked["q"].strip()
        entries = entries.filter(Q(person_name__icontains=text) | Q(subject_name__icontains=text))
    return entries.defer("before", "after")


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def sliced(
    entries: QuerySet[Entry], older_than: int | None = None, newer_than: int | None = None, size: int = 50
) -> Slice:
    """Return a page: the newest, those older than a number, or those just newer than one."""
    if newer_than is not None:
        found = list(entries.filter(pk__gt=newer_than).order_by("pk")[: size + 1])
        more, rows = len(found) > size, found[:size][::-1]
        return _slice(rows, older=True, newer=more)
    if older_than is not None:
        entries = entries.filter(pk__lt=older_than)
    found = list(entries.order_by("-pk")[: size + 1])
    return _slice(found[:size], older=len(found) > size, newer=older_than is not None)


def _slice(rows: list[Entry], *, older: bool, newer: bool) -> Slice:
    older_from = rows[-1].pk if rows and older else None
    newer_from = rows[0].pk if rows and newer else None
    return Slice(told(rows), older_from, newer_from)


def told(rows: Sequence[Entry]) -> list[Told]:
    """Return entries with the names of today: one query per kind of record, however many rows."""
    wanted = {("accounts.person", str(e.person_id)) for e in rows if e.person_id}
    wanted |= {(e.kind, e.subject_id) for e in rows}
    names = names_for(wanted)
    return [_told(entry, names) for entry in rows]


def _told(entry: Entry, names: Names) -> Told:
    person = names.get(("accounts.person", str(entry.person_id)))
    subject = names.get((entry.kind, entry.subject_id))
    return Told(
        entry,
        person.name if person else entry.person_name,
        (subject.name if subject else "") or entry.subject_name,
        subject.url if subject else "",
    )


def history(subject: Model | Iterable[Model], who: Who) -> list[Told]:
    """Return the newest entries on a record (or several) that this person may read, for `audit/history.html`."""
    subjects = [subject] if isinstance(subject, Model) else list(subject)
    keys = [str(one.pk) for one in subjects]
    found = ENTRIES.visible(who).filter(subject_id__in=keys).defer("before", "after").order_by("-pk")
    return told(list(found[:HISTORY]))


@dataclass(frozen=True, slots=True)
class Chain:
    """The state of the chain in short: how many entries, and whether its end holds."""

    count: int
    holds: bool


def chain() -> Chain:
    """Return whether the end of the chain is signed by this centre and fits the last entry (two queries).

    The whole chain is walked by the command audit_check, not by a page.
    """
    head = Head.objects.filter(pk=1).first()
    last = Entry.objects.order_by("-pk").first()
    if head is None or last is None:
        return Chain(0, head is None and last is None)
    return Chain(head.count, end_holds(head, last))


def caption(action: str) -> str:
    """Return the caption of the values of an entry without a state before: what was made, or what was taken away."""
    verb = action.rpartition(".")[2]
    return "audit.stood" if verb.startswith("remove_") else "audit.written"
