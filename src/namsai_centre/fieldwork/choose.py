"""What two devices said differently, field by field, and what somebody chose of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from namsai.texts import Lang, text
from namsai_centre.fieldwork import queries
from namsai_centre.fieldwork.models import Change, Entry, Visit
from namsai_centre.fieldwork.pack import meters_of
from namsai_centre.fieldwork.shown import Whole, value
from namsai_centre.fieldwork.times import as_written


@dataclass(frozen=True, slots=True)
class Said:
    """One of the values: `key` in the form, in words, what it would mean, by whom and when."""

    key: str
    words: str
    by: Any
    device_time: str
    received_at: Any
    means: str = ""


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
    meters = {m["subject"]: m for m in meters_of(visit, queries.case_of(visit))} if wanted else {}
    found = []
    for e in whole.waiting:
        if e.mark == "conflict":
            fields = _fields(e, wanted.get(e.pk, []), units.get(e.subject, ""), lang)
            fields = [_with_use(f, e, wanted.get(e.pk, []), meters.get(e.subject), lang) for f in fields]
            found.append(Conflict(e, e.name, fields))  # type: ignore[attr-defined]
    return found


def _with_use(f: Field, e: Entry, changes: list[Change], meter: dict[str, Any] | None, lang: Lang) -> Field:
    """Say of each reading what was used since the last one: that shows which of two can be right."""
    last = meter and meter.get("last")
    if f.name != "value" or not meter or not last or not last.get("on"):
        return f
    values = [e.fields.get("value"), *(c.clash["value"] for c in changes if "value" in c.clash)]
    days = (e.visit.on - date.fromisoformat(last["on"])).days
    said = [replace(s, means=_used(v, last["value"], days, meter, lang)) for s, v in zip(f.said, values, strict=True)]
    return replace(f, said=said)


def _used(v: Any, last: float, days: int, meter: dict[str, Any], lang: Lang) -> str:
    if not isinstance(v, int | float):
        return ""
    unit, used = meter["unit"], v - last
    if used < 0:
        return text("fieldwork.means_below", lang, last=value("value", last, unit, lang))
    since = text("fieldwork.means_used", lang, used=value("value", round(used, 3), unit, lang))
    per_day = round(used / days) if days > 0 else None
    if per_day is None:
        return since
    usual = meter.get("usual")
    told = text("fieldwork.means_per_day", lang, each=value("value", per_day, unit, lang))
    return f"{since}, {told}" + (
        f" ({text('fieldwork.means_usual', lang, usual=value('', usual, '', lang))})" if usual else ""
    )


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
