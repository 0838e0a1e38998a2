"""The page of a section: rows as cards, each field with label, words and findings; and what a sent page changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from namsai.charts.write import currency_name, unit_name
from namsai.knowhow import KnowHow
from namsai.texts import Lang
from namsai.workbook.columns import Column
from namsai_centre.assessments import sections
from namsai_centre.assessments.judge import Told
from namsai_centre.assessments.merge import Edit
from namsai_centre.assessments.sections import Doc, Kind, Words
from namsai_centre.assessments.spoken import key_of
from namsai_centre.assessments.typed import NUMBERS, said, shown, take, unchanged

ROWS = 20  # cards on one page
IDS = ("id", "key")  # made for a new row (sections.fill_id)
_NAME = re.compile(r"^(r\d{1,6}|n[0-9a-z]{1,12})\.(.+)$")


@dataclass(frozen=True, slots=True)
class Field:
    """One field as it is drawn."""

    name: str
    label: str
    value: str
    kind: Kind
    must: bool = False
    words: tuple[tuple[str, str], ...] = ()
    offer: str = ""  # id of the list of words offered while typing
    findings: tuple[Told, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields under one heading."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One row: its name, what it says at a glance, what is wrong with it, its fields."""

    key: str
    title: str
    glance: str
    groups: tuple[FieldGroup, ...]
    findings: tuple[Told, ...]
    worst: str
    open: bool


@dataclass(slots=True)
class SectionPage:
    """Draws the cards of a section in one language; `offers` are the lists of words that its fields use."""

    document: Doc
    section: str
    sector: str
    lang: Lang
    told: list[Told]
    knowhow: KnowHow
    offers: dict[str, Words] = field(default_factory=dict)
    _words: dict[str, Words | None] = field(default_factory=dict)
    _labels: dict[str, dict[str, str]] = field(default_factory=dict)

    def cards(self, indexes: list[int], opened: bool) -> list[Card]:
        """Return the cards of the rows."""
        rows = sections.rows_of(self.document, self.section)
        return [self.card(f"r{i}", rows[i], [t for t in self.told if t.row == i], opened) for i in indexes]

    def blank(self, key: str) -> Card:
        """Return an empty card for a row to be added."""
        return self.card(key, {}, [], True)

    def card(self, key: str, row: Doc, told: list[Told], opened: bool) -> Card:
        """Return the card of a row."""
        own = {c.key for c in sections.columns_of(self.section)}
        groups = []
        for g in sections.groups(self.section):
            title = sections.group_title(self.section, g, self.lang) if g.name else ""
            if g.columns[0].key in IDS and self.section != sections.VALUES:
                continue
            groups.append(FieldGroup(title, tuple(self._field(key, row, c, told, bool(g.name)) for c in g.columns)))
        if row:  # the id comes last: a new row gets its own
            ids = (c for c in sections.columns_of(self.section) if c.key in IDS and self.section != sections.VALUES)
            groups += [FieldGroup("", (self._field(key, row, c, told, False),)) for c in ids]
        # what is said of a group (amount) or of the row itself stands at the head of the card
        rest = tuple(t for t in told if t.key not in own)
        worst = next((s for s in ("error", "warning") if any(t.severity == s for t in told)), "")
        name = sections.row_title(self.document, self.section, row, self.lang) if row else ""
        return Card(key, name, self._glance(row), tuple(groups), rest, worst, opened or worst == "error")

    def _glance(self, row: Doc) -> str:
        """Return the first number of a row with the units of its own group (a price: "price: 2,860 THB/t")."""
        for g in sections.groups(self.section):
            found = next((c for c in g.columns if c.kind == "number" and sections.value_of(row, c) is not None), None)
            if found is None:
                continue
            mates = g.columns if g.name else sections.columns_of(self.section)
            units = [
                (currency_name if c.kind == "currency" else unit_name)(str(sections.value_of(row, c)), self.lang)
                for c in mates
                if c.kind in ("currency", "unit") and len(c.parts) == len(found.parts) and sections.value_of(row, c)
            ]
            name = f"{sections.group_title(self.section, g, self.lang)}: " if g.name and g.name != "amount" else ""
            return f"{name}{said(found, sections.value_of(row, found), self.lang)} {'/'.join(units)}".strip()
        return ""

    def _field(self, key: str, row: Doc, c: Column, told: list[Told], inside: bool) -> Field:
        value = sections.value_of(row, c)
        now = shown(c, value, self.lang)
        kind, words, offer = self._kind(c, value, now)
        if offer:  # the word stands in the field, not its key
            now = self._labels[c.key].get(now, now)
        must = c.required or c.key in ("name.lo",)
        return Field(
            name=f"{key}.{c.key}",
            label=sections.label(self.section, c, self.lang, inside),
            value=now,
            kind=kind,
            must=must and c.required,
            words=words,
            offer=offer,
            findings=tuple(t for t in told if t.key == c.key),
            help=sections.help_of(self.section, c, self.lang),
        )

    def _kind(self, c: Column, value: Any, now: str) -> tuple[Kind, tuple[tuple[str, str], ...], str]:
        if c.key not in self._words:
            self._words[c.key] = sections.words_for(
                self.document, self.section, c, self.sector, self.lang, self.knowhow
            )
        words = self._words[c.key]
        if words is not None and words.closed and len(words.words) <= sections.MOST_CHOICES:
            known = {key for key, _ in words.words}
            more = () if not now or now in known else ((now, f"{now} ?"),)
            return "select", (*words.words, *more), ""
        if words is not None:
            self.offers.setdefault(words.name, words)
            self._labels.setdefault(c.key, {} if words.closed else dict(words.words))
            return "offer", (), f"list-{words.name}"
        if c.kind == "date":
            return ("date" if not now or _iso(now) else "text"), (), ""
        if c.kind in NUMBERS:
            return "number", (), ""
        return ("long" if any(name == "note" for name, _ in c.parts) else "text"), (), ""


