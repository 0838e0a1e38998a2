"""The collection of published MFCA cases, run through the library by the adapters of `make published`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.published.adapters.mfca import CHECKS

FILE = Path(__file__).parents[2].parent / "shared" / "vectors" / "mfca.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["cases"] if FILE.exists() else []


@pytest.mark.skipif(not CASES, reason="the collection of published cases is not on this machine")
def test_all_published_cases() -> None:
    assert {c["id"]: CHECKS[c["kind"]](c) for c in CASES} == {c["id"]: [] for c in CASES}


@pytest.mark.skipif(not CASES, reason="the collection of published cases is not on this machine")
@pytest.mark.parametrize("kind", ["single_quantity_centre", "network", "multi_material_network", "stock"])
def test_the_adapters_see_a_wrong_figure(kind: str) -> None:
    case = next(c for c in CASES if c["kind"] == kind)
    text = json.dumps(case["inputs"]).replace('"energy": ', '"energy": 1', 1)
    if kind == "multi_material_network":
        text = json.dumps(case["inputs"]).replace("45000", "46000")
    assert CHECKS[kind](case | {"inputs": json.loads(text)})
