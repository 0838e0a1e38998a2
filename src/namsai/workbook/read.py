"""A filled form back to a case: every problem at once, each naming sheet and cell; nothing is dropped silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from namsai.findings import Fact, Finding, Severity, Where, error, has_errors
from namsai.plant.case import SCHEMA, Case
from namsai.plant.case_file import in_file, load_bytes, read_case
from namsai.plant.check import check, inspect, untouched
from namsai.plant.parse import parse
from namsai.workbook.cells import CONVERTERS, convert, shown
from namsai.workbook.columns import Column, columns, tables, value_columns
from namsai.workbook.form import MARK
from namsai.workbook.guards import MOST_BYTES, repack
from namsai.workbook.sheets import row_mark

if TYPE_CHECKING:
    from namsai.knowhow import KnowHow

_LOOK = 6  # rows in which the mark of a sheet is looked for
_MOST = 5000  # wrong cells listed one by one
_OWN = ("instructions", "lists")
Rows = list[list[Any]]


@dataclass(slots=True)
class _Place:
    """Where a table of the case stands in the workbook."""

    sheet: str
    rows: Sequence[int] = ()  # sheet row of each record (0 = first)
    spots: dict[str, int] = field(default_factory=dict)  # column key -> sheet column; for single values -> sheet row


@dataclass(slots=True)
class Sheets:
    """What was read: raw data of a case, places of its parts, findings on the way."""

    raw: dict[str, Any] = field(default_factory=dict)
    places: dict[str, _Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def note(self, code: str, sheet: str, row: int, column: int, **facts: Fact) -> None:
        """Note an error at a cell."""
        where = Where("", None, sheet, cell_name(row, column))
        self.findings.append(Finding(code, Severity.ERROR, where, facts))


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell.

    >>> cell_name(0, 0), cell_name(11, 27)
    ('A1', 'AB12')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _marked(rows: Rows) -> tuple[str, int]:
    """Return the name on the mark of a sheet and its row; empty for a foreign sheet."""
    for row, cells in enumerate(rows[:_LOOK]):
        if cells and isinstance(cells[0], str) and cells[0].startswith(MARK):
            return cells[0][len(MARK) :].strip(), row
    return "", 0


def _put(record: dict[str, Any], column: Column, value: Any) -> None:
    """Put a value into a record at the path of its column."""
    *outer, last = column.parts
    for name, _ in outer:
        record = record.setdefault(name, {})
    record[last[0]] = value


def _header(found: Sheets, name: str, sheet: str, rows: Rows, start: int) -> list[tuple[int, Column]]:
    """Return the known columns of a sheet with their place; note unknown, doubled and unnamed ones that hold data."""
    known = {column.key: column for column in columns(tables()[name])}
    out: list[tuple[int, Column]] = []
    seen: set[str] = set()
    for place, cell in enumerate(rows[start]):
        key = str(cell).strip()
        if place == 0:
            continue
        if key in known and key not in seen:
            seen.add(key)
            out.append((place, known[key]))
        elif key:
            code = "workbook.column-twice" if key in seen else "workbook.unknown-column"
            found.note(code, sheet, start, place, name=key)
        else:
            filled = next((r for r in range(start + 1, len(rows)) if rows[r][place] != "" and _is_data(rows[r])), None)
            if filled is not None:
                found.note("workbook.unnamed-column", sheet, filled, place, text=shown(rows[filled][place]))
    return out


def _is_data(row: list[Any]) -> bool:
    """Tell whether a row is read: it has no mark in its first cell."""
    return not (isinstance(row[0], str) and row[0].startswith("#"))


def _data_rows(found: Sheets, sheet: str, rows: Rows, start: int) -> list[int]:
    """Return the numbers of the rows that hold data; an example row that was written over is noted, not skipped."""
    out = []
    for number in range(start + 1, len(rows)):
        row = rows[number]
        mark = row[0]
        if mark == "":
            if any(cell != "" for cell in row):
                out.append(number)
        elif isinstance(mark, str) and mark.startswith("#"):
            if mark.startswith("#example:") and row_mark(row[1:]) != mark:
                found.note("workbook.example-changed", sheet, number, 1)
        else:
            found.note("workbook.first-column", sheet, number, 0, text=shown(mark))
    return out


def _table(found: Sheets, name: str, sheet: str, rows: Rows, start: int) -> None:
    """Read the sheet of a table, column by column (20,000 rows are ordinary)."""
    numbers = _data_rows(found, sheet, rows, start)
    header = _header(found, name, sheet, rows, start)
    records: list[dict[str, Any]] = [{} for _ in numbers]
    for place, column in header:
        change = CONVERTERS[column.kind]
        simple = len(column.parts) == 1
        for spot, number in enumerate(numbers):
            cell = rows[number][place]
            if cell == "" or (type(cell) is str and not cell.strip()):
                continue
            try:
                value = change(cell)
            except Exception:
                path = f"{name}/{spot}/{column.key.replace('.', '/')}"
                value = convert(column, cell, path, found.findings)
                if value is None:
                    continue
            if simple:
                records[spot][column.key] = value
            else:
                _put(records[spot], column, value)
    if records:
        found.raw[name] = records
    found.places[name] = _Place(sheet, numbers, {column.key: place for place, column in header})


def _values(found: Sheets, sheet: str, rows: Rows, start: int) -> None:
    """Read the sheet of single values."""
    known = {column.key: column for column in value_columns()}
    place = _Place(sheet)
    schema = str(rows[start][1]).strip() if len(rows[start]) > 1 else ""
    found.raw["schema"] = schema or SCHEMA
    for number in range(start + 1, len(rows)):
        key = str(rows[number][0]).strip()
        cell = rows[number][2] if len(rows[number]) > 2 else ""
        empty = cell == "" or (isinstance(cell, str) and not cell.strip())
        if key in known:
            place.spots.setdefault(key, number)
            if not empty:
                value = convert(known[key], cell, key.replace(".", "/"), found.findings)
                if value is not None:
                    _put(found.raw, known[key], value)
        elif not key.startswith("#") and (key or not empty):
            found.note("workbook.unknown-row", sheet, number, 2, name=key, text=shown(cell))
    found.places["values"] = place


def read_sheets(content: bytes) -> Sheets:
    """Read the sheets of a form (bytes checked by `repack`) into raw data of a case, with the place of every part."""
    from python_calamine import CalamineError, CalamineWorkbook

    found = Sheets()
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        names = book.sheet_names
        if not names:
            found.findings.append(error("workbook.not-a-form"))
        for sheet in names:
            _sheet(found, sheet, book.get_sheet_by_name(sheet).to_python(skip_empty_area=False))
    except (CalamineError, ValueError, OSError):
        found.findings.append(error("workbook.damaged"))
    if not found.places and not has_errors(found.findings):
        found.findings.append(error("workbook.not-a-form"))
    return found


def _sheet(found: Sheets, sheet: str, rows: Rows) -> None:
    """Read one sheet by the mark in its first cell."""
    name, start = _marked(rows)
    if name in _OWN or not any(cell != "" for row in rows for cell in row):
        return
    if name in found.places:
        found.note("workbook.sheet-twice", sheet, start, 0, other=found.places[name].sheet)
    elif name == "values":
        _values(found, sheet, rows, start)
    elif name in tables():
        _table(found, name, sheet, rows, start)
    elif name:
        found.note("workbook.unknown-table", sheet, start, 0, name=name)
    else:
        where = Where("", None, sheet)
        found.findings.append(Finding("workbook.unknown-sheet", Severity.WARNING, where, {"name": sheet}))


def locate(places: dict[str, _Place], path: str) -> tuple[str, str] | None:
    """Return sheet and cell of a path of the case, None when it stands in no sheet."""
    first, *rest = path.split("/")
    place = places.get(first)
    if place is not None and rest and rest[0].isdigit() and int(rest[0]) < len(place.rows):
        row = place.rows[int(rest[0])]
        column = _spot(place.spots, ".".join(rest[1:]))
        return place.sheet, cell_name(row, 1 if column is None else column)
    if place is not None and first in tables():
        return place.sheet, "A1"
    values = places.get("values")
    if values is None:
        return None
    found = _spot(values.spots, path.replace("/", "."))
    return values.sheet, cell_name(found, 2) if found is not None else "A1"


def _spot(spots: dict[str, int], key: str) -> int | None:
    """Return the place of a key: its own, that of its first part, or of the field that holds it."""
    if key in spots:
        return spots[key]
    inner = [spot for name, spot in spots.items() if name.startswith(f"{key}.")]
    if inner:
        return inner[0]
    return _spot(spots, key.rsplit(".", 1)[0]) if "." in key else None


def placed(found: Sheets, findings: list[Finding]) -> list[Finding]:
    """Return findings with sheet and cell beside their path (also of the other place a finding names)."""
    out = []
    for item in findings:
        spot = locate(found.places, item.where.path) if item.where.path else None
        facts = dict(item.facts)
        other = locate(found.places, str(facts["other"])) if "other" in facts and "/" in str(facts["other"]) else None
        if other:
            facts["other"] = f"{other[0]}!{other[1]}"
        where = Where(item.where.path, item.where.file, *spot) if spot else item.where
        out.append(Finding(item.code, item.severity, where, facts))
    return out


def case_of(found: Sheets, knowhow: KnowHow | None) -> tuple[Case | None, list[Finding]]:
    """Make the case of the sheets read and judge it; what a wrong cell makes seem missing is not told twice."""
    wrong = {f.where.path for f in found.findings if f.where.path and f.severity is Severity.ERROR}
    case, said = parse(found.raw)
    if case is None or wrong:
        said = inspect(found.raw, knowhow)[1]
    elif knowhow is not None:
        said = check(case, knowhow)
    if wrong:
        said = untouched(said, wrong)
    left = max(len(found.findings) - _MOST, 0)
    more = [error("plant.more-errors", number=left)] if left else []
    findings = placed(found, found.findings[:_MOST] + more + said)
    return (None if has_errors(found.findings) else case), findings


def read_form(path: Path | str, knowhow: KnowHow | None = None) -> tuple[Case | None, list[Finding]]:
    """Read a filled form.

    Args: path - an .xlsx file of at most 20 MB; knowhow - when given, the case is also checked (`namsai.plant.check`).
    Returns (Case or None, findings), each finding with sheet and cell. When a cell is wrong there is no case, and the
    findings hold all that is wrong with the rest too. Memory stays under 300 MB whatever the file holds.
    """
    path = Path(path)
    content, problems = load_bytes(path, MOST_BYTES)
    if content is None:
        return None, problems
    return _read_form(content, path, knowhow)


def _read_form(content: bytes, path: Path, knowhow: KnowHow | None) -> tuple[Case | None, list[Finding]]:
    """Read the bytes of a filled form."""
    clean, problems = repack(content)
    if clean is None:
        return None, in_file(problems, path)
    found = read_sheets(clean)
    del clean
    if not found.places:
        return None, in_file(problems + found.findings, path)
    if "values" not in found.places:
        found.findings.append(error("workbook.no-values-sheet"))
        found.raw["schema"] = SCHEMA
    case, said = case_of(found, knowhow)
    return case, in_file(problems + said, path)


def read_any(path: Path | str, knowhow: KnowHow | None = None) -> tuple[Case | None, list[Finding]]:
    """Read a case file (JSON) or a filled form (Excel), told apart by what they hold, not by their name.

    Args: path; knowhow - when given, the case is also checked (`namsai.plant.check`) and each finding of a form names
    sheet and cell. Returns (Case or None, findings) as `read_form` and `namsai.plant.case_file.read_case`.
    """
    path = Path(path)
    content, problems = load_bytes(path, MOST_BYTES)
    if content is None:
        return None, problems
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")) or path.suffix.lower() == ".json":
        del content
        return read_case(path, knowhow)
    return _read_form(content, path, knowhow)
