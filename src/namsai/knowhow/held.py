"""The data files held in memory as texts: read, changed record by record, written out again byte for byte.

The centre keeps its releases so; `KnowHow(Held(texts))` and `check(Held(texts))` read them like a folder.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from namsai.findings import NamsaiError, error, has_errors
from namsai.knowhow.schema import shapes
from namsai.knowhow.tables import Place, Row, place_finding

Texts = Mapping[str, str]
VERSION = "VERSION"


@dataclass(frozen=True, slots=True)
class Held:
    """A data folder whose files are texts in memory, or one file of it (`name`)."""

    texts: Texts
    name: str = ""

    def __truediv__(self, name: str, /) -> Held:
        """Return a file of the folder."""
        return Held(self.texts, name)

    def is_file(self) -> bool:
        """Tell whether there is such a file."""
        return self.name in self.texts

    def read_bytes(self) -> bytes:
        """Return the file as bytes."""
        return self.texts[self.name].encode("utf-8")

    def read_text(self, encoding: str | None = "utf-8") -> str:  # noqa: ARG002
        """Return the file as text (it is held decoded: the encoding does not matter)."""
        return self.texts[self.name]


def texts_of(place: Place | None = None) -> dict[str, str]:
    """Return the texts of all data files of a folder (without one: of the package) and of VERSION, by file name.

    >>> texts_of()["VERSION"].strip() >= "2026.11.1"
    True
    """
    folder: Place = place if place is not None else files("namsai.knowhow") / "data"
    names = (*(f"{name}.csv" for name in shapes()), VERSION)
    return {name: (folder / name).read_bytes().decode("utf-8") for name in names if (folder / name).is_file()}


def _records(text: str) -> Iterator[str]:
    """Yield the records of a CSV text as they stand, with their line ends (a quoted cell may hold line ends)."""
    kept = ""
    for line in io.StringIO(text, newline=""):
        kept += line
        if kept.count('"') % 2 == 0:
            yield kept
            kept = ""
    if kept:
        yield kept


def _cells(record: str) -> list[str]:
    return next(csv.reader([record.lstrip("\ufeff")]), []) if "\n" not in record.rstrip("\r\n") else _many(record)


def _many(record: str) -> list[str]:
    return next(csv.reader(io.StringIO(record.lstrip("\ufeff"), newline="")), [])


def columns_of(texts: Texts, table: str) -> list[str]:
    """Return the columns of a table in the order of its file; none when there is no such file."""
    return _cells(next(_records(texts.get(f"{table}.csv", "")), ""))


def rows_of(texts: Texts, table: str) -> list[Row]:
    """Return all rows of a table as text."""
    found = iter(_records(texts.get(f"{table}.csv", "")))
    columns = _cells(next(found, ""))
    return [dict(zip(columns, cells, strict=False)) for cells in map(_cells, found) if cells]


def row_of(texts: Texts, table: str, key: str) -> Row | None:
    """Return the row of a table with a key; None when there is none.

    >>> row_of(texts_of(), "flows", "coal")["parent"]
    'fuel'
    """
    name = shapes()[table].id
    return next((row for row in rows_of(texts, table) if row.get(name) == key), None) if name else None


def with_row(texts: Texts, table: str, row: Row) -> dict[str, str]:
    """Return the texts with a row put in place of the one of its key, or at the end; everything else byte for byte.

    Errors: ``knowhow.unknown-column`` where the row has a column that the table does not know.
    """
    shape, file = shapes()[table], f"{table}.csv"
    unknown = [name for name in row if name not in shape.columns]
    if unknown:
        raise NamsaiError(error("knowhow.unknown-column", file=file, line=1, column=", ".join(unknown)))
    old = texts.get(file) or ",".join(shape.columns) + "\n"
    end = "\r\n" if "\r\n" in old else "\n"
    records = list(_records(old))
    columns = _cells(records[0])
    place = columns.index(shape.id) if shape.id in columns else None
    out: list[str] = []
    done = False
    for record in records:
        cells = _cells(record) if out else []
        if out and place is not None and cells and cells[place] == row[shape.id]:
            done = True
            wanted = [row.get(c, "") for c in columns]
            out.append(record if cells == wanted else _line(wanted, end))
        else:
            out.append(record)
    if not done:
        if not out[-1].endswith("\n"):
            out[-1] += end
        out.append(_line([row.get(c, "") for c in columns], end))
    return {**texts, file: "".join(out)}


def without_row(texts: Texts, table: str, key: str) -> dict[str, str]:
    """Return the texts without the row of a key; everything else byte for byte."""
    file, name = f"{table}.csv", shapes()[table].id
    head, *records = [*_records(texts.get(file, ""))] or [""]
    columns = _cells(head)
    if name not in columns:
        return dict(texts)
    place = columns.index(name)
    kept = [record for record in records if [key] != _cells(record)[place : place + 1]]
    return {**texts, file: "".join([head, *kept])}


def _line(cells: list[str], end: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end).writerow(cells)
    return out.getvalue()


def next_version(version: str, day: str) -> str:
    """Return the version after another one, on a day (YYYY-MM-DD): year.month.number, always a higher one.

    >>> next_version("2026.11.1", "2026-11-30"), next_version("2026.11.3", "2026-12-01")
    ('2026.11.2', '2026.12.1')
    """
    year, month, number = version_key(version)
    new = int(day[:4]), int(day[5:7])
    return f"{new[0]}.{new[1]}.1" if new > (year, month) else f"{year}.{month}.{number + 1}"


def version_key(version: str) -> tuple[int, int, int]:
    """Return a version as numbers to compare.

    >>> version_key("2026.11.10") > version_key("2026.11.9")
    True
    """
    parts = [int(p) for p in version.split(".")] if version.replace(".", "").isdigit() else []
    year, month, number = (*parts, 0, 0, 0)[:3]
    return year, month, number


def write_release(texts: Texts, folder: Path) -> list[str]:
    """Write the texts as data files into a folder, each whole or not at all; files that are the same stay untouched.

    Returns the names of the files written. Errors: all findings where the data is not sound (then nothing is written).
    """
    from namsai.knowhow.base import check

    found = check(Held(texts))
    if VERSION not in texts:
        found = (*found, place_finding("missing-file", VERSION, None, ""))
    if has_errors(found):
        raise NamsaiError(*found)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in texts.items():
        content, path = text.encode("utf-8"), folder / name
        if path.is_file() and path.read_bytes() == content:
            continue
        part = folder / f".{name}.part"
        part.write_bytes(content)
        part.replace(path)
        written.append(name)
    return written
