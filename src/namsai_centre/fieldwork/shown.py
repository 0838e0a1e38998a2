"""A visit in words for the desk: every subject with its name, what was taken of it, and what waits for a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from namsai.charts import write
from namsai.texts import Lang, has, show_fact, text
from namsai_centre.assessments import sections
from namsai_centre.fieldwork import queries
from namsai_centre.fieldwork.called import called as plainly
from namsai_centre.fieldwork.checklists import checklists
from namsai_centre.fieldwork.models import Entry, Photo, Visit
from namsai_centre.fieldwork.plan import names
from namsai_centre.fieldwork.times import as_written

TABLE_OF = {"equipment": "equipment", "meter": "meters", "stream": "streams"}


@dataclass(slots=True)
class Line:
    """One subject: its name, what was taken (several readings are several entries) and its photos."""

    subject: str
    name: str
    unit: str = ""
    entries: list[Entry] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """One sheet of the visit: its heading and lines."""

    key: str
    title: str
    lines: list[Line]

    @property
    def done(self) -> int:
        """Return how many lines have something."""
        return sum(bool(line.entries) for line in self.lines)

    @property
    def taken(self) -> list[Line]:
        """Return the lines of which something was taken."""
        return [line for line in self.lines if line.entries or line.photos]

    @property
    def open(self) -> list[Line]:
        """Return the lines of which nothing was taken yet."""
        return [line for line in self.lines if not line.entries and not line.photos]


@dataclass(slots=True)
class Whole:
    """Everything a page about a visit shows."""

    parts: list[Part]
    waiting: list[Entry]
    held: list[Any]
    count: int


def whole(visit: Visit, lang: Lang) -> Whole:
    """Return the visit in words (a fixed number of queries)."""
    entries, photos = list(queries.entries_of(visit)), list(queries.photos_of(visit))
    document = queries.case_of(visit)
    called = Names(visit, lang, document)
    parts = _planned(visit, document, lang)
    by_subject = {line.subject: line for part in parts for line in part.lines}
    rest = Part("other", text("fieldwork.other", lang), [])
    by_kind = {part.key: part for part in parts if part.key != "check"}
    for e in entries:  # what was found in the plant stands with its kind
        if e.fields.get("name") and e.subject not in by_subject:
            line = by_subject[e.subject] = Line(e.subject, e.fields["name"], e.fields.get("unit") or "")
            by_kind.get(e.subject.partition(":")[0], rest).lines.append(line)
    things: list[Any] = [*entries, *photos]
    for one in things:
        known = by_subject.get(one.subject)
        if known is None:
            known = by_subject[one.subject] = Line(one.subject, called(one.subject))
            rest.lines.append(known)
        line = known
        (line.photos if isinstance(one, Photo) else line.entries).append(one)
    for e in entries:
        e.said = said(e.fields, _unit_of(e, by_subject), lang)  # type: ignore[attr-defined]
        e.device_words = as_written(e.device_time)  # type: ignore[attr-defined]
        e.name = by_subject[e.subject].name  # type: ignore[attr-defined]
    waiting = [e for e in entries if e.time_mark or e.mark in ("conflict", "forced")]
    held: list[Any] = list(queries.held_of(visit))
    for c in held:
        c.name = by_subject[c.subject].name if c.subject in by_subject else c.fields.get("name") or called(c.subject)
        c.said = said(c.fields, "", lang)
    return Whole([p for p in (*parts, rest) if p.lines], waiting, held, len(entries))


def _unit_of(e: Entry, lines: dict[str, Line]) -> str:
    return lines[e.subject].unit if e.kind == "reading" else ""


def _planned(visit: Visit, document: dict[str, Any], lang: Lang) -> list[Part]:
    plan = visit.plan
    parts = []
    for key in plan.get("checklists", []):
        one = checklists().get(key)
        if one:
            lines = [Line(f"check:{key}:{q['id']}", q[lang]) for q in one["questions"]]
            parts.append(Part("check", one[lang], lines))
    for kind, table in TABLE_OF.items():
        wanted = set(plan.get(table, []))
        rows = [r for r in sections.rows_of(document, table) if r.get("id") in wanted]
        lines = [Line(f"{kind}:{r['id']}", names(document, table, r)[lang], str(r.get("unit") or "")) for r in rows]
        lines += [
            Line(f"{kind}:{r['id']}", r["name"], r.get("unit") or "") for r in plan.get("added", {}).get(table, [])
        ]
        parts.append(Part(kind, text(f"fieldwork.{table}", lang), lines))
    return parts


class Names:
    """What the subjects of a visit are called; the case is read once."""

    def __init__(self, visit: Visit, lang: Lang, document: dict[str, Any] | None = None) -> None:
        self.visit, self.lang = visit, lang
        self.document = queries.case_of(visit) if document is None else document

    def __call__(self, subject: str) -> str:
        """Return the name of a subject; its own words where the plan does not know it any more."""
        kind, _, key = subject.partition(":")
        if kind == "check":
            list_id, _, question = key.partition(":")
            found = [q for q in checklists().get(list_id, {}).get("questions", []) if q["id"] == question]
            return str(found[0][self.lang]) if found else subject
        table = TABLE_OF.get(kind, "")
        for r in self.visit.plan.get("added", {}).get(table, []):
            if r["id"] == key:
                return str(r["name"])
        for r in sections.rows_of(self.document, table) if table else ():
            if r.get("id") == key:
                return names(self.document, table, r)[self.lang]
        return plainly(subject, self.visit.plan)


def said(fields: dict[str, Any], unit: str, lang: Lang) -> list[tuple[str, str]]:
    """Return the fields of an entry in words."""
    known = unit or str(fields.get("unit") or "")
    shown = (k for k in fields if k not in ("unit", "name"))
    return [(text(f"fieldwork.f_{k}", lang), value(k, fields[k], known, lang)) for k in shown]


def value(name: str, v: Any, unit: str, lang: Lang) -> str:
    """Return one value in words."""
    if v is None:
        return "–"
    if isinstance(v, bool):
        return text("fieldwork.yes" if v else "fieldwork.no", lang)
    if isinstance(v, int | float):
        plain = f"{v:.0f}" if name == "year" else _plain(v, lang)
        return (
            f"{plain} {write.unit_name(unit, lang) if unit else ''}".strip() if name in ("value", "amount") else plain
        )
    return text(f"fieldwork.{name}_{v}", lang) if has(f"fieldwork.{name}_{v}") else str(v)


def _plain(v: float, lang: Lang) -> str:
    """A reading keeps all its digits."""
    if float(v).is_integer():
        return show_fact(int(v), lang)
    whole = f"{v:,.10g}"
    return whole.translate(str.maketrans(",.", ".,")) if lang == "lo" else whole
