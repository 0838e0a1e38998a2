"""The know-how as it would stand with a proposal in it, and what the library's own checks say of that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from namsai.findings import Finding, Severity
from namsai.knowhow import Held, check, row_of, with_row, without_row
from namsai.knowhow.schema import shapes
from namsai_centre import clock

Texts = dict[str, str]
Cells = dict[str, dict[str, str]]  # table: column: text

EDITABLE = (
    "options",
    "benchmarks",
    "factors",
    "limits",
    "sources",
    "computed",
    "rates",
    "ranges",
    "processes",
    "flows",
)
BESIDE = {"options": ("options_lo", "cards")}  # files that say more of the same record, by its id
RETIRED = {"options": ("retired",)}  # and the file that says since when and why the record is no longer suggested
STATUS = frozenset({"approve", "retire", "restore"})  # kinds that say themselves what the review_status becomes
KEPT = frozenset({"reviewer", "review_status", "version", "reviewed_by"})  # set by the workflow, not by hand
_LAO = {"options_lo": ("title_lo",), "cards": ("why_lo", "needs_lo", "costs_lo", "not_when_lo", "mistakes_lo")}


class Wanted(Protocol):
    """What a proposal says (the model, or a stand-in before it is kept)."""

    table: str
    key: str
    kind: str
    wanted: Any
    before: Any


class Overtaken(Exception):
    """The record was changed since the proposal was made: `columns` stand otherwise now."""

    def __init__(self, key: str, columns: list[str]) -> None:
        super().__init__(f"{key}: {', '.join(columns)}")
        self.key = key
        self.columns = columns


def cells_of(texts: Texts, table: str, key: str) -> Cells:
    """Return the record with what other files say of it, as cells by table and column; empty texts where nothing is."""
    out: Cells = {}
    for name in (table, *BESIDE.get(table, ()), *RETIRED.get(table, ())):
        row = (row_of(texts, name, key) if key else None) or {}
        out[name] = {column: row.get(column, "") for column in shapes()[name].columns}
    return out


def exists(texts: Texts, table: str, key: str) -> bool:
    """Tell whether the table has a record of this key."""
    return bool(key) and row_of(texts, table, key) is not None


def claimed(table: str) -> set[str]:
    """Return the columns on which the numbers of a table rest: if one changes, an earlier approval no longer holds."""
    shape = shapes()[table]
    found = {n for c in shape.claims for n in (*c.numbers, c.evidence, c.source) if n}
    return found | (
        {"flows", "saving_flows", "saving_scope", "saving_kind", "saving_basis"} if table == "options" else set()
    )


def applied(texts: Texts, one: Wanted, version: str) -> Texts:
    """Return the texts with a proposal in them. Errors: Overtaken; NamsaiError for an unknown column."""
    late = [
        column
        for table, cells in one.before.items()
        for column, was in cells.items()
        if one.kind != "new" and cells_of(texts, one.table, one.key)[table][column] != was
    ]
    if one.kind == "new" and exists(texts, one.table, one.key):
        late = [shapes()[one.table].id]
    if late:
        raise Overtaken(one.key, late)
    for table, cells in one.wanted.items():
        shape = shapes()[table]
        row = (row_of(texts, table, one.key) if one.key else None) or dict.fromkeys(shape.columns, "")
        row |= cells
        if shape.id and one.key:
            row[shape.id] = one.key
        if table in _LAO and set(cells) & set(_LAO[table]):
            row["reviewed_by"] = ""
        if "review_status" in shape.columns and one.kind not in STATUS:
            row["review_status"] = "retired" if row["review_status"] == "retired" else "reviewed"
            if set(cells) & claimed(table):
                row["reviewer"] = ""
        if "version" in shape.columns:
            row["version"] = version
        if "since" in shape.columns:
            row["since"] = clock.today().isoformat()
        if any(v for c, v in row.items() if c != shape.id) or table == one.table:
            texts = with_row(texts, table, row)
    for table in RETIRED.get(one.table, ()) if one.kind == "restore" else ():
        texts = without_row(texts, table, one.key)
    return texts


def with_all(texts: Texts, many: Iterable[Wanted], version: str) -> Texts:
    """Return the texts with several proposals in them, one after the other. Errors: as `applied`."""
    for one in many:
        texts = applied(texts, one, version)
    return texts


def problems(texts: Texts) -> list[Finding]:
    """Return what the library's checks refuse in the texts: the same findings as for a file of the library."""
    return [f for f in check(Held(texts)) if f.severity is Severity.ERROR]


def differing(was: Cells, wanted: Cells) -> tuple[Cells, Cells]:
    """Return (wanted, before) of the cells that differ, by table and column."""
    new: Cells = {}
    old: Cells = {}
    for table, cells in wanted.items():
        for column, value in cells.items():
            before = was.get(table, {}).get(column, "")
            if value != before:
                new.setdefault(table, {})[column] = value
                old.setdefault(table, {})[column] = before
    return new, old


def lines_of(one: Wanted) -> list[tuple[str, str, str]]:
    """Return (column, before, wanted) of a proposal in the order of the schema."""
    out = []
    for table in one.wanted:
        for column in shapes()[table].columns:
            if column in one.wanted[table]:
                out.append((column, one.before.get(table, {}).get(column, ""), one.wanted[table][column]))
    return out
