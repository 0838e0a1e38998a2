"""The walk-through checklists (data/checklists.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def checklists() -> dict[str, dict[str, Any]]:
    """Return the checklists by id, in the order of the file."""
    raw = (files("namsai_centre.fieldwork") / "data" / "checklists.toml").read_text(encoding="utf-8")
    return {one["id"]: one for one in tomllib.loads(raw)["list"]}
