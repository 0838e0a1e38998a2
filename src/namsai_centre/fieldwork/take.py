"""What a visit would change in the case of its assessment; whatever cannot go there is named with the reason."""

from __future__ import annotations

import copy
from typing import Any

from django.utils import timezone

from namsai_centre.assessments import sections
from namsai_centre.fieldwork import queries
from namsai_centre.fieldwork.models import Entry, Visit

Row = dict[str, Any]
NAMEPLATE = ("number", "power", "load", "hours")


def proposed(visit: Visit, document: Row) -> tuple[Row, list[tuple[Entry, str]]]:
    """Return the case with readings, streams and machines of the visit, and the entries left out with the reason."""
    out = copy.deepcopy(document)
    left: list[tuple[Entry, str]] = []
    take = {"reading": _reading, "stream": _stream, "equipment": _equipment}
    for entry in queries.entries_of(visit):
        if entry.kind not in take:
            continue
        why = "conflict" if entry.mark == "conflict" else take[entry.kind](visit, out, entry)
        if why:
            left.append((entry, why))
    return out, left


def _find(document: Row, table: str, key: str) -> Row | None:
    return next((r for r in sections.rows_of(document, table) if r.get("id") == key), None)


def _added(visit: Visit, table: str, key: str) -> Row | None:
    return next((r for r in visit.plan.get("added", {}).get(table, []) if r["id"] == key), None)


def _reading(visit: Visit, document: Row, entry: Entry) -> str:
    key, value = entry.subject.partition(":")[2], entry.fields.get("value")
    if value is None:
        return "empty"
    if entry.time_mark or entry.taken_at is None:
        return "time"
    if value < 0:
        return "negative"
    if _find(document, "meters", key) is None:
        new = _added(visit, "meters", key)
        if new is None:
            return "unknown"
        document.setdefault("meters", []).append(
            {"id": key, "name": {"lo": new["name"], "en": new["name"]}, "unit": new["unit"]}
        )
    day = timezone.localtime(entry.taken_at).date().isoformat()
    rows = document.setdefault("readings", [])
    there = next((r for r in rows if r.get("meter") == key and r.get("date") == day), None)
    if there is None:
        rows.append({"meter": key, "date": day, "value": value})
    elif there.get("value") != value:
        there["value"] = value  # the difference is shown before it is taken over
    return ""


def _times(visit: Visit) -> float | None:
    return 1.0 if visit.basis == "period" else visit.per_period


def _stream(visit: Visit, document: Row, entry: Entry) -> str:
    row = _find(document, "streams", entry.subject.partition(":")[2])
    said, times = entry.fields, _times(visit)
    if row is None:
        return "unknown"
    if said.get("amount") is None:
        return "empty"
    if said["amount"] < 0:
        return "negative"
    if not said.get("how") or not said.get("unit"):
        return "how"
    if times is None:
        return "per_period"
    amount = {"value": _round(said["amount"] * times), "unit": said["unit"], "source": said["how"]}
    row["amount"] = amount | ({"uncertainty": said["uncertainty"]} if said.get("uncertainty") is not None else {})
    _measured(row)
    return ""


def _equipment(visit: Visit, document: Row, entry: Entry) -> str:
    row = _find(document, "equipment", entry.subject.partition(":")[2])
    if row is None:
        return "unknown"
    said = {k: v for k in NAMEPLATE if (v := entry.fields.get(k)) is not None}
    if "hours" in said:
        times = _times(visit)
        if times is None:
            return "per_period"
        said["hours"] = _round(said["hours"] * times)
    if not said:
        return "empty"
    row.update(said)
    if "number" in said and float(said["number"]).is_integer():
        row["number"] = int(said["number"])
    _measured(row)
    return ""


def _measured(row: Row) -> None:
    """What is measured is no assumption any more."""
    if row.pop("assumption", None):
        row.pop("note", None)


def _round(value: float) -> float:
    return float(f"{value:.12g}")
