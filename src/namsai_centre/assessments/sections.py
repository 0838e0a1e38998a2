"""The sections of a case as pages: the same columns, words and help as the Excel form (namsai.workbook), one truth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from namsai.charts.write import date, unit_name
from namsai.knowhow import KnowHow
from namsai.plant.records import PLACES_IN, PLACES_OUT
from namsai.texts import Lang, has, text
from namsai.workbook.columns import Column, columns, references, tables, value_columns
from namsai.workbook.labels import heading, notes, word_list
from namsai_centre.knowhow.queries import current_knowhow

VALUES = "values"
FIRST = (VALUES, "processes", "materials", "streams")  # what every case needs
MOST_CHOICES = 40  # more words than this are offered while typing, not as a list to choose from
Doc = dict[str, Any]
Kind = Literal["select", "offer", "date", "number", "text", "long"]

IDENTITY: dict[str, tuple[str, ...]] = {  # what tells the rows of a table apart; all others by `id`
    "sources": ("key",),
    "compositions": ("material", "substance"),
    "readings": ("meter", "date"),
    "history": ("year", "measure"),
    "rates": ("base", "quote", "date"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that belong together (value, unit, source, uncertainty of an amount); `name` is empty for one alone."""

    name: str
    columns: tuple[Column, ...]


@cache
def names() -> tuple[str, ...]:
    """Return the sections in the order people fill them."""
    return (*FIRST, *(name for name in tables() if name not in FIRST))


@cache
def columns_of(section: str) -> tuple[Column, ...]:
    """Return the columns of a section."""
    return value_columns() if section == VALUES else columns(tables()[section])


@cache
def column(section: str, key: str) -> Column:
    """Return one column; KeyError for an unknown one."""
    return {c.key: c for c in columns_of(section)}[key]


@cache
def groups(section: str) -> tuple[Group, ...]:
    """Return the columns of a section in groups."""
    found: list[tuple[str, list[Column]]] = []
    for c in columns_of(section):
        name = c.parts[0][0] if len(c.parts) > 1 else ""
        if found and name and found[-1][0] == name:
            found[-1][1].append(c)
        else:
            found.append((name, [c]))
    return tuple(Group(name, tuple(cs)) for name, cs in found)


def title(section: str, lang: Lang) -> str:
    """Return the name of a section."""
    return text(f"form.sheet-{section}", lang)


def about(section: str, lang: Lang) -> str:
    """Return what a section is for."""
    return text(f"form.about-{section}", lang) if has(f"form.about-{section}") else ""


def group_title(section: str, group: Group, lang: Lang) -> str:
    """Return the heading of a group."""
    c = group.columns[0]
    return heading(section, Column(c.key, c.kind, c.parts[:1]), lang)


def label(section: str, c: Column, lang: Lang, inside: bool = False) -> str:
    """Return the heading of a column; `inside` its group, the inner part alone."""
    parts = c.parts[1:] if inside and len(c.parts) > 1 else c.parts
    said = heading(section, Column(c.key, c.kind, parts, c.choices, c.required), lang)
    return _KEY.sub("", said) if target_of(section, c) else said  # rows are chosen by their names here


_KEY = re.compile(r" \([^()]*\)$")


def help_of(section: str, c: Column, lang: Lang) -> str:
    """Return what belongs into a column."""
    target = target_of(section, c)
    if target and c.key.rpartition(".")[2] not in ("from", "to", "value_as"):
        return text("assessments.choose_row", lang, name=title(target, lang))
    return notes(section, c, lang)


def rows_of(document: Doc, section: str) -> list[Doc]:
    """Return the rows of a section; the single values are one row."""
    if section == VALUES:
        return [document]
    rows = document.get(section)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def value_of(row: Any, c: Column) -> Any:
    """Return the value of a column in a row; None where there is none."""
    for name, _ in c.parts:
        if not isinstance(row, dict):
            return None
        row = row.get(name)
    return row


def put(row: Doc, c: Column, value: Any) -> None:
    """Put a value into a row; None takes the field out, and what held it when nothing is left in it."""
    *outer, last = (name for name, _ in c.parts)
    holders = [row]
    for name in outer:
        inner = holders[-1].get(name)
        if not isinstance(inner, dict):
            if value is None:
                return
            inner = holders[-1][name] = {}
        holders.append(inner)
    if value is not None:
        holders[-1][last] = value
        return
    holders[-1].pop(last, None)
    for name, holder, inner in zip(reversed(outer), reversed(holders[:-1]), reversed(holders[1:]), strict=True):
        if not inner:
            holder.pop(name, None)


def identity(section: str, row: Doc) -> tuple[str, ...]:
    """Return what tells a row apart from the others of its table."""
    return tuple(str(row.get(name, "")) for name in IDENTITY.get(section, ("id",)))


