"""What a page changed, put onto the newest version: merged where others changed other fields, else a conflict."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from namsai.workbook.columns import Column
from namsai_centre.assessments import sections
from namsai_centre.assessments.differences import keyed
from namsai_centre.assessments.sections import VALUES, Doc, fill_id, identity


@dataclass(slots=True)
class Edit:
    """What a page wants: fields changed by row of the base version, rows taken out, rows added."""

    changed: dict[int, dict[str, Any]] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    added: list[Doc] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changed or self.removed or self.added)


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field two people changed: what stands there now and what was wanted (column None: the row is gone)."""

    row: Doc
    column: Column | None
    there: Any
    wanted: Any


def merged(section: str, base: Doc, latest: Doc, edit: Edit, over: bool = False) -> tuple[Doc, list[Conflict]]:
    """Return the newest document with the edit in it, and the conflicts (their fields keep what stands there).

    Args: section; base - the version the page was made of; latest; edit; over - conflicts were seen: the edit wins.
    """
    out = copy.deepcopy(latest)
    rows = [out] if section == VALUES else out.setdefault(section, [])
    old = sections.rows_of(base, section)
    places = _places(section, old, rows)
    conflicts: list[Conflict] = []
    gone: list[Doc] = []
    for index, wanted in edit.changed.items():
        place = places.get(index)
        if place is None:
            if over:
                row = copy.deepcopy(old[index])
                for key, value in wanted.items():
                    sections.put(row, sections.column(section, key), value)
                edit.added.append(row)
            else:
                conflicts.append(Conflict(old[index], None, None, None))
            continue
        target = rows[place]
        for key, value in wanted.items():
            c = sections.column(section, key)
            was, there = sections.value_of(old[index], c), sections.value_of(target, c)
            if there in (was, value) or over:
                sections.put(target, c, value)
            else:
                conflicts.append(Conflict(old[index], c, there, value))
    for index in edit.removed:
        place = places.get(index)
        if place is None:
            continue
        if rows[place] == old[index] or over:
            gone.append(rows[place])
        else:
            for c in sections.columns_of(section):
                there = sections.value_of(rows[place], c)
                if there != sections.value_of(old[index], c):
                    conflicts.append(Conflict(old[index], c, there, None))
    if section != VALUES:
        kept = [row for row in rows if not any(row is g for g in gone)]
        for row in edit.added:
            fill_id(section, row, {x for r in kept for x in identity(section, r)})
            kept.append(row)
        out[section] = kept
        if not out[section]:
            out.pop(section)
    return out, conflicts


def _places(section: str, old: list[Doc], rows: list[Doc]) -> dict[int, int]:
    """Return where each row of the base stands now."""
    if section == VALUES:
        return {0: 0}
    now = {key: place for place, key in enumerate(keyed(section, rows))}
    before = list(keyed(section, old))
    found = {index: now[key] for index, key in enumerate(before) if key in now}
    if len(old) == len(rows):  # nobody added or took out a row: a row that was renamed stands where it stood
        taken = set(found.values())
        found |= {index: index for index in range(len(old)) if index not in found and index not in taken}
    return found
