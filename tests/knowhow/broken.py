"""A copy of the shipped data with one thing broken in it."""

import csv
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

Rows = list[dict[str, str]]
DATA = Path(str(files("namsai.knowhow"))) / "data"


def copy_to(folder: Path) -> Path:
    """Copy all data files."""
    for file in DATA.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def read(folder: Path, name: str) -> Rows:
    """Read a file."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, name: str, rows: Rows) -> None:
    """Write a file."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def edit(folder: Path, name: str, change: Callable[[Rows], None]) -> Path:
    """Change the rows of one file of a copy."""
    rows = read(folder, name)
    change(rows)
    write(folder, name, rows)
    return folder


def set_cell(folder: Path, name: str, key: str, **cells: str) -> int:
    """Set cells of the row with a key (of its first column); return its line."""
    line = 0

    def change(rows: Rows) -> None:
        nonlocal line
        first = next(iter(rows[0]))
        at = next(i for i, r in enumerate(rows) if r[first] == key)
        rows[at].update(cells)
        line = at + 2

    edit(folder, name, change)
    return line
