"""A case document as it stands: whether it is a case, and every finding with its section and row."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from namsai.findings import Finding, Severity, has_errors
from namsai.knowhow import KnowHow
from namsai.plant.case import Case
from namsai.plant.check import check, inspect, untouched
from namsai.plant.parse import parse
from namsai.texts import Lang, finding_text, has, text
from namsai.workbook.cells import convert
from namsai_centre.assessments import sections
from namsai_centre.assessments.sections import VALUES, Doc
from namsai_centre.assessments.typed import NUMBERS, said
from namsai_centre.knowhow.queries import current_knowhow


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


def judge(document: Doc, knowhow: KnowHow | None = None) -> Judged:
    """Judge a document; texts left in number fields (kept as typed) are told in their own words (two readings).

    Args: document; knowhow - None: that of the centre now, with which the next run calculates.
    """
    knowhow = knowhow or current_knowhow()
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
    case, others = parse(data)
    if case is None or wrong:
        others = inspect(data, knowhow)[1]
    else:
        others = check(case, knowhow)
    if wrong:
        others = untouched(others, wrong)
    return Judged(None if wrong else case, (*found, *others))


@lru_cache(maxsize=64)
def _kept(version_id: object, knowhow_version: str, holder: _Hold) -> Judged:
    return judge(holder.document, holder.knowhow)


class _Hold:
    """Carries a document past the cache's key: two holders are the same (the ids of the versions tell them apart)."""

    def __init__(self, document: Doc, knowhow: KnowHow) -> None:
        self.document = document
        self.knowhow = knowhow

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hold)

    def __hash__(self) -> int:
        return 1


def judged(version: Any) -> Judged:
    """Judge a saved version with the know-how of the centre now (neither changes: judged once for each)."""
    knowhow = current_knowhow()
    return _kept(version.pk, knowhow.version, _Hold(version.document, knowhow))


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
    facts = _named(facts, document, lang) | {"path": sections.label(section, column, lang) if column else place}
    group = (
        next((g for g in sections.groups(VALUES) if g.name == facts.get("name")), None) if section == VALUES else None
    )
    if group is not None and column is None:
        facts["name"] = sections.group_title(VALUES, group, lang)
    if column is not None and "name" in facts:
        facts["name"] = sections.label(section, column, lang, inside=True)
    if column is not None and "allowed" in facts and column.choices:
        facts["allowed"] = ", ".join(said(column, choice, lang) for choice in column.choices)
    says, fix = text("assessments.unknown_finding", lang, code=finding.code), ""
    if has(finding.code):
        says, fix = finding_text(Finding(finding.code, finding.severity, finding.where, facts), lang)
        fix = _NOTHING_NEAR.sub("", fix)
    own = f"assessments.fix_{finding.code.replace('.', '_')}"  # what is done on these pages and not at a command line
    if has(own):
        fix = text(own, lang)
    elif finding.code == "plant.missing" and section == VALUES:
        fix = text("assessments.fill_it_in", lang)
    if finding.where.cell:
        place = f"{finding.where.sheet} {finding.where.cell}"
    return Told(str(finding.severity), says, fix, section, row, key, place)


def _named(facts: dict[str, Any], document: Doc, lang: Lang) -> dict[str, Any]:
    """Return facts in which ids of rows are called by their names; what was typed stays as it was typed."""
    return {name: _name(name, value, document, lang) for name, value in facts.items()}


def _name(fact: str, value: Any, document: Doc, lang: Lang) -> Any:
    table = {"nearest": "", "stream": "streams", "process": "processes", "material": "materials"}.get(fact)
    if table is None or not isinstance(value, str):
        return value
    for section in (table,) if table else ("materials", "processes", "meters", "streams"):
        row = next((r for r in sections.rows_of(document, section) if r.get("id") == value), None)
        if row is not None:
            return sections.row_title(document, section, row, lang)
    return value


_NOTHING_NEAR = re.compile(r" \([^()]*: –\)")  # "(most alike: –)" says nothing
ORDER = {str(s): n for n, s in enumerate((Severity.ERROR, Severity.WARNING, Severity.NOTE))}


def tell_all(findings: Any, document: Doc, lang: Lang) -> list[Told]:
    """Return findings in words, the most severe first."""
    return sorted((tell(f, document, lang) for f in findings), key=lambda t: ORDER[t.severity])
