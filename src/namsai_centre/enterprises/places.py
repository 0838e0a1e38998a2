"""The dated data files of the registry (places, size classes, activities): their one reader and loader."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a data file; a row without its source is refused."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    for row in found:
        if not row["source"]:
            raise ValueError(f"{name}.csv: a row has no source: {row}")
    return found


def load_places(places: Any) -> int:
    """Bring provinces and districts of the file into the table (the model is given: migrations bring their own).

    Doing it again changes nothing; a changed name in the file is brought over. Returns how many the file has.
    """
    known: dict[str, Any] = {}
    found = rows("places")
    for row in found:
        fields = {
            "kind": row["kind"],
            "parent": known[row["parent"]] if row["parent"] else None,
            "name_lo": row["name_lo"],
            "name_en": row["name_en"],
            "valid_until": _day(row["valid_until"]),
            "follows": known[row["follows"]] if row["follows"] else None,
            "source": row["source"],
        }
        starts = _day(row["valid_from"])
        known[row["code"]], _ = places.objects.update_or_create(code=row["code"], valid_from=starts, defaults=fields)
    return len(found)


def load_thresholds(thresholds: Any) -> int:
    """Bring the size classes of the file into the table, again without change. Returns how many the file has."""
    found = rows("size_thresholds")
    for row in found:
        thresholds.objects.update_or_create(
            economic_kind=row["economic_kind"],
            size=row["size"],
            valid_from=_day(row["valid_from"]),
            defaults={
                "most_workers": _whole(row["most_workers"]),
                "most_assets_kip": _whole(row["most_assets_kip"]),
                "most_income_kip": _whole(row["most_income_kip"]),
                "valid_until": _day(row["valid_until"]),
                "source": row["source"],
            },
        )
    return len(found)


@dataclass(frozen=True, slots=True)
class Division:
    """A division of ISIC Rev. 4 (two digits) with its titles."""

    code: str
    section: str
    name_en: str
    name_lo: str


@cache
def divisions() -> dict[str, Division]:
    """Return the divisions of ISIC Rev. 4 that are in the data (sections B to F), by code."""
    return {r["code"]: Division(r["code"], r["section"], r["title_en"], r["title_lo"]) for r in rows("isic4")}


def division(code: str, revision: str) -> Division | None:
    """Return the division an activity's code belongs to; None where its title is not in the data (other revisions too).

    >>> division("1410", "4").name_en
    'Manufacture of wearing apparel'
    >>> division("1410", "5") is None
    True
    """
    return divisions().get(code[:2]) if revision == "4" else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None
