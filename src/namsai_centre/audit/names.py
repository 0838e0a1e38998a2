"""Names instead of numbers: what records are called today, in the reader's language, and where they are seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from namsai_centre.audit.called import ALONG as CALLED_ALONG
from namsai_centre.audit.called import CALLED
from namsai_centre.ui.templatetags.words import named
from namsai_centre.ui.words import say_or

# Where a kind of record is seen: the name of the page (its argument is pk).
PLACES: dict[str, str] = {
    "enterprises.enterprise": "enterprises_see",
    "engagements.engagement": "engagements_see",
    "assessments.assessment": "assessments_see",
    "savings.measure": "savings_see",
    "accounts.person": "people_see",
    "engagements.club": "clubs_see",
}
# Records that are seen on the page of another one, and are called by it.
WITHIN: dict[str, str] = {
    "savings.saving": "measure",
    "savings.evidence": "measure",
    "savings.interest": "measure",
    "savings.persistencecheck": "measure",
    "engagements.task": "engagement",
    "engagements.assignment": "engagement",
    "engagements.stagestep": "engagement",
    "engagements.clubmodule": "club",
    "enterprises.site": "enterprise",
    "enterprises.identifier": "enterprise",
    "enterprises.alias": "enterprise",
    "enterprises.activity": "enterprise",
    "enterprises.contact": "enterprise",
    "enterprises.consent": "enterprise",
    "assessments.caseversion": "assessment",
    "assessments.run": "assessment",
    "accounts.rolegrant": "person",
    "accounts.breakglass": "enterprise",
    "knowhow.feedback": "enterprise",
    "fieldwork.entry": "visit",
    "fieldwork.change": "visit",
    "fieldwork.photo": "visit",
}
# What a name reads besides: fetched with the records, never one by one.
ALONG: dict[str, tuple[str, ...]] = {
    "fieldwork.entry": ("visit__engagement__enterprise",),
    "fieldwork.change": ("visit__engagement__enterprise",),
    "fieldwork.photo": ("visit__engagement__enterprise",),
    "engagements.task": ("engagement__enterprise",),
    "engagements.assignment": ("engagement__enterprise", "person"),
    "engagements.stagestep": ("engagement__enterprise",),
    "savings.interest": ("measure", "person"),
    "accounts.rolegrant": ("person",),
    **CALLED_ALONG,
}
# Records called by a word of a closed list: the field that holds it, and where its words stand.
WORDS: dict[str, tuple[str, str]] = {
    "accounts.rolegrant": ("role", "accounts.role"),
    "engagements.assignment": ("role", "accounts.role"),
    "engagements.stagestep": ("stage", "engagements.stage"),
    "knowhow.feedback": ("outcome", "knowbase.outcome"),
    "knowhow.proposal": ("table", "knowbase.table"),
    "savings.interest": ("kind", "savings.interest"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """What a record is called, and the address of its page (empty where it has none)."""

    name: str
    url: str


Names = dict[tuple[str, str], Named]


def names_for(wanted: Iterable[tuple[str, str]], *, within: bool = True) -> Names:
    """Return the names of records by (kind, id): one query per kind; records that are gone are left out.

    `within=False`: without the name of what they belong to (where that is said already).
    """
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, key in wanted:
        by_kind[kind].add(key)
    names: Names = {}
    for kind, keys in by_kind.items():
        try:
            model = apps.get_model(kind)
        except (LookupError, ValueError):
            continue
        usable = [found for key in keys if (found := _usable(model, key)) is not None]
        around = WITHIN.get(kind)
        records = model._base_manager.filter(pk__in=usable)
        along = ALONG.get(kind, (around,) if around else ())
        if along:
            records = records.select_related(*along)
        for record in records.defer(*_heavy(model)):
            names[kind, str(record.pk)] = _named(kind, record, around, within)
    return names


def _usable(model: type[Model], key: str) -> object | None:
    """Return the key as the model's own kind of key; None when it cannot be one."""
    try:
        return UUID(key) if model._meta.pk.get_internal_type() == "UUIDField" else int(key)
    except ValueError:
        return None


def _heavy(model: type[Model]) -> list[str]:
    """Return the names of fields that may be long (documents, results), of the records themselves."""
    return [f.name for f in model._meta.concrete_fields if f.get_internal_type() == "JSONField"]


def _named(kind: str, record: Model, around: str | None, within: bool) -> Named:
    page, target = PLACES.get(kind), record
    if around:
        target = getattr(record, around)
        page = PLACES.get(target._meta.label_lower) if target is not None else None
    url = _url(page, target) if page else ""
    if called := CALLED.get(kind):
        name, alone = called(record)
        return Named(name if alone or target is None or not within else f"{_plain(target)}: {name}", url)
    in_words = getattr(record, "in_words", None)
    name = in_words() if in_words else _worded(kind, record, _plain(record))
    if around and target is not None and within:
        name = f"{_plain(target)}: {name.removeprefix(str(target)).lstrip(': ')}"
    return Named(name, url)


def _plain(record: Model) -> str:
    """Return the name of a record in the reader's language; what it calls itself where it has no name."""
    called = CALLED.get(record._meta.label_lower)
    return called(record)[0] if called else named(record)


def _worded(kind: str, record: Model, name: str) -> str:
    """Return a name with the key of a closed list at its start or end put into words."""
    if kind not in WORDS:
        return name
    field, words = WORDS[kind]
    raw = str(getattr(record, field))
    word = say_or(f"{words}_{raw}", raw)
    if name.endswith(raw):
        return name.removesuffix(raw) + word
    return word + name.removeprefix(raw) if name.startswith(raw) else name


def _url(page: str, target: Model) -> str:
    try:
        return reverse(page, kwargs={"pk": target.pk})
    except NoReverseMatch:
        return ""
