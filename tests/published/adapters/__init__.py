"""Adapters from vector kinds to the library: each module has ``CHECKS``, kind -> function(item) -> what is wrong."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

Check = Callable[[dict[str, Any]], list[str]]


def _collect() -> dict[tuple[str, str], Check]:
    found: dict[tuple[str, str], Check] = {}
    for module in pkgutil.iter_modules(__path__):
        checks: dict[str, Check] = importlib.import_module(f"{__name__}.{module.name}").CHECKS
        found |= {(module.name, kind): check for kind, check in checks.items()}
    return found


ADAPTERS = _collect()
