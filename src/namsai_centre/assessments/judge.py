"""A case document as it stands: whether it is a case, and every finding with its section and row."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from namsai.findings import Finding, Severity, has_errors
from namsai.knowhow import load
from namsai.plant.case import Case
from namsai.plant.check import check, inspect, untouched
from namsai.plant.parse import parse
from namsai.texts import Lang, finding_text, has, text
from namsai.workbook.cells import convert
from namsai_centre.assessments import sections
from namsai_centre.assessments.sections import VALUES, Doc
from namsai_centre.assessments.typed import NUMBERS


@dataclass(frozen=True, slots=True)
class Judged:
    """A document judged: the case when every field is right, and all findings."""

    case: Case | None
    findings: tuple[Finding, ...]

    @property
    def complete(self) -> bool:
        """Whether the engine can run on it."""
        return self.case is not None and not has_errors(self.findings)

    def count(self, severity: str) -> int:
        """Return how many findings are of a severity."""
        return sum(str(f.severity) == severity for f in self.findings)


def judge(document: Doc) -> Judged:
    """Judge a document; texts left in number fields (kept as typed) are told in their own words (two readings)."""
    data = copy.deepcopy(document)
    found: list[Finding] = []
    for section in sections.names():
        for number, row in enumerate(sections.rows_of(data, section)):
            for c in sections.columns_of(section):
                if c.kind not in (*NUMBERS, "yes_no"):
                    continue
                value = sections.value_of(row, c)
                if isinstance(value, str):
                    path = c.key.replace(".", "/")
                    before = len(found)
                    read = convert(c, value, path if section == VALUES else f"{section}/{number}/{path}", found)
                    if len(found) == before:
                        sections.put(row, c, read)
    wrong = {f.where.path for f in found}
    case, said = parse(data)
    if case is None or wrong:
        said = inspect(data, load())[1]
    else:
        said = check(case, load())
    if wrong:
        said = untouched(said, wrong)
    return Judged(None if wrong else case, (*found, *said))


@lru_cache(maxsize=64)
def _kept(version_id: object, holder: _Hold) -> Judged:
    return judge(holder.document)


class _Hold:
    """Carries a document past the cache's key: two holders are the same (the id of the version tells them apart)."""

    def __init__(self, document: Doc) -> None:
        self.document = document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hold)

    def __hash__(self) -> int:
        return 1


def judged(version: Any) -> Judged:
    """Judge a saved version (they never change: judged once)."""
    return _kept(version.pk, _Hold(version.document))


@dataclass(frozen=True, slots=True)
class Told:
    """A finding for a page: what, what to do, and where: section, row (None: the whole section), column key."""

    severity: str
    says: str
    fix: str
    section: str
    row: int | None
    key: str
    place: str


def tell(finding: Finding, document: Doc, lang: Lang) -> Told:
    """Return a finding in words with its place."""
    first, *rest = finding.where.path.split("/")
    facts = dict(finding.facts)
    word = f"form.col-{facts.get('name')}"
    if "name" in facts and has(word):
        facts["name"] = text(word, lang)
    section, row, key = VALUES, None, finding.where.path.replace("/", ".")
    if first in sections.names() and first != VALUES:
        section, key = first, ""
        if rest and rest[0].isdigit():
            row, key = int(rest[0]), ".".join(rest[1:])
    elif first not in ("id", "enterprise", "period", "finance", "output"):
        section, key = "", ""
    elif section == VALUES:
        row = 0
    place = sections.title(section, lang) if section else ""
    rows = sections.rows_of(document, section) if section and section != VALUES else []
    if row is not None and row < len(rows):
        place += f": {sections.row_title(document, section, rows[row], lang)}"
    column = next((c for c in sections.columns_of(section) if c.key == key), None) if section else None
    facts["path"] = sections.label(section, column, lang) if column else place
    says, fix = finding.code, ""
    if has(finding.code):
        says, fix = finding_text(Finding(finding.code, finding.severity, finding.where, facts), lang)
    if finding.where.cell:
        place = f"{finding.where.sheet} {finding.where.cell}"
    return Told(str(finding.severity), says, fix, section, row, key, place)


ORDER = {str(s): n for n, s in enumerate((Severity.ERROR, Severity.WARNING, Severity.NOTE))}


def tell_all(findings: Any, document: Doc, lang: Lang) -> list[Told]:
    """Return findings in words, the most severe first."""
    return sorted((tell(f, document, lang) for f in findings), key=lambda t: ORDER[t.severity])
