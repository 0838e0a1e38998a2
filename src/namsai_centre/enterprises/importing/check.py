"""What a list would do, row by row, before anything is written: new, changed, same, possible duplicate, wrong."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from namsai.findings import Fact
from namsai.lao.numbers import NumberFormat
from namsai.texts import text
from namsai.workbook.marked import EXAMPLE
from namsai.workbook.table import Cell
from namsai_centre.enterprises import duplicates
from namsai_centre.enterprises.duplicates import Firm, core, number_key, phone_key
from namsai_centre.enterprises.importing.fields import BY_NAME, NUMBERS
from namsai_centre.enterprises.importing.registry import Registry
from namsai_centre.enterprises.importing.values import Problem, Wrong, read
from namsai_centre.enterprises.keys import folded, likeness

STATES = ("wrong", "possible", "new", "changed", "same", "skipped")
PLAIN = (
    "name_lo", "name_en", "sector", "economic_kind", "village", "workers", "women", "men", "workers_on", "assets_kip",
    "income_kip", "figures_on", "factory_class", "risk_class", "note",
)  # fmt: skip
FOLD = 100  # a figure that grows or shrinks by this much is pointed out
ALIKE = 0.3  # share of trigrams two names must have in common for a number to be believed without asking


@dataclass(slots=True)
class Row:
    """One row: its place in the table, what it would do and to which enterprise."""

    place: int
    state: str = "new"
    name: str = ""
    firm: UUID | None = None
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)
    problems: list[tuple[int, str, dict[str, Fact]]] = field(default_factory=list)  # place of the column, or -1
    notes: list[Problem] = field(default_factory=list)
    near: list[tuple[UUID, int, list[Any]]] = field(default_factory=list)
    loose: bool = False  # not found by record, number or key: compared by name
    key: str = ""  # for rows without a number: the same row is known again

    def wrong(self, column: int, code: str, **facts: Fact) -> None:
        """Note what is wrong."""
        self.problems.append((column, code, facts))


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
            _compare(row, registry, {f: c for c, f in columns.items()})
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
    _sums(row, row.values, -1)
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
                row.wrong(-1, "joining.number-in-file-twice", value=key, row=other)
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


def _compare(row: Row, registry: Registry, at: Mapping[str, int]) -> None:
    """Note field by field what would change; an empty cell changes nothing."""
    assert row.firm is not None
    there, values = registry.rows[row.firm], row.values
    row.name = row.name or there["name_lo"] or there["name_en"]
    told = {**there, "workers": _all(there)}
    for name in PLAIN:
        if name in values and values[name] != told[name]:
            row.changes.append((name, there[name], values[name]))
            _far(row, name, there[name], values[name])
    for name in ("province_id", "district_id"):
        if name in values and values[name] != there[name]:
            row.changes.append((name, there[name], values[name]))
    district = registry.known.places.get(there["district_id"] or 0)
    if "district_id" not in values and district and values.get("province_id", district.parent) != district.parent:
        row.changes.append(("district_id", there["district_id"], None))
    for issuer in NUMBERS:
        has = [v for i, v in registry.numbers.get(row.firm, ()) if i == issuer]
        keys = {number_key(v) for v in has}
        more = [v for v in values.get(issuer, ()) if number_key(v) not in keys]
        if more:
            row.changes.append((issuer, "; ".join(has), "; ".join([*has, *more])))
    if code := values.get("isic"):
        codes = {a.code: a.main for a in registry.activities.get(row.firm, ()) if a.revision == "4"}
        if not codes.get(code):
            row.changes.append(("isic", next((c for c, main in codes.items() if main), None), code))
    _person(row, registry)
    if not row.problems:
        _sums(row, {**there, **values}, at.get("workers", -1))
    row.state = "changed" if row.changes else "same"


def _person(row: Row, registry: Registry) -> None:
    """Note whether the person to talk to is new or reached otherwise."""
    name, phone, email = (row.values.get(n, "") for n in ("contact", "phone", "email"))
    if not (name or phone or email):
        return
    assert row.firm is not None
    people = registry.contacts.get(row.firm, [])
    same = [c for c in people if name and folded(name) in (folded(c.name_lo), folded(c.name_en))]
    if not same and not name:
        same = [c for c in people if (phone and phone_key(c.phone) == phone_key(phone)) or (email and c.email == email)]
    for one in same:
        if (not phone or phone_key(one.phone) == phone_key(phone)) and (not email or one.email == email):
            return
    old = "; ".join(filter(None, (str(same[0]), same[0].phone, same[0].email))) if same else ""
    row.changes.append(("contact", old, "; ".join(filter(None, (name, phone, email)))))


def _sums(row: Row, values: Mapping[str, Any], column: int) -> None:
    """Note workers that do not fit together."""
    women, men, workers = values.get("women"), values.get("men"), values.get("workers")
    parts = [p for p in (women, men) if p is not None]
    if workers is not None and (max(parts, default=0) > workers or (len(parts) == 2 and sum(parts) != workers)):
        row.wrong(column, "joining.workers-do-not-fit", women=women, men=men, workers=workers)


def _far(row: Row, name: str, old: Any, new: Any) -> None:
    """Point out a figure that grows or shrinks a hundredfold (a slip of unit or of the decimal mark)."""
    figure = name in ("workers", "women", "men", "assets_kip", "income_kip")
    if figure and old and new and max(old, new) >= FOLD * min(old, new):
        row.notes.append(("note_far", {"field": name, "old": old, "new": new}))


def _all(there: Mapping[str, Any]) -> int | None:
    """Return all workers as an export tells them: as told, else women and men."""
    women, men, workers = there["women"], there["men"], there["workers"]
    total: int | None = women + men if workers is None and women is not None and men is not None else workers
    return total


def _name(registry: Registry, firm: UUID) -> str:
    there = registry.rows[firm]
    return str(there["name_lo"] or there["name_en"])
