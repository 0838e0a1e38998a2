"""A list that somebody made elsewhere, as rows of cells: Excel or CSV, told apart by what it holds, never by its name.

Nothing is opened that the guards did not see; macros and DTDs are refused; cells stay what they are: text, number, day.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from namsai.findings import Fact, Finding, error
from namsai.workbook.guards import MOST_BYTES, repack

Cell = str | int | float | None
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_LETTERS = 2_000  # of a cell; a longer one is no name and no number
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MARKUP = re.compile(r"\s*<(?:[!?a-zA-Z])")
_FORMULA_MARK = re.compile(r"'[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name and rows of cells (days as ISO text), as long as the longest row that holds something."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)


def read_tables(content: bytes) -> tuple[list[Table], list[Finding]]:
    """Return the sheets of a file that hold something, and what is wrong or remarkable.

    Args: content - bytes of an .xlsx or a CSV file (UTF-8, or UTF-16 with its mark; commas, semicolons or tabs).
    Returns ([], findings with an error) when it is refused: old, encrypted, damaged, too large, macros, DTD, markup.
    """
    if not content:
        return [], [error("workbook.empty-list")]
    if len(content) > MOST_BYTES:
        return [], [error("workbook.list-too-large", size=len(content), most=MOST_BYTES)]
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        return _excel(content)
    return _text(content)


def _excel(content: bytes) -> tuple[list[Table], list[Finding]]:
    """Read an .xlsx file."""
    clean, findings = repack(content)
    if clean is None:
        return [], findings
    if refused := _hidden(content, clean):
        return [], [refused]
    from python_calamine import CalamineError, CalamineWorkbook

    tables = []
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(clean))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(cell != "" for row in rows for cell in row):
                tables.append(Table(name, [[_cell(c) for c in row] for row in rows]))
    except (CalamineError, ValueError, OSError):
        return [], [error("workbook.damaged")]
    return _measured(tables, findings)


def _hidden(content: bytes, clean: bytes) -> Finding | None:
    """Return what a workbook must not have: macros, document types and entities."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [name.lower() for name in archive.namelist()]
    if any("vbaproject" in name or name.startswith("xl/macrosheets") for name in names):
        return error("workbook.macros")
    with zipfile.ZipFile(BytesIO(clean)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                data = archive.read(name)
                if b"\0" in data[:200]:
                    data = data.decode("utf-16", "replace").encode()
                if _DTD.search(data):
                    return error("workbook.dtd", part=name)
    return None


def _cell(value: Any) -> Cell:
    """Return the value of a cell of Excel: whole numbers whole, days as ISO text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    return value if isinstance(value, str | int) else str(value)


def _text(content: bytes) -> tuple[list[Table], list[Finding]]:
    """Read a CSV file."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in content and not wide:  # no text has it: a picture, a program, or a workbook that is not whole
        return [], [error("workbook.not-a-list")]
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return [], [error("workbook.not-utf8")]
    if "\0" in text or _MARKUP.match(text):
        return [], [error("workbook.not-a-list")]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:
        return [], [error("workbook.not-a-list")]
    return _measured([Table("CSV", [[_unmarked(c) for c in row] for row in rows])], [])


def _delimiter(text: str) -> str:
    """Return what separates the cells: the sign that stands most often in the first line outside of quotes."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").split("\n", 1)[0])
    return max(",;\t", key=first.count)


def _unmarked(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a text from being a formula."""
    return cell[1:] if _FORMULA_MARK.match(cell) else cell


def _measured(tables: list[Table], findings: list[Finding]) -> tuple[list[Table], list[Finding]]:
    """Cut empty ends; refuse what is too long, too wide or empty."""
    found = []
    for table in tables:
        rows = [_cut(row) for row in table.rows]
        while rows and not rows[-1]:
            rows.pop()
        if len(rows) > MOST_ROWS or max(map(len, rows), default=0) > MOST_COLUMNS:
            facts: dict[str, Fact] = {"most_rows": MOST_ROWS, "most_columns": MOST_COLUMNS, "sheet": table.name}
            return [], [error("workbook.list-too-long", "", **facts)]
        if any(isinstance(c, str) and len(c) > MOST_LETTERS for row in rows for c in row):
            return [], [error("workbook.cell-too-long", most=MOST_LETTERS, sheet=table.name)]
        if rows:
            found.append(Table(table.name, rows))
    return (found, findings) if found else ([], [error("workbook.empty-list")])


def _cut(row: list[Cell]) -> list[Cell]:
    """Return a row without the empty cells at its end."""
    end = len(row)
    while end and (row[end - 1] is None or (isinstance(row[end - 1], str) and not str(row[end - 1]).strip())):
        end -= 1
    return row[:end]
