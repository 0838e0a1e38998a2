"""What a proposal changes, in people's words: the record's name, the columns, and their values before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from namsai.findings import NamsaiError
from namsai.knowhow import KnowHow
from namsai.knowhow.schema import Column, shapes
from namsai.texts import Lang, has, text
from namsai_centre.knowhow import draft
from namsai_centre.knowhow.card import title_of
from namsai_centre.knowhow.words import word


@dataclass(frozen=True, slots=True)
class Shown:
    """One column with its words, and the value before and after as a person reads it."""

    column: str
    was: str
    now: str


def record_name(knowhow: KnowHow, table: str, key: str, lang: Lang) -> str:
    """Return what a record is called: an option by its title, a source by its title, a word by its label."""
    match table:
        case "options":
            try:
                return title_of(knowhow.option(key), lang).text
            except NamsaiError:
                return key
        case "sources":
            return knowhow.label("source", knowhow.sources[key].title, lang) if key in knowhow.sources else key
        case "flows" | "processes":
            return knowhow.label("flow" if table == "flows" else "process", key, lang)
    return key


def name_of(knowhow: KnowHow, proposal: Any, lang: Lang) -> str:
    """Return what the record of a proposal is called, as it would be called with it where it is new."""
    cells = proposal.wanted
    if proposal.kind == "new":
        said = {"lo": cells.get("options_lo", {}).get("title_lo", ""), "en": ""}[lang]
        own = cells.get(proposal.table, {})
        return str(said or own.get("title_en") or own.get("title") or own.get(lang) or proposal.key)
    return record_name(knowhow, proposal.table, proposal.key, lang) or text(f"knowbase.table_{proposal.table}", lang)


def shown(knowhow: KnowHow, table: str, lines: Iterable[Any], lang: Lang) -> list[Shown]:
    """Return the lines of a proposal or of a change log (column, before, after) in words."""
    out = []
    for name, was, now in lines:
        column, label = _column(table, name), f"knowbase.col_{name}"
        words = text(label, lang) if has(label) else name
        out.append(Shown(words, said(knowhow, column, was, lang), said(knowhow, column, now, lang)))
    return out


def said(knowhow: KnowHow, column: Column | None, value: str, lang: Lang) -> str:
    """Return the value of a cell as a person reads it; a dash for none."""
    if not value or column is None:
        return value or "–"
    match column.type:
        case "flag":
            return text("ui.yes" if value == "yes" else "ui.no", lang)
        case "word":
            words = word(column.of, value, lang)
            return f"{value} · {words}" if column.of == "evidence" and len(value) == 1 else words
        case "key" | "keys":
            return ", ".join(record_name(knowhow, column.of, key, lang) for key in value.split(";"))
    return value


def _column(table: str, name: str) -> Column | None:
    places = (table, *draft.BESIDE.get(table, ()), *draft.RETIRED.get(table, ()))
    return next((shapes()[p].columns[name] for p in places if p in shapes() and name in shapes()[p].columns), None)
