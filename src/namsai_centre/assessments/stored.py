"""Findings kept as JSON (of a run, of an upload) back to findings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from namsai.findings import Finding, Severity, Where


def findings_of(stored: Iterable[dict[str, Any]]) -> list[Finding]:
    """Return the findings that `Finding.as_data` made into JSON."""
    return [Finding(f["code"], Severity(f["severity"]), Where(**f["where"]), f["facts"]) for f in stored or ()]