def _iso(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return len(said) == 10


def edit_of(section: str, base: Doc, posted: Mapping[str, str], knowhow: KnowHow) -> Edit:
    """Return what a sent page changed against the version it was made of; fields it did not send stay as they are.

    A word that was offered (in either language) is kept as its key.
    """
    edit = Edit()
    rows = sections.rows_of(base, section)
    columns = {c.key: c for c in sections.columns_of(section)}
    added: dict[str, Doc] = {}
    for name, typed in posted.items():
        found = _NAME.match(name)
        if found is None or found[2] not in columns:
            continue
        card, c = found[1], columns[found[2]]
        if typed.strip() and c.kind in ("text", "unit", "id"):
            typed = key_of(section, c, typed, knowhow)
        if card[0] == "n":
            if section != sections.VALUES and (value := take(c, typed)) is not None:
                sections.put(added.setdefault(card, {}), c, value)
            continue
        index = int(card[1:])
        if index >= len(rows):
            continue
        now = sections.value_of(rows[index], c)
        if not unchanged(c, typed, now) and (value := take(c, typed)) != now:
            edit.changed.setdefault(index, {})[c.key] = value
    if section != sections.VALUES:
        edit.removed = {i for i in range(len(rows)) if posted.get(f"x{i}") == "1"}
        edit.changed = {i: fields for i, fields in edit.changed.items() if i not in edit.removed}
    edit.added = list(added.values())
    return edit


def fullness(document: Doc, section: str) -> tuple[int, int, int]:
    """Return rows, and how many of the fields every row needs are filled, of how many."""
    rows = sections.rows_of(document, section)
    columns = sections.columns_of(section)
    needed = filled = 0
    for row in rows:
        for c in columns:
            if c.required or (c.needed_with and _begun(row, c.needed_with)):
                needed += 1
                filled += sections.value_of(row, c) is not None
    named = [c for c in columns if c.key in ("name.lo", "enterprise.name.lo")]
    for c in named:
        other = sections.column(section, c.key[:-2] + "en")
        filled += sum(any(sections.value_of(row, x) is not None for x in (c, other)) for row in rows)
    return len(rows), filled, needed + len(rows) * len(named)


def _begun(row: Doc, outer: str) -> bool:
    """Tell whether something stands in a group of fields (an amount with a value needs its unit too)."""
    held: Any = row
    for name in outer.split("."):
        held = held.get(name) if isinstance(held, dict) else None
    return bool(held)
