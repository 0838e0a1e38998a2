"""Published finance cases, run through the calculators by the name of their kind."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from namsai.calculators import names, run
from namsai.findings import Finding, Severity

# Expected figures that tell what another tool or a wrong method gives; they are checked only where we compute them too.
_ASIDE = frozenset({"note"})
# "published" is the printed figure of the main output of a kind.
_PRINTED = {
    "npv": "npv",
    "npv_profile": "npv",
    "mirr": "mirr",
    "xirr": "xirr",
    "xnpv": "xnpv",
    "coverage": "coverage",
    "irr": "preferred",
    "payback": "years",
}


def _close(have: Any, want: Any, tolerance: float) -> bool:
    if isinstance(want, list):
        same = isinstance(have, list | tuple) and len(have) == len(want)
        return same and all(_close(h, w, tolerance) for h, w in zip(have, want, strict=True))
    if isinstance(want, dict):
        return (
            isinstance(have, dict)
            and have.keys() == want.keys()
            and all(_close(have[k], w, tolerance) for k, w in want.items())
        )
    if want is None or isinstance(want, str | bool):
        return bool(have == want)
    if isinstance(have, bool) or not isinstance(have, int | float):
        return False
    # figures are written with 15 digits: allow their last one on top of the tolerance
    return abs(have - want) <= tolerance + 1e-14 * abs(want) or math.isclose(have, want, rel_tol=1e-14)


def _decimals(printed: Any) -> float:
    """Half a unit of the last digit printed."""
    figures = printed if isinstance(printed, list) else [printed]
    digits = [len(repr(float(f)).split(".")[1]) if "e" not in repr(float(f)) else 0 for f in figures]
    whole = all(float(f) == int(f) for f in figures)
    return 0.5 if whole else 0.5 * 10.0 ** -max(digits)


def _tolerance(tol: Any, key: str, want: Any) -> float:
    if isinstance(tol, dict):
        name = key.removeprefix("published_")
        if key.startswith("published"):
            return float(tol.get(name, 0.0))
        return float(tol.get(f"{key}_exact", 1e-6 if key == "npv" else 1e-9))
    if key.startswith("published"):
        return max(float(tol), 1.01 * _decimals(want))
    return float(tol)


def _check(kind: str) -> Callable[[dict[str, Any]], list[str]]:
    def check(item: dict[str, Any]) -> list[str]:
        result = run(kind, {"inputs": item["input"]})
        errors = [f for f in result["findings"] if isinstance(f, Finding) and f.severity is Severity.ERROR]
        if errors:
            return [f"{f.code} {f.where.path} {dict(f.facts)}" for f in errors]
        have = {name: out["value"] for name, out in result["outputs"].items()}
        wrong = []
        for key, want in item["expected"].items():
            name = key
            if key == "published":
                name = _PRINTED[kind]
            elif key.startswith("published_"):
                name = key.removeprefix("published_")
            if name not in have:
                if key not in _ASIDE:
                    wrong.append(f"{key}: not computed")
            elif not _close(have[name], want, _tolerance(item["tol"], key, want)):
                wrong.append(f"{key}: {have[name]} instead of {want}")
        return wrong

    return check


CHECKS = {name: _check(name) for name in names()}