def fill_id(section: str, row: Doc, taken: set[str]) -> None:
    """Give a new row without an id one of its own: its Latin name, else what it is of, else the table; a number."""
    field = "key" if section == "sources" else "id"
    if row.get(field) or field not in {c.key for c in columns_of(section)}:
        return
    name = row.get("name")
    own = name.get("en") if isinstance(name, dict) else None
    of = own or row.get("material") or row.get("title") or row.get("kind") or ""
    base = re.sub(r"[^a-z0-9]+", "-", str(of).lower()).strip("-")[:40] or section
    row[field] = next(x for x in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if x not in taken)


def name_of(row: Doc, lang: Lang) -> str:
    """Return the name of a row in the language, else in the other, else its id."""
    said = row.get("name")
    if isinstance(said, dict):
        first, second = (said.get("lo"), said.get("en")) if lang == "lo" else (said.get("en"), said.get("lo"))
        if first or second:
            return str(first or second)
    return str(row.get("id") or row.get("key") or "")


def named(document: Doc, table: str, key: Any, lang: Lang) -> str:
    """Return the name of the row with that id in a table, of a place outside, or the id itself."""
    for row in rows_of(document, table):
        if row.get("id", row.get("key")) == key:
            return row_title(document, table, row, lang) if table == "sources" else name_of(row, lang)
    return text(f"terms.place-{key}", lang) if key and has(f"terms.place-{key}") else str(key or "–")


def target_of(section: str, c: Column) -> str:
    """Return the table a column points to by id, or "" (where a stream begins and ends: a process or outside)."""
    if (section, c.key) in (("streams", "from"), ("streams", "to")):
        return "processes"
    return references().get((section, c.parts[-1][0]), "")


def row_title(document: Doc, section: str, row: Doc, lang: Lang) -> str:
    """Return what a row is called in lists: a stream by what flows from where to where."""
    if section == VALUES:
        return title(section, lang)
    if section == "streams":
        way = " → ".join(named(document, "processes", row.get(end), lang) for end in ("from", "to"))
        return f"{named(document, 'materials', row.get('material'), lang)}: {way}"
    if section == "compositions":
        return f"{named(document, 'materials', row.get('material'), lang)}: {row.get('substance', '–')}"
    if section == "readings":
        return f"{named(document, 'meters', row.get('meter'), lang)} · {day_said(row.get('date'), lang)}"
    if section == "history":
        measure = f"indicators.measure-{row.get('measure')}"
        return f"{row.get('year', '–')} · {text(measure, lang) if has(measure) else row.get('measure', '–')}"
    if section == "rates":
        return f"{row.get('base', '–')} / {row.get('quote', '–')} · {day_said(row.get('date'), lang)}"
    if section == "sources":
        return str(row.get("title") or row.get("key") or "–")
    return name_of(row, lang) or "–"


def day_said(value: Any, lang: Lang) -> str:
    """Return a date as it is read; anything else as it stands."""
    return date(value, lang) if isinstance(value, str) and _DAY.fullmatch(value) else str(value or "–")


_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-\d{2}")


@dataclass(frozen=True, slots=True)
class Words:
    """The words offered for a column: (what is kept, what is shown); `closed`: nothing else is right."""

    name: str
    words: tuple[tuple[str, str], ...]
    closed: bool


def words_for(
    document: Doc, section: str, c: Column, sector: str, lang: Lang, knowhow: KnowHow | None = None
) -> Words | None:
    """Return the words offered for a column: those of the form, and the ids of the rows it may point to.

    Args: knowhow - None: that of the centre now.
    """
    knowhow = knowhow or current_knowhow()
    found = word_list(section, c, sector, knowhow)
    if found is None:
        return None
    words = [(key, (en if lang == "en" else lo) or key) for key, lo, en in found.words]
    if found.name in _LABELS:
        words = [(key, _label(knowhow, _LABELS[found.name], key, lang)) for key, _ in words]
    elif c.kind == "unit":
        words = [(key, unit_name(key, lang)) for key, _ in words]
    if found.ids_of:
        own = rows_of(document, found.ids_of)
        words = [(str(r["id"]), name_of(r, lang)) for r in own if r.get("id")] + words
        if found.ids_of == "sources":
            words = [(str(r["key"]), str(r.get("title") or r["key"])) for r in own if r.get("key")]
    closed = found.closed or bool(found.ids_of)
    return Words(found.name, tuple(words), closed)


_LABELS = {"subsectors": "sector", "benchmark_words": "per"}  # lists of the form whose words the know-how has


def _label(knowhow: KnowHow, kind: str, key: str, lang: Lang) -> str:
    """Return a word of the know-how; in English the key without its underscores."""
    return knowhow.label(kind, key, lang) if lang == "lo" else key.replace("_", " ")


OUTSIDE = frozenset((*PLACES_IN, *PLACES_OUT))
