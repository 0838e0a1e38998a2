"""What a list would do, row by row, before anything is written: new, changed, same, possible duplicate, wrong."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from namsai.lao.numbers import NumberFormat
from namsai.texts import text
from namsai.workbook.marked import EXAMPLE
from namsai.workbook.table import Cell
from namsai_centre.enterprises import duplicates
from namsai_centre.enterprises.comparing import Firm, core, number_key
from namsai_centre.enterprises.importing.beside import Row, compare, sums
from namsai_centre.enterprises.importing.fields import BY_NAME, NUMBERS
from namsai_centre.enterprises.importing.registry import Registry
from namsai_centre.enterprises.importing.values import Problem, Wrong, read
from namsai_centre.enterprises.keys import folded, likeness

STATES = ("wrong", "possible", "new", "changed", "same", "skipped")
ALIKE = 0.3  # share of trigrams two names must have in common for a number to be believed without asking


@dataclass(slots=True)
class Checked:
    """All rows, how many of each state, and what was left out of the file, with the reason."""

    rows: list[Row]
    counts: dict[str, int]
    notes: list[Problem]


def check(
    table: Sequence[Sequence[Cell]],
    head: int,
    columns: Mapping[int, str],
    numbers: NumberFormat | None,
    registry: Registry,
    answers: Mapping[str, str],
    *,
    look: bool = True,
) -> Checked:
    """Return what the rows below the headings would do.

    Args: columns - place of a column -> field; numbers - how numbers are written, if the file needs it; answers -
    place of a row -> "new", "skip" or the id of the enterprise it is; look - also compare names (False when a list
    that was looked through is written).
    """
    checked = Checked([], {}, [])
    for place, cells in _rows(table, head, checked.notes):
        checked.rows.append(_read(place, cells, columns, numbers, registry))
    _twice(checked.rows)
    for row in checked.rows:
        if not row.problems:
            _match(row, registry, answers.get(str(row.place), ""))
    _one_row_each(checked.rows)
    if look:
        _look_alike(checked.rows, registry, answers)
    for row in checked.rows:
        if row.firm is not None and not row.problems and row.state == "changed":
            compare(row, registry, {f: c for c, f in columns.items()})
        if row.problems:
            row.state = "wrong"
    checked.counts = dict.fromkeys(STATES, 0) | Counter(row.state for row in checked.rows)
    return checked


def _rows(table: Sequence[Sequence[Cell]], head: int, notes: list[Problem]) -> list[tuple[int, Sequence[Cell]]]:
    """Return the rows to be read; the example and the foot of an export are left out, and told."""
    feet = {folded(text("enterprises.export_foot", lang)) for lang in ("lo", "en")}
    found = []
    for place in range(head + 1, len(table)):
        cells = table[place]
        first = next((c for c in cells if c not in (None, "")), None)
        if first is None:
            continue
        if isinstance(first, str) and first.startswith(EXAMPLE):
            notes.append(("note_example", {"row": place + 1}))
        elif isinstance(first, str) and folded(first) in feet:
            notes.append(("note_foot", {"row": place + 1}))
            break
        else:
            found.append((place, cells))
    return found


def _read(
    place: int, cells: Sequence[Cell], columns: Mapping[int, str], numbers: NumberFormat | None, registry: Registry
) -> Row:
    """Read the cells of a row; all errors at once."""
    row = Row(place)
    for column, name in columns.items():
        cell = cells[column] if column < len(cells) else None
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            continue
        try:
            value = read(BY_NAME[name], cell, numbers, registry.known, registry.today)
        except Wrong as problem:
            row.wrong(column, problem.code, **problem.facts)
        else:
            if value not in ("", []):
                row.values[name] = value
    _places(row, {f: c for c, f in columns.items()}, registry)
    row.name = row.values.get("name_lo") or row.values.get("name_en") or ""
    sums(row, row.values, -1)
    if not any(row.values.get(issuer) for issuer in NUMBERS):
        row.key = _key(row.values)
        unread = {columns.get(column) for column, _, _ in row.problems}
        if not row.name and "record" not in row.values and not unread & {"name_lo", "name_en", "record", *NUMBERS}:
            row.wrong(-1, "joining.no-name")
    return row


def _places(row: Row, at: Mapping[str, int], registry: Registry) -> None:
    """Put one place in the place of those with the name."""
    places = registry.known.places
    provinces, districts = row.values.pop("province", None), row.values.pop("district", None)
    if provinces:
        row.values["province_id"] = provinces[0]
    if districts:
        fit = [d for d in districts if not provinces or places[d].parent in provinces]
        if not fit:
            said = places[districts[0]].name_lo
            row.wrong(at["district"], "joining.not-in-province", district=said, province=places[provinces[0]].name_lo)
        elif len(fit) > 1:
            row.wrong(at["district"], "joining.district-twice", district=places[fit[0]].name_lo)
        else:
            row.values["district_id"] = fit[0]
            row.values["province_id"] = places[fit[0]].parent


def _key(values: Mapping[str, Any]) -> str:
    """Return the key of a row without a number: its names and place."""
    names = core(values.get("name_lo", "")), core(values.get("name_en", ""))
    if not any(names):
        return ""
    where = str(values.get("province_id", "")), str(values.get("district_id", "")), folded(values.get("village", ""))
    return hashlib.sha256("\x1f".join((*names, *where)).encode()).hexdigest()


def _twice(rows: list[Row]) -> None:
    """Note rows that stand for the same enterprise twice in the file: same number, or same names and place."""
    seen: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        for issuer in NUMBERS:
            for value in row.values.get(issuer, ()):
                seen[issuer, number_key(value)].append(row)
        if row.key:
            seen["", row.key].append(row)
    for (issuer, key), same in seen.items():
        for row in same if len(same) > 1 else ():
            other = next((r.place + 1 for r in same if r is not row), row.place + 1)
            if issuer:
                typed = next(v for v in row.values[issuer] if number_key(v) == key)
                row.wrong(-1, "joining.number-in-file-twice", value=typed, row=other)
            else:
                row.wrong(-1, "joining.row-twice", row=other)


def _match(row: Row, registry: Registry, answer: str) -> None:
    """Find the enterprise a row is: by its record, a number that holds, its key; or as a person said."""
    firms: dict[UUID, str] = {}
    if record := row.values.get("record"):
        if record not in registry.rows:
            row.wrong(-1, "joining.no-such-record", value=str(record))
            return
        firms[record] = ""
    for issuer in NUMBERS:
        for value in row.values.get(issuer, ()):
            there = registry.by_number.get((issuer, number_key(value)), set())
            if len(there) > 1:
                row.wrong(-1, "joining.number-of-several", value=value, number=len(there))
                return
            for firm in there:
                firms.setdefault(firm, issuer)
    if len(firms) > 1:
        row.wrong(-1, "joining.two-enterprises", names="; ".join(_name(registry, f) for f in firms))
        return
    known = registry.brought.get(row.key) if row.key else None
    row.loose = not firms and known not in registry.rows
    issuer = next(iter(firms.values()), "")
    if issuer:
        row.firm = next(iter(firms))
        if not _alike(row, registry):
            row.near = [(row.firm, 60, [[f"why_{issuer}", {"value": row.values[issuer][0]}]])]
    if answer == "skip":
        row.state = "skipped"
    elif firms:
        row.firm = next(iter(firms))
        if row.near and not answer:
            row.state = "possible"
        elif answer == "new":
            row.wrong(-1, "joining.number-is-taken", name=_name(registry, row.firm))
        else:
            row.state = "changed"
    elif answer and answer != "new":
        row.firm = UUID(answer)
        if row.firm in registry.rows:
            row.state = "changed"
        else:
            row.wrong(-1, "joining.no-such-record", value=answer)
    elif known in registry.rows and answer != "new":
        row.firm, row.state = known, "changed"
    elif not row.name:
        row.wrong(-1, "joining.no-name")


def _alike(row: Row, registry: Registry) -> bool:
    """Tell whether a row found by a number has a name that can be the enterprise's (or none)."""
    assert row.firm is not None
    there = registry.rows[row.firm]
    pairs = [(row.values.get(n, ""), there[n]) for n in ("name_lo", "name_en") if row.values.get(n) and there[n]]
    names = [folded(a) for a in registry.aliases.get(row.firm, ())]
    return not pairs or any(likeness(folded(new), folded(old)) >= ALIKE or folded(new) in names for new, old in pairs)


