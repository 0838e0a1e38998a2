"""Who may read the audit log: the centre's staff all of it, an enterprise's owner what was done on the enterprise."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from namsai_centre.audit.models import Entry
from namsai_centre.rights import Policy
from namsai_centre.who import Who

STAFF_ONLY = {"enterprises.enterprise": frozenset({"note"})}


class EntryPolicy(Policy[Entry]):
    """Rights over audit entries."""

    model = Entry

    def visible(self, who: Who) -> QuerySet[Entry]:
        """Staff: all. Owner: entries on the own enterprises. Others: none."""
        if who.staff:
            return Entry.objects.all()
        return Entry.objects.filter(enterprise_id__in=who.owned) if who.owned else Entry.objects.none()

    def browse(self, who: Who) -> bool:
        """Staff and owners."""
        return who.staff or bool(who.owned)


def readable(who: Who, kind: str, values: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the values of an entry that the person may read: what the centre notes for itself stays with its staff."""
    if who.staff or not values:
        return values
    return {name: value for name, value in values.items() if name not in STAFF_ONLY.get(kind, ())}


def as_seen(who: Who, entry: Entry) -> Entry:
    """Return the entry (in memory) with the values that the person may read."""
    entry.before, entry.after = readable(who, entry.kind, entry.before), readable(who, entry.kind, entry.after)
    return entry


ENTRIES = EntryPolicy()
