"""A list on its way into the registry: its file, its columns, what it would do, as they are kept in the database.

No file is kept on the disk: the cells are part of the run, so nothing is left behind when the machine stops.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from namsai.findings import Finding, has_errors
from namsai.lao.numbers import NumberFormat
from namsai.workbook.table import Table, read_tables
from namsai_centre.enterprises.importing.beside import Row
from namsai_centre.enterprises.importing.check import Checked, check
from namsai_centre.enterprises.importing.fields import BY_NAME, guess, head_row, heads_digest
from namsai_centre.enterprises.importing.registry import Registry
from namsai_centre.enterprises.importing.values import ambiguous
from namsai_centre.enterprises.models import ImportRun


class Unreadable(Exception):
    """The file cannot be taken; `findings` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(f.code for f in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as read: digest, the sheet with the most known headings, its headings, and what is remarkable."""

    digest: str
    table: Table
    head: int
    headers: list[str]
    others: list[str]  # names of sheets that are not read
    findings: list[Finding]

    def data(self) -> dict[str, Any]:
        """Return the table as it is kept."""
        return {
            "sheet": self.table.name,
            "head": self.head,
            "headers": self.headers,
            "others": self.others,
            "rows": self.table.rows,
        }


def incoming(content: bytes) -> Incoming:
    """Read a file. Errors: Unreadable."""
    tables, findings = read_tables(content)
    if has_errors(findings) or not tables:
        raise Unreadable(findings)
    ranked = []
    for place, table in enumerate(tables):
        head = head_row(table.rows)
        ranked.append((-len(guess(_headers(table, head))), place, table, head))
    _, _, table, head = min(ranked, key=lambda r: r[:2])
    others = [t.name for t in tables if t is not table and t.name != "lists"]
    return Incoming(hashlib.sha256(content).hexdigest(), table, head, _headers(table, head), others, findings)


def _headers(table: Table, head: int) -> list[str]:
    """Return the headings, one for each column of the sheet (a column without one has an empty one)."""
    wide = max((len(row) for row in table.rows), default=0)
    row = table.rows[head]
    return [str(row[at]).strip() if at < len(row) and row[at] is not None else "" for at in range(wide)]


def remembered(headers: list[str]) -> dict[str, Any]:
    """Return the mapping a person set for a list with the same headings; else what the headings say."""
    last = ImportRun.objects.filter(heads=heads_digest(headers), state__in=("checked", "done")).only("mapping", "table")
    found = last.order_by("-changed_at").first()
    if found is None:
        return {"columns": guess(headers), "numbers": "", "remembered": False}
    names = {h: found.mapping["columns"].get(str(at), "") for at, h in enumerate(found.table["headers"])}
    columns = {str(at): names[h] for at, h in enumerate(headers) if names.get(h)}
    return {"columns": columns, "numbers": found.mapping.get("numbers", ""), "remembered": True}


def questions(table: dict[str, Any], columns: dict[str, str]) -> list[tuple[str, float, float]]:
    """Return the first figures of the file that can be read in two ways (as typed, in Lao, in English)."""
    figures = [int(at) for at, name in columns.items() if BY_NAME[name].kind in ("whole", "kip")]
    found: list[tuple[str, float, float]] = []
    for row in table["rows"][table["head"] + 1 :]:
        for at in figures:
            two = ambiguous(row[at]) if at < len(row) else None
            if two and two not in found:
                found.append(two)
                if len(found) == 3:
                    return found
    return found


def checked(run: ImportRun, registry: Registry, *, look: bool = True) -> Checked:
    """Return what the run would do to the registry."""
    columns = {int(at): name for at, name in run.mapping["columns"].items()}
    numbers: NumberFormat | None = run.mapping.get("numbers") or None
    table = run.table
    return check(table["rows"], table["head"], columns, numbers, registry, run.answers, look=look)


def as_data(row: Row, registry: Registry) -> dict[str, Any]:
    """Return a row as it is kept with the run and shown."""
    return {
        "place": row.place,
        "state": row.state,
        "name": row.name,
        "firm": str(row.firm) if row.firm else None,
        "changes": [[name, _told(name, old, registry), _told(name, new, registry)] for name, old, new in row.changes],
        "problems": [[column, code, facts] for column, code, facts in row.problems],
        "notes": [[slug, facts] for slug, facts in row.notes],
        "near": [[str(firm), score, reasons] for firm, score, reasons in row.near],
    }


def _told(name: str, value: Any, registry: Registry) -> Any:
    """Return a value as JSON: a place by its names in both languages."""
    if name in ("province_id", "district_id") and value is not None:
        place = registry.known.places.get(value)
        return [place.name_lo, place.name_en] if place else str(value)
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID) else value


def outcome(rows: list[dict[str, Any]]) -> str:
    """Return the digest of what a run would do (to see whether the registry changed since somebody looked)."""
    import json

    told = [[r["place"], r["state"], r["firm"], r["changes"]] for r in rows]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def wrong_rows(run: ImportRun) -> Iterator[dict[str, Any]]:
    """Yield the rows with something wrong."""
    return (row for row in run.rows if row["state"] == "wrong")
