"""A file brought back (filled form or case file) to a document: nothing is opened that the guards did not see."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from math import isfinite
from typing import Any

from namsai.findings import Finding, Severity, error
from namsai.plant.case import SCHEMA
from namsai.plant.case_file import load_json, to_data
from namsai.plant.check import inspect
from namsai.workbook.guards import MOST_BYTES, repack
from namsai.workbook.read import case_of, read_sheets
from namsai_centre.assessments import sections
from namsai_centre.assessments.judge import judge
from namsai_centre.assessments.sections import Doc
from namsai_centre.assessments.typed import take
from namsai_centre.knowhow.queries import current_knowhow

MOST_JSON = 4_000_000
MOST_WHOLE = 10**18


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file holds: the document (None: nothing could be read) and the findings with sheet and cell."""

    digest: str
    document: Doc | None
    findings: tuple[Finding, ...]


def read(content: bytes) -> Incoming:
    """Read the bytes of a file, told apart by what they hold, never by their name."""
    digest = hashlib.sha256(content).hexdigest()
    if not content:
        return Incoming(digest, None, (error("plant.empty-file", "", file=""),))
    if len(content) > MOST_BYTES:
        return Incoming(digest, None, (error("plant.file-too-large", "", file="", size=len(content), most=MOST_BYTES),))
    if content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return _json(content, digest)
    return _form(content, digest)


def _json(content: bytes, digest: str) -> Incoming:
    if len(content) > MOST_JSON:
        return Incoming(digest, None, (error("plant.file-too-large", "", file="", size=len(content), most=MOST_JSON),))
    raw, problems = load_json(content)
    if problems or not isinstance(raw, dict):
        return Incoming(digest, None, tuple(problems) or (error("plant.not-a-case", "", value=type(raw).__name__),))
    try:
        document = kept(clean(raw))
    except RecursionError:
        return Incoming(digest, None, (error("plant.too-deep", ""),))
    if not shaped(document):
        return Incoming(
            digest,
            None,
            tuple(inspect(document, current_knowhow())[1]) or (error("plant.not-a-case", "", value="dict"),),
        )
    return Incoming(digest, document, judge(document).findings)


def clean(value: Any) -> Any:
    """Return JSON data that every database keeps: no NUL, no half characters, no numbers that are none."""
    if isinstance(value, str):
        return value.translate({0: None}).encode("utf-8", "replace").decode()
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > MOST_WHOLE:
        return str(value)[:40]
    if isinstance(value, dict):
        return {clean(str(key)): clean(inner) for key, inner in value.items()}
    return [clean(inner) for inner in value] if isinstance(value, list) else value


def shaped(document: Doc) -> bool:
    """Tell whether tables are lists of records and the single values stand in records."""
    tables = (document.get(name, []) for name in sections.names() if name != sections.VALUES)
    lists = all(isinstance(t, list) and all(isinstance(row, dict) for row in t) for t in tables)
    outer = ("enterprise", "period", "finance", "output")
    return lists and all(isinstance(document.get(name, {}), dict) for name in outer)


def _form(content: bytes, digest: str) -> Incoming:
    clean, problems = repack(content)
    if clean is None:
        return Incoming(digest, None, tuple(problems))
    found = read_sheets(clean)
    del clean
    if "values" not in found.places:
        if not any(f.severity is Severity.ERROR for f in found.findings):
            found.findings.append(error("workbook.no-values-sheet"))
        return Incoming(digest, None, (*problems, *found.findings))
    typed = list(found.findings)
    case, said = case_of(found, current_knowhow())
    document = to_data(case) if case is not None else kept({"schema": SCHEMA} | found.raw)
    for finding in typed:  # what could not be read stays as it was typed
        _put_back(document, finding)
    return Incoming(digest, document, (*problems, *said))


def kept(raw: Any) -> Doc:
    """Return raw data with the values of known fields as they are kept (texts of numbers read where they can be)."""
    out: Doc = {str(k): v for k, v in raw.items()}
    for section in sections.names():
        for row in sections.rows_of(out, section):
            for c in sections.columns_of(section):
                value = sections.value_of(row, c)
                if isinstance(value, str) and (now := take(c, value)) != value:
                    sections.put(row, c, now)
    return out


def _put_back(document: Doc, finding: Finding) -> None:
    """Put the text of a cell that could not be read where its value belongs."""
    first, *rest = finding.where.path.split("/")
    typed = finding.facts.get("text")
    if not first or not isinstance(typed, str):
        return
    section, row, key = sections.VALUES, document, finding.where.path.replace("/", ".")
    if first in sections.names() and rest and rest[0].isdigit():
        rows = sections.rows_of(document, first)
        if int(rest[0]) >= len(rows):
            return
        section, row, key = first, rows[int(rest[0])], ".".join(rest[1:])
    column = {c.key: c for c in sections.columns_of(section)}.get(key)
    if column is not None and sections.value_of(row, column) is None:
        sections.put(row, column, typed)
