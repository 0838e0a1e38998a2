"""A section of a case for reading: a row each, an amount with its unit in one cell, names instead of ids."""

from __future__ import annotations

from dataclasses import dataclass

from namsai.knowhow import KnowHow
from namsai.texts import Lang
from namsai.workbook.columns import Column
from namsai_centre.assessments import sections
from namsai_centre.assessments.sections import Doc
from namsai_centre.assessments.spoken import spoken

IN_TITLE = {
    "streams": ("from", "to", "material"),
    "readings": ("meter", "date"),
    "compositions": ("material", "substance"),
}
MATES = ("unit", "currency", "per")  # written behind their number


@dataclass(frozen=True, slots=True)
class Read:
    """One column for reading: its heading, the column, and those written behind its value."""

    head: str
    column: Column
    mates: tuple[Column, ...] = ()


def reads(section: str, rows: list[Doc], lang: Lang) -> list[Read]:
    """Return the columns that hold something and are not said by the name of the row already."""
    single = section == sections.VALUES
    skip = () if single else ("id", "key", "title", "name.lo", "name.en", *IN_TITLE.get(section, ()))
    other = ("note.en",) if lang == "lo" else ("note.lo",)
    out: list[Read] = []
    for group in sections.groups(section):
        used = [
            c for c in group.columns if c.key not in skip and any(sections.value_of(r, c) is not None for r in rows)
        ]
        used = [c for c in used if not c.key.endswith(other)]
        number = next((c for c in used if c.kind == "number"), None)
        mates = [
            c for c in used if group.name and number and c.parts[-1][0] in MATES and c.parts[:-1] == number.parts[:-1]
        ]
        for c in used:
            if c is number and mates:
                whole = Column(c.key, c.kind, c.parts[:-1])
                out.append(Read(sections.label(section, whole, lang), c, tuple(mates)))
            elif c not in mates:
                out.append(Read(sections.label(section, c, lang), c))
    return out


def cell(document: Doc, section: str, row: Doc, read: Read, lang: Lang, knowhow: KnowHow) -> str:
    """Return what a row says in a column."""
    said = spoken(document, section, read.column, sections.value_of(row, read.column), lang, knowhow)
    for mate in read.mates:
        value = sections.value_of(row, mate)
        if value is not None:
            word = spoken(document, section, mate, value, lang, knowhow)
            said += f"/{word}" if mate.parts[-1][0] == "per" else f" {word}"
    return said
