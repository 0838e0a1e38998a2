"""A row of a list beside the enterprise it stands for: what would change, field by field, and what looks odd."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from namsai.findings import Fact
from namsai_centre.enterprises.comparing import number_key, phone_key
from namsai_centre.enterprises.importing.fields import NUMBERS
from namsai_centre.enterprises.importing.registry import Registry
from namsai_centre.enterprises.importing.values import Problem
from namsai_centre.enterprises.keys import folded

PLAIN = (
    "name_lo", "name_en", "sector", "economic_kind", "village", "workers", "women", "men", "workers_on", "assets_kip",
    "income_kip", "figures_on", "factory_class", "risk_class", "note",
)  # fmt: skip
FOLD = 100  # a figure that grows or shrinks by this much is pointed out


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


def compare(row: Row, registry: Registry, at: Mapping[str, int]) -> None:
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
        sums(row, {**there, **values}, at.get("workers", -1))
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


def sums(row: Row, values: Mapping[str, Any], column: int) -> None:
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
