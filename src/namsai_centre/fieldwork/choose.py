"""What two devices said differently, field by field, and what somebody chose of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from namsai.texts import Lang, text
from namsai_centre.fieldwork import queries
from namsai_centre.fieldwork.models import Change, Entry, Visit
from namsai_centre.fieldwork.shown import Whole, value
from namsai_centre.fieldwork.times import as_written


@dataclass(frozen=True, slots=True)
class Said:
    """One of the values: `key` in the form, in words, by whom and when."""

    key: str
    words: str
    by: Any
    device_time: str
    received_at: Any


@dataclass(frozen=True, slots=True)
class Field:
    """A field in conflict with everything that was said of it; the first is what stands."""

    name: str
    label: str
    said: list[Said]


@dataclass(frozen=True, slots=True)
class Conflict:
    """An entry with its fields in conflict."""

    entry: Entry
    name: str
    fields: list[Field]


def conflicts(visit: Visit, whole: Whole, lang: Lang) -> list[Conflict]:
    """Return all that waits for a decision."""
    wanted: dict[Any, list[Change]] = {}
    for c in queries.conflicts_of(visit):
        wanted.setdefault(c.entry_id, []).append(c)
    units = {line.subject: line.unit for part in whole.parts for line in part.lines}
    found = []
    for e in whole.waiting:
        if e.mark == "conflict":
            fields = _fields(e, wanted.get(e.pk, []), units.get(e.subject, ""), lang)
            found.append(Conflict(e, e.name, fields))  # type: ignore[attr-defined]
    return found


def _fields(e: Entry, changes: list[Change], unit: str, lang: Lang) -> list[Field]:
    out: dict[str, Field] = {}
    for c in changes:
        for name, v in c.clash.items():
            if name not in out:
                stands = Said(
                    "stands",
                    value(name, e.fields.get(name), unit, lang),
                    e.by,
                    as_written(e.device_time),
                    e.received_at,
                )
                out[name] = Field(name, text(f"fieldwork.f_{name}", lang), [stands])
            out[name].said.append(
                Said(str(c.pk), value(name, v, unit, lang), c.by, as_written(c.device_time), c.received_at)
            )
    return list(out.values())


def chosen(visit: Visit, entry: Entry, posted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values somebody chose, by field; fields without a choice stay in conflict."""
    out: dict[str, Any] = {}
    for c in queries.conflicts_of(visit).filter(entry_id=entry.pk):
        for name, v in c.clash.items():
            choice = posted.get(f"choice_{name}", "")
            if choice == "stands":
                out[name] = entry.fields.get(name)
            elif choice == str(c.pk):
                out[name] = v
    return out
