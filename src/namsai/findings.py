"""Findings: what is wrong or remarkable, as data. Texts in Lao and English come from the catalogue (`namsai.texts`).

The code is the catalogue key: ``<room>.<slug>`` (``plant.duplicate-id`` stands in ``texts/plant.toml``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Fact = str | int | float | None


class Severity(StrEnum):
    """How much a finding matters: errors stop the calculation, warnings and notes are reported beside it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a finding: a path into the case (``streams/3/amount``) and, in a form, file, sheet and cell."""

    path: str = ""
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or remarkable: code, severity, where, facts."""

    code: str
    severity: Severity
    where: Where = field(default_factory=Where)
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        """Return the finding as plain JSON data."""
        place = {k: v for k, v in (("path", self.where.path), ("file", self.where.file)) if v}
        place |= {k: v for k, v in (("sheet", self.where.sheet), ("cell", self.where.cell)) if v}
        return {"code": self.code, "severity": str(self.severity), "where": place, "facts": dict(self.facts)}


def error(code: str, path: str = "", **facts: Fact) -> Finding:
    """Make a finding that stops the calculation."""
    return Finding(code, Severity.ERROR, Where(path), facts)


def warning(code: str, path: str = "", **facts: Fact) -> Finding:
    """Make a finding that a reader must look at."""
    return Finding(code, Severity.WARNING, Where(path), facts)


def note(code: str, path: str = "", **facts: Fact) -> Finding:
    """Make a finding that is good to know."""
    return Finding(code, Severity.NOTE, Where(path), facts)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether one of the findings is an error."""
    return any(f.severity is Severity.ERROR for f in findings)


class NamsaiError(Exception):
    """A calculation cannot go on; it carries the findings that say why."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__("; ".join(f"{f.code} {f.where.path} {dict(f.facts)}" for f in findings))
