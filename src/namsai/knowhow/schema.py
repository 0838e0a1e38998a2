"""The shape of the data files, read from data/schema.toml: the one truth for loader, checks and documentation."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `type` text, number, integer, flag, date, word, key, keys or sources; `of` vocabulary or file."""

    name: str
    type: str
    means: str
    required: bool = False
    unit: str = ""
    of: str = ""
    fixed: bool = False  # kept in the file only, no field of the record


@dataclass(frozen=True, slots=True)
class Claim:
    """Columns of numbers that need a source: evidence and source column, or a fixed class and source for the file."""

    numbers: tuple[str, ...]
    evidence: str = ""
    source: str = ""
    fixed_class: str = ""
    fixed_source: str = ""


@dataclass(frozen=True, slots=True)
class FileShape:
    """One CSV file: meaning, name of its key column, columns, claims, pairs of columns that must be in order."""

    name: str
    means: str
    id: str
    columns: dict[str, Column]
    claims: tuple[Claim, ...]
    pairs: tuple[tuple[str, str], ...]


@cache
def _raw() -> dict[str, dict[str, dict[str, object]]]:
    text = (files("namsai.knowhow") / "data" / "schema.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def vocabulary(name: str) -> tuple[str, ...]:
    """Return the words allowed in a closed vocabulary, in order.

    >>> vocabulary("purpose")
    ('inventory', 'project')
    """
    words = _raw()["vocabulary"][name]
    return tuple(str(w) for w in words)


def _claim(raw: dict[str, object]) -> Claim:
    numbers = raw["numbers"]
    assert isinstance(numbers, list)
    return Claim(
        tuple(str(n) for n in numbers),
        str(raw.get("evidence", "")),
        str(raw.get("source", "")),
        str(raw.get("class", "")),
        str(raw.get("from", "")),
    )


@cache
def shapes() -> dict[str, FileShape]:
    """Return the shape of every data file by its name without ending.

    >>> shapes()["flows"].id
    'key'
    """
    out: dict[str, FileShape] = {}
    for name, raw in _raw()["files"].items():
        columns, claims, pairs = raw["columns"], raw.get("claims", []), raw.get("pairs", [])
        assert isinstance(columns, dict)
        assert isinstance(claims, list)
        assert isinstance(pairs, list)
        out[name] = FileShape(
            name,
            str(raw["means"]),
            str(raw.get("id", "")),
            {c: Column(c, **spec) for c, spec in columns.items()},
            tuple(_claim(c) for c in claims),
            tuple((str(a), str(b)) for a, b in pairs),
        )
    return out


def as_markdown() -> str:
    """Return the tables of all files and columns as they stand in docs/knowhow.md."""
    parts: list[str] = []
    for shape in shapes().values():
        parts += [f"### {shape.name}.csv", "", f"{shape.means}.", "", "| column | type | must | unit | meaning |"]
        parts.append("| --- | --- | --- | --- | --- |")
        for c in shape.columns.values():
            kind = f"{c.type} of {c.of}" if c.of else c.type
            parts.append(f"| {c.name} | {kind} | {'yes' if c.required else ''} | {c.unit} | {c.means} |")
        parts.append("")
    return "\n".join(parts)