def _one_row_each(rows: list[Row]) -> None:
    """Note two rows that would change the same enterprise."""
    by_firm: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        if row.firm is not None and row.state == "changed":
            by_firm[row.firm].append(row)
    for same in by_firm.values():
        for row in same if len(same) > 1 else ():
            other = next(r.place + 1 for r in same if r is not row)
            row.wrong(-1, "joining.row-twice", row=other)


def _look_alike(rows: list[Row], registry: Registry, answers: Mapping[str, str]) -> None:
    """Ask about rows that may be an enterprise of the registry: never joined silently, never made twice silently."""
    open_ = {row.place: row for row in rows if row.loose and not row.problems}
    if not open_:
        return
    new = [
        Firm(
            id=UUID(int=place),
            names=(("lo", row.values.get("name_lo", "")), ("en", row.values.get("name_en", ""))),
            province=row.values.get("province_id"),
            district=row.values.get("district_id"),
            village=row.values.get("village", ""),
            phones=(row.values.get("phone", ""),),
        )
        for place, row in open_.items()
    ]
    for pair in duplicates.find(registry.firms(), new).pairs:
        mine, theirs = (pair.first, pair.second) if pair.first.int in open_ else (pair.second, pair.first)
        row = open_[mine.int]
        if len(row.near) < 5:
            row.near.append((theirs, pair.score, [list(r) for r in pair.reasons]))
            if str(row.place) not in answers:
                row.state = "possible"


def _name(registry: Registry, firm: UUID) -> str:
    there = registry.rows[firm]
    return str(there["name_lo"] or there["name_en"])
