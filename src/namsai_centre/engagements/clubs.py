"""What a club is, as data: six modules, eight to ten firms (`data/club_modules.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class ModuleKind:
    """One of the six modules; `assumed`: its subject was not found in a source."""

    number: int
    id: str
    assumed: bool


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(
        (files("namsai_centre.engagements") / "data" / "club_modules.toml").read_text(encoding="utf-8")
    )


@cache
def modules() -> tuple[ModuleKind, ...]:
    """Return the modules in their order."""
    return tuple(ModuleKind(m["number"], m["id"], m["source"] == "assumption") for m in _data()["module"])


def module(number: int) -> ModuleKind:
    """Return one module by its number.

    >>> module(2).id
    'energy'
    """
    return next(m for m in modules() if m.number == number)


def usual_size() -> tuple[int, int]:
    """Return the fewest and the most firms of a club.

    >>> usual_size()
    (8, 10)
    """
    return _data()["fewest"], _data()["most"]


def size_warning(firms: int) -> str:
    """Return what is unusual about the number of firms (a slug of the catalogue); "" for nothing.

    >>> size_warning(7), size_warning(8), size_warning(11)
    ('club_too_few', '', 'club_too_many')
    """
    fewest, most = usual_size()
    return "club_too_few" if firms < fewest else "club_too_many" if firms > most else ""


def planned_days(starts: date) -> dict[int, date]:
    """Return the usual days of the modules, counted from the first one.

    >>> planned_days(date(2026, 1, 5))[2]
    datetime.date(2026, 1, 26)
    """
    apart = timedelta(days=_data()["days_apart"])
    return {m.number: starts + (m.number - 1) * apart for m in modules()}
