"""Reading one data file as rows of text, and checking every cell against its column: all problems, not the first."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from namsai.findings import Fact, Finding, Severity, Where
from namsai.knowhow.dates import is_date
from namsai.knowhow.schema import Column, FileShape, shapes, vocabulary

Row = dict[str, str]


class Place(Protocol):
    """A folder or a file in it: a path, a part of an installed package, or texts in memory (`held.Held`)."""

    def __truediv__(self, name: str, /) -> Place:
        """Return what lies in the folder under a name."""

    def is_file(self) -> bool:
        """Tell whether it is a file."""

    def read_bytes(self) -> bytes:
        """Return the content of the file."""

    def read_text(self, encoding: str | None = None) -> str:
        """Return the content of the file as text."""


_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE]-?\d+)?")
_DECOMPOSED = re.compile("\u0ecd[\u0ec8-\u0ecb]?\u0eb2")


@dataclass(slots=True)
class Table:
    """The rows of one file with their line numbers; `findings` of reading; `missing` when there is no such file."""

    shape: FileShape
    rows: list[Row] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    missing: bool = False


# Problems of writing that do not make a number wrong: reported, but the file is not refused.
_ONLY_WARN = frozenset({"lao-spelling", "spaces"})


def place_finding(code: str, file: str, line: int | None, column: str, **facts: Fact) -> Finding:
    """Make a finding at a file, line and column: an error, or a warning where only the spelling is at fault."""
    path = "/".join(str(p) for p in (file, line, column) if p not in (None, ""))
    where = Where(path, file=file, cell=column or None)
    severity = Severity.WARNING if code in _ONLY_WARN else Severity.ERROR
    return Finding(f"knowhow.{code}", severity, where, {"file": file, "line": line, "column": column, **facts})


def read_table(folder: Place, name: str) -> Table:
    """Read one file (name without ending); problems of its form become findings of the table."""
    shape = shapes()[name]
    table = Table(shape)
    file = f"{name}.csv"
    path = folder / file
    if not path.is_file():
        table.missing = True
        return table
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        table.findings.append(place_finding("not-utf8", file, None, ""))
        return table
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        known = list(shape.columns)
        for column in header:
            if column not in shape.columns:
                table.findings.append(place_finding("unknown-column", file, 1, column))
        for column in known:
            if column not in header:
                table.findings.append(place_finding("missing-column", file, 1, column))
        width, absent = len(header), {c: "" for c in known if c not in header}
        for cells in reader:
            if not cells:
                continue
            if len(cells) != width:
                facts: dict[str, Fact] = {"found": len(cells), "expected": width}
                table.findings.append(place_finding("row-width", file, reader.line_num, "", **facts))
                continue
            row = dict(zip(header, cells))  # noqa: B905  (of equal length: see the line above)
            if absent:
                row.update(absent)
            table.rows.append(row)
            table.lines.append(reader.line_num)
    except csv.Error:
        table.findings.append(place_finding("not-csv", file, reader.line_num, ""))
    return table


@lru_cache(maxsize=4096)
def bad_number(text: str) -> bool:
    """Tell whether the text is not a plain finite number with a point.

    >>> [bad_number(t) for t in ("4.5", "-2", "1,5", "nan", " 3", "8 - 18")]
    [False, False, True, True, True, True]
    """
    return not _NUMBER.fullmatch(text) or not math.isfinite(float(text))


_CHECKED = frozenset({"number", "integer", "date", "flag", "word"})


def _wrong(column: Column, value: str) -> str:
    """Return the finding slug for a non-empty cell that does not fit its column, or ""."""
    match column.type:
        case "number":
            return "not-a-number" if bad_number(value) else ""
        case "integer":
            return "" if value.isascii() and value.isdigit() else "not-an-integer"
        case "date":
            return "" if is_date(value) else "not-a-date"
        case "flag":
            return "" if value == "yes" else "not-a-flag"
        case "word":
            return "" if value in vocabulary(column.of) else "unknown-word"
    return ""


def check_cells(table: Table) -> Iterator[Finding]:
    """Check required cells, types, closed words, spaces, Lao spelling and repeated keys of one file."""
    file = f"{table.shape.name}.csv"
    for column in table.shape.columns.values():
        name = column.name
        distinct = {r[name] for r in table.rows}
        wrong = {v: slug for v in distinct if v and (slug := _wrong(column, v))} if column.type in _CHECKED else {}
        spaced = {v for v in distinct if v != v.strip()}
        lao = {v for v in distinct if not v.isascii() and _DECOMPOSED.search(v)}
        if not (wrong or spaced or lao or (column.required and "" in distinct)):
            continue
        for line, row in zip(table.lines, table.rows, strict=True):
            value = row[name]
            if column.required and not value:
                yield place_finding("empty-cell", file, line, name)
            elif value in wrong:
                allowed = ", ".join(vocabulary(column.of)) if column.type == "word" else None
                yield place_finding(wrong[value], file, line, name, value=value, allowed=allowed)
            if value in spaced:
                yield place_finding("spaces", file, line, name, value=value)
            if value in lao:
                yield place_finding("lao-spelling", file, line, name, value=value)
    if table.shape.id:
        seen: dict[str, int] = {}
        for line, row in zip(table.lines, table.rows, strict=True):
            key = row[table.shape.id]
            if key and key in seen:
                yield place_finding("repeated-key", file, line, table.shape.id, value=key, first=seen[key])
            seen.setdefault(key, line)
