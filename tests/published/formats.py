"""The vector formats: each file becomes a list of (family, kind, item), told by its shape, never its name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple


class Vector(NamedTuple):
    """One published case."""

    family: str
    kind: str
    id: str
    item: dict[str, Any]


def _family(data: dict[str, Any]) -> tuple[str, str, str] | None:
    schema = str(data.get("schema", ""))
    if schema.startswith("cp-finance"):
        return "finance", "vectors", "kind"
    if schema.startswith("cp-mv"):
        return "mv", "vectors", "kind"
    if schema.startswith("cp-lao work"):
        return "work", "cases", "kind"
    if schema.startswith("cp-lao hazard"):
        return "hazard", "cases", "kind"
    if "problems" in data:
        return "reconciliation", "problems", "type"
    if "cases" in data and "flows" in json.dumps(data.get("meta", {})):
        return "mfca", "cases", "kind"
    if "vectors" in data and "classes" in data:
        return "calculator", "vectors", "calculator"
    return None


def read(folder: Path) -> Iterator[Vector]:
    """Yield every vector of every readable file in the folder."""
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        found = _family(data) if isinstance(data, dict) else None
        if found is None:
            continue
        family, table, kind = found
        for number, item in enumerate(data[table]):
            yield Vector(family, str(item.get(kind, "")), str(item.get("id", number)), item)
