"""Words for the registry's values: sectors are those of the case file (one list, in the library)."""

from __future__ import annotations

from typing import get_args

from namsai.plant.case import Sector
from namsai_centre.ui.words import later, say_or

SECTORS: tuple[str, ...] = get_args(Sector)


def sector_word(value: str) -> str:
    """Return the sector in words; a value of another list as it stands; a dash for none."""
    return say_or(f"terms.sector-{value}", value) if value else "–"


def sector_choices(current: str = "") -> list[tuple[str, object]]:
    """Return the choices of sectors; a value that is none of them stays choosable."""
    known: list[tuple[str, object]] = [(s, later(f"terms.sector-{s}")) for s in SECTORS]
    return [("", "—"), *known, *([(current, current)] if current and current not in SECTORS else [])]
