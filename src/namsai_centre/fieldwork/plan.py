"""What goes along to a plant: sheets chosen from the newest case, and meters, streams and machines added by hand.

A plan is {"checklists": [id], "equipment": [id], "meters": [id], "streams": [id], "added": {"meters": [row], ...}}.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from namsai.findings import NamsaiError
from namsai.lao.numbers import parse_number
from namsai.quantity.units import base_factor
from namsai_centre.assessments import sections
from namsai_centre.fieldwork.checklists import checklists
from namsai_centre.ui.forms import plain

TABLES = ("equipment", "meters", "streams")
MOST = 400  # added rows of one kind
COLUMNS = {
    "meters": ("name", "unit", "last", "last_on", "usual", "capacity"),
    "streams": ("name", "unit"),
    "equipment": ("name",),
}
_NUMBERS = ("last", "usual", "capacity")
Row = dict[str, Any]


class BadLine(ValueError):
    """A line of an added table cannot be read: its number, its text and the column."""

    def __init__(self, number: int, line: str, column: str) -> None:
        super().__init__(line)
        self.number, self.line, self.column = number, line, column


def names(document: Row, table: str, row: Row) -> dict[str, str]:
    """Return what a row of the case is called, in both languages."""
    return {"lo": sections.row_title(document, table, row, "lo"), "en": sections.row_title(document, table, row, "en")}


def offers(document: Row, lang: Any) -> dict[str, list[tuple[str, str]]]:
    """Return what may be chosen of the case and of the checklists: (id, name)."""
    found = {
        table: [
            (str(r["id"]), names(document, table, r)[lang]) for r in sections.rows_of(document, table) if r.get("id")
        ]
        for table in TABLES
    }
    return {"checklists": [(key, one[lang]) for key, one in checklists().items()]} | found


def only_in(one: Row, other: Row, document: Row, lang: Any) -> list[str]:
    """Return what goes along by one plan and not by the other, in words (an added row that differs counts)."""
    known = {(key, k): name for key, words in offers(document, lang).items() for k, name in words}
    found = [
        known.get((key, k), k)
        for key in ("checklists", *TABLES)
        for k in one.get(key, [])
        if k not in other.get(key, [])
    ]
    for table in TABLES:
        theirs = other.get("added", {}).get(table, [])
        found += [str(r["name"]) for r in one.get("added", {}).get(table, []) if r not in theirs]
    return found


def first_plan(document: Row) -> Row:
    """Return the plan a new visit begins with: the general walk, all machines and meters, streams not measured yet."""
    chosen: Row = {table: [r["id"] for r in sections.rows_of(document, table) if r.get("id")] for table in TABLES}
    blank = [r["id"] for r in sections.rows_of(document, "streams") if r.get("id") and not _value(r)]
    return {"checklists": ["walk"], **chosen, "streams": blank, "added": {}}


def _value(row: Row) -> Any:
    amount = row.get("amount")
    return amount.get("value") if isinstance(amount, dict) else None


def lines_of(plan: Row, table: str) -> str:
    """Return the added rows of a table as lines of text, for the form."""
    rows = plan.get("added", {}).get(table, [])
    return "\n".join("; ".join(_shown(r.get(c)) for c in COLUMNS[table]).rstrip("; ") for r in rows)


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value)


def read_lines(text: str, table: str) -> list[Row]:
    """Read added rows (name; unit; ...); the same name has the same id on every visit. Errors: BadLine."""
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        cells = [plain(c) for c in line.split(";")]
        row: Row = dict(zip(COLUMNS[table], cells, strict=False))
        if len(cells) > len(COLUMNS[table]) or not row["name"] or len(row["name"]) > 120:
            raise BadLine(number, line, "name")
        for column in COLUMNS[table]:
            row[column] = _read(column, row.get(column, ""), number, line, table)
        if row["name"] in {r["name"] for r in rows} or len(rows) >= MOST:
            raise BadLine(number, line, "name")
        row["id"] = f"new-{hashlib.sha256(row['name'].encode()).hexdigest()[:10]}"
        rows.append(row)
    return rows


def _read(column: str, text: str, number: int, line: str, table: str) -> Any:
    try:
        if column == "unit":
            base_factor(text or ("?" if table == "meters" else "kg"))
            return text or "kg"
        if column in _NUMBERS:
            value = parse_number(text) if text else None
            if value is not None and value < 0:
                raise BadLine(number, line, column)
            return value
        if column == "last_on":
            return date.fromisoformat(text).isoformat() if text else None
    except (NamsaiError, ValueError):
        raise BadLine(number, line, column) from None
    return text
