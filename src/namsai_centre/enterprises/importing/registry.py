"""The registry as a list is compared with it: every enterprise with its numbers, people and activities, read once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from namsai_centre import clock
from namsai_centre.enterprises import queries_join
from namsai_centre.enterprises.comparing import Firm, number_key
from namsai_centre.enterprises.importing.values import PlaceName, Words, choice_key, words
from namsai_centre.enterprises.models import Activity, Alias, Brought, Contact, Enterprise, Identifier, Place

COLUMNS = (
    "name_lo", "name_en", "sector", "economic_kind", "province_id", "district_id", "village", "workers", "women", "men",
    "workers_on", "assets_kip", "income_kip", "figures_on", "factory_class", "risk_class", "note",
)  # fmt: skip


@dataclass(slots=True)
class Registry:
    """What stands in the registry today."""

    today: date
    known: Words
    rows: dict[UUID, dict[str, Any]] = field(default_factory=dict)  # columns and version of those that can be changed
    by_number: dict[tuple[str, str], set[UUID]] = field(default_factory=dict)  # numbers that hold today
    numbers: dict[UUID, list[tuple[str, str]]] = field(default_factory=dict)  # all, also those that are over
    aliases: dict[UUID, list[str]] = field(default_factory=dict)
    contacts: dict[UUID, list[Contact]] = field(default_factory=dict)
    activities: dict[UUID, list[Activity]] = field(default_factory=dict)
    brought: dict[str, UUID] = field(default_factory=dict)

    def firms(self) -> list[Firm]:
        """Return the enterprises for the comparison of names."""
        return queries_join.firms()


def load() -> Registry:
    """Read the registry (eight queries, whatever its size)."""
    today = clock.today()
    held = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    places = Place.objects.filter(held).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))
    named = [PlaceName(p.pk, p.code, p.kind, p.parent_id, p.name_lo, p.name_en) for p in places]
    found = Registry(today, words(named))
    for row in Enterprise.objects.filter(queries_join.ALIVE).values("pk", "version", *COLUMNS):
        found.rows[row.pop("pk")] = row
        for name in ("sector", "economic_kind", "risk_class"):  # a value of another list that stands there already
            if row[name]:
                found.known.choices[name].setdefault(choice_key(row[name]), row[name])
    by_number: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    numbers: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for firm, issuer, value, until in Identifier.objects.values_list("enterprise_id", "issuer", "value", "valid_until"):
        numbers[firm].append((issuer, value))
        key = number_key(value)
        if key and firm in found.rows and (until is None or until >= today):
            by_number[issuer, key].add(firm)
    aliases: dict[UUID, list[str]] = defaultdict(list)
    for firm, name in Alias.objects.values_list("enterprise_id", "name"):
        aliases[firm].append(name)
    open_ = Q(ends__isnull=True) | Q(ends__gte=today)
    contacts: dict[UUID, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.filter(open_):
        contacts[contact.enterprise_id].append(contact)
    activities: dict[UUID, list[Activity]] = defaultdict(list)
    for activity in Activity.objects.filter(open_):
        activities[activity.enterprise_id].append(activity)
    found.by_number, found.numbers, found.aliases = dict(by_number), dict(numbers), dict(aliases)
    found.contacts, found.activities = dict(contacts), dict(activities)
    found.brought = dict(Brought.objects.values_list("key", "enterprise_id"))
    return found
