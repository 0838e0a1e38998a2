"""A small sound plant as raw data, to be broken one way at a time."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from namsai.findings import Finding

_SOUND: dict[str, Any] = {
    "schema": "namsai.case/1",
    "id": "tiny-2025",
    "enterprise": {"name": {"lo": "ໂຮງງານນ້ອຍ", "en": "Tiny Garment"}, "sector": "garment", "workers": 40},
    "period": {"start": "2025-01-01", "end": "2025-12-31"},
    "finance": {"currency": "LAK", "discount_rate": 10},
    "processes": [
        {"id": "cutting", "name": {"en": "Cutting"}, "kind": "cutting"},
        {"id": "sewing", "name": {"en": "Sewing"}, "kind": "sewing"},
    ],
    "materials": [
        {
            "id": "fabric",
            "name": {"en": "Cotton fabric"},
            "kind": "fabric",
            "category": "raw_material",
            "price": {"amount": 45000, "currency": "LAK", "per": "kg", "date": "2025-06-30"},
            "ref": "bills",
        },
        {
            "id": "offcuts",
            "name": {"en": "Off-cuts"},
            "kind": "fabric",
            "category": "waste",
            "value_as": "fabric",
        },
        {"id": "panels", "name": {"en": "Cut panels"}, "kind": "fabric", "category": "intermediate"},
        {"id": "shirts", "name": {"en": "Shirts"}, "kind": "garment", "category": "product"},
    ],
    "streams": [
        {
            "id": "s1",
            "from": "purchase",
            "to": "cutting",
            "material": "fabric",
            "amount": {"value": 1000, "unit": "kg", "source": "bill"},
        },
        {
            "id": "s2",
            "from": "cutting",
            "to": "waste",
            "material": "offcuts",
            "amount": {"value": 150, "unit": "kg", "source": "weighed"},
        },
        {"id": "s3", "from": "cutting", "to": "sewing", "material": "panels"},
        {"id": "s4", "from": "sewing", "to": "sale", "material": "shirts"},
    ],
    "measures": [
        {"id": "m1", "name": {"en": "Marker making"}, "technique": "process_control", "stream": "s2"},
        {"id": "m2", "name": {"en": "Sell off-cuts"}, "technique": "useful_byproduct", "stream": "s2"},
    ],
    "sources": [{"key": "bills", "title": "Bills 2025"}],
}


def sound() -> dict[str, Any]:
    """Return the sound case as a new dict."""
    return deepcopy(_SOUND)


def told(findings: list[Finding]) -> set[tuple[str, str]]:
    """Return code and path of findings."""
    return {(f.code, f.where.path) for f in findings}
