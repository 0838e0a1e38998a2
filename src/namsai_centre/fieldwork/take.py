"""What a visit would change in the case of its assessment, entry by entry; what cannot go there says why."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from namsai_centre.assessments import sections
from namsai_centre.fieldwork import queries
from namsai_centre.fieldwork.models import Entry, Visit

Row = dict[str, Any]
NAMEPLATE = ("number", "power", "load", "hours")
TABLES = {"reading": "readings", "stream": "streams", "equipment": "equipment"}


@dataclass(frozen=True, slots=True)
class Goes:
    """What one entry makes of a row of the case (before None: a new row), or `why` it stays out."""

    entry: Entry
    table: str
    before: Row | None
    after: Row
    said: tuple[str, ...]  # the fields of the row that the entry speaks of
    why: str = ""

    @property
    def changes(self) -> bool:
        """Return whether the case would say something else."""
        return not self.why and self.before != self.after


def proposed(visit: Visit, document: Row, new: Mapping[str, Row] | None = None) -> tuple[Row, list[tuple[Entry, str]]]:
    """Return the case with readings, streams and machines of the visit, and the entries left out with the reason."""
    out, found = effects(visit, document, new)
    return out, [(g.entry, g.why) for g in found if g.why]


def effects(visit: Visit, document: Row, new: Mapping[str, Row] | None = None) -> tuple[Row, list[Goes]]:
    """Return the case as it would be, and for each entry what it makes of it.

    `new`: by subject, what somebody chose for streams and machines the case does not have yet; nothing is guessed.
    """
    out = copy.deepcopy(document)
    take = {"reading": _reading, "stream": _stream, "equipment": _equipment}
    found: list[Goes] = []
    for entry in queries.entries_of(visit):
        if entry.kind not in take:
            continue
        table = TABLES[entry.kind]
        told = (
            "conflict"
            if entry.mark == "conflict"
            else take[entry.kind](visit, out, entry, (new or {}).get(entry.subject))
        )
        found.append(Goes(entry, table, None, {}, (), told) if isinstance(told, str) else Goes(entry, table, *told))
    return out, found


def addable(visit: Visit, document: Row) -> list[Entry]:
    """Return the entries about streams and machines that the case does not have yet, one of each subject."""
    found: dict[str, Entry] = {}
    for e in queries.entries_of(visit):
        if e.kind in ("stream", "equipment") and _find(document, TABLES[e.kind], e.subject.partition(":")[2]) is None:
            found.setdefault(e.subject, e)
    return list(found.values())


def added(visit: Visit, table: str, entry: Entry) -> Row | None:
    """Return name and unit of what was added by hand, at the desk or on a phone."""
    key = entry.subject.partition(":")[2]
    row = next((r for r in visit.plan.get("added", {}).get(table, []) if r["id"] == key), None)
    if row is None and entry.fields.get("name"):
        row = {"id": key, "name": entry.fields["name"], "unit": entry.fields.get("unit")}
    return row


def _find(document: Row, table: str, key: str) -> Row | None:
    return next((r for r in sections.rows_of(document, table) if r.get("id") == key), None)


def _reading(
    visit: Visit, document: Row, entry: Entry, new: Row | None
) -> str | tuple[Row | None, Row, tuple[str, ...]]:
    key, value = entry.subject.partition(":")[2], entry.fields.get("value")
    if value is None:
        return "empty"
    if entry.time_mark or entry.taken_at is None:
        return "time"
    if value < 0:
        return "negative"
    if _find(document, "meters", key) is None:
        meter = added(visit, "meters", entry)
        if meter is None or not meter.get("unit"):
            return "unknown"
        document.setdefault("meters", []).append({"id": key, "name": _both(meter["name"]), "unit": meter["unit"]})
    day = timezone.localtime(entry.taken_at).date().isoformat()
    rows = document.setdefault("readings", [])
    there = next((r for r in rows if r.get("meter") == key and r.get("date") == day), None)
    before = dict(there) if there is not None else None
    if there is None:
        there = {"meter": key, "date": day}
        rows.append(there)
    there["value"] = value  # the difference is shown before it is taken over
    return before, dict(there), ("value",)


def _times(visit: Visit) -> float | None:
    return 1.0 if visit.basis == "period" else visit.per_period


def _stream(
    visit: Visit, document: Row, entry: Entry, new: Row | None
) -> str | tuple[Row | None, Row, tuple[str, ...]]:
    row = _find(document, "streams", entry.subject.partition(":")[2])
    said, times = {**entry.fields, **(new or {})}, _times(visit)
    if row is None and new is None:
        return "new"
    if said.get("amount") is None:
        return "empty"
    if said["amount"] < 0:
        return "negative"
    if not said.get("how") or not said.get("unit"):
        return "how"
    if times is None:
        return "per_period"
    before = copy.deepcopy(row)
    if row is None:
        row = {"id": entry.subject.partition(":")[2]} | {k: said[k] for k in ("from", "to", "material")}
        document.setdefault("streams", []).append(row)
    amount = {"value": _round(said["amount"] * times), "unit": said["unit"], "source": said["how"]}
    row["amount"] = amount | ({"uncertainty": said["uncertainty"]} if said.get("uncertainty") is not None else {})
    _measured(row)
    if before is None:
        row["note"] = _both((added(visit, "streams", entry) or {"name": str(entry)})["name"])
    return before, copy.deepcopy(row), ("amount",)


def _equipment(
    visit: Visit, document: Row, entry: Entry, new: Row | None
) -> str | tuple[Row | None, Row, tuple[str, ...]]:
    row = _find(document, "equipment", entry.subject.partition(":")[2])
    if row is None and new is None:
        return "new"
    said = {k: v for k in NAMEPLATE if (v := entry.fields.get(k)) is not None}
    if "hours" in said:
        times = _times(visit)
        if times is None:
            return "per_period"
        said["hours"] = _round(said["hours"] * times)
    if not said and row is not None:
        return "empty"
    before = copy.deepcopy(row)
    if row is None:
        name = (added(visit, "equipment", entry) or {"name": str(entry)})["name"]
        row = {"id": entry.subject.partition(":")[2], "name": _both(name), **(new or {})}
        document.setdefault("equipment", []).append(row)
    row.update(said)
    if "number" in said and float(said["number"]).is_integer():
        row["number"] = int(said["number"])
    _measured(row)
    return before, copy.deepcopy(row), tuple(said)


def _both(name: str) -> dict[str, str]:
    return {"lo": name, "en": name}


def _measured(row: Row) -> None:
    """What is measured is no assumption any more."""
    if row.pop("assumption", None):
        row.pop("note", None)


def _round(value: float) -> float:
    return float(f"{value:.12g}")
