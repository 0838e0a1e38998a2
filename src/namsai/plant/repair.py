"""A copy of a wrong case in which every wrong field has a stand-in, so that all else that is wrong is found at once."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from namsai.plant.case import Case
from namsai.plant.parse import CURRENCY_PATTERN, DATE_PATTERN, Location

_FORMS = {DATE_PATTERN: "2000-01-01", CURRENCY_PATTERN: "XXX", r"^[A-Z]{2}$": "LA", r"^\d{1,4}$": "1"}

_PLACEHOLDER = "repaired"
_MOST = 5000  # more wrong fields than this are not repaired


def _sanitised(value: object, place: str) -> str:
    """Return an id made of a wrong one, the same for the same text, so that references still meet."""
    if not isinstance(value, str) or not value.strip():
        return f"{_PLACEHOLDER}.{place}"[:60]
    return f"{_PLACEHOLDER}.{zlib.crc32(value.strip().encode('utf-8', 'replace')):08x}"


def _replacement(item: Mapping[str, Any], place: str) -> Any:
    """Return a harmless value for a wrong or missing one, or None when the field is better left out."""
    kind: str = item["type"]
    context = item.get("ctx", {})
    if kind in ("enum", "literal_error"):
        return str(context.get("expected", "")).split("'")[1]
    if kind == "string_pattern_mismatch":
        return _FORMS.get(str(context.get("pattern", ""))) or _sanitised(item["input"], place)
    if kind.startswith("string"):
        return _sanitised(item["input"], place)[:30]
    if kind.startswith("bool"):
        return False
    return 1


_MISSING: dict[str, Any] = {
    "enterprise": {"name": {"en": _PLACEHOLDER}, "sector": "general"},
    "period": {"start": "2000-01-01", "end": "2000-12-31"},
    "name": {"en": _PLACEHOLDER},
    "text": {"en": _PLACEHOLDER},
    "sector": "general",
    "category": "auxiliary",
    "technique": "good_housekeeping",
    "source": "estimated",
    "currency": "XXX",
    "base": "XXX",
    "quote": "XXY",
    "start": "2000-01-01",
    "end": "2000-12-31",
    "date": "2000-01-01",
    "value": 1,
    "rate": 1,
    "share": 0,
    "year": 2000,
    "workers": 1,
    "paid_minutes": 1,
    "unit": "kg",
    "per": "kg",
    "measure": "output",
}


def _missing(location: Location) -> Any:
    """Return a harmless value for a required field that is missing."""
    field, table = str(location[-1]), str(location[0])
    if field == "amount":
        if table == "costs":
            return {"amount": 0, "currency": "XXX"}
        if table == "output":
            return {"value": 1, "unit": "kg", "source": "estimated"}
        return 0
    if field == "kind" and table == "costs":
        return "system"
    if field in _MISSING:
        return _thawed(_MISSING[field])
    return f"{_PLACEHOLDER}.{'.'.join(str(p) for p in location)}"[:60]


def _container(root: Any, location: Location) -> Any:
    """Walk to the record or list that holds the last part of a location; None when the way is broken."""
    for part in location[:-1]:
        try:
            root = root[part]
        except (KeyError, IndexError, TypeError):
            return None
    return root


def _thawed(value: Any) -> Any:
    """Return a deep copy of plain data whose lists and records can be changed."""
    if isinstance(value, Mapping):
        return {key: _thawed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_thawed(item) for item in value]
    return value


def repaired(raw: object) -> Case | None:
    """Return a case in which every wrong field has a harmless stand-in; only for finding what else is wrong.

    Findings on or around the repaired places say nothing and must be left out (see `namsai.plant.check.inspect`).
    Returns None when the data are too broken.
    """
    if not isinstance(raw, Mapping):
        return None
    data = _thawed(raw)
    for _ in range(4):  # a stand-in for a record can itself be wrong in the next round
        try:
            return Case.model_validate(data)
        except ValidationError as problem:
            if problem.error_count() > _MOST:
                return None
            for item in reversed(problem.errors(include_url=False)):  # from the back: positions in lists stay right
                _repair(data, item)
        except RecursionError:
            return None
    return None


def _repair(data: Any, item: Mapping[str, Any]) -> None:
    """Put a stand-in where one error is."""
    location: Location = item["loc"]
    holder = _container(data, location)
    if holder is None or not location:
        return
    last = location[-1]
    if item["type"] == "extra_forbidden":
        holder.pop(last, None)
    elif item["type"] == "missing":
        holder[last] = _missing(location)
    elif item["type"] == "value_error":
        holder[last] = {"en": _PLACEHOLDER}
    elif item["type"].startswith(("model", "dict")):
        if isinstance(last, int):
            holder[last] = {}
        else:
            value = _MISSING.get(str(last))
            holder[last] = _thawed(value) if isinstance(value, dict) else {}
    elif item["type"].startswith(("tuple", "list")):
        holder[last] = []
    else:
        holder[last] = _replacement(item, ".".join(str(part) for part in location))
