"""Each entry of a visit set against the case, in words: what it would change, or since when the case says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from namsai.texts import Lang
from namsai_centre.assessments import sections
from namsai_centre.assessments.differences import Difference, fields
from namsai_centre.fieldwork import queries
from namsai_centre.fieldwork.models import Entry, Visit
from namsai_centre.fieldwork.take import Goes, Row, effects

KEYS = ("id", "meter", "date")  # they tell rows apart; they do not change


@dataclass(frozen=True, slots=True)
class Effect:
    """One entry: its name, what was taken, and what became of it in the case."""

    entry: Entry
    name: str
    said: list[tuple[str, str]]
    state: str  # new, changed, since, before, left
    lines: list[dict[str, str]]  # of what changes: name, before, after
    number: int | None = None  # the version since which the case says it
    why: str = ""


def entry_by_entry(visit: Visit, whole: Any, lang: Lang) -> list[Effect]:
    """Return what each reading, stream and machine of the visit does to the newest case (`whole`: shown.whole)."""
    document = queries.case_of(visit)
    out, found = effects(visit, document)
    words = {e.pk: (e.name, e.said) for part in whole.parts for line in part.lines for e in line.entries}
    versions = queries.versions_since(visit)
    return [_one(g, words, versions, document, out, lang) for g in found]


def _one(g: Goes, words: Any, versions: list[tuple[int, Row]], before: Row, after: Row, lang: Lang) -> Effect:
    name, said = words[g.entry.pk]
    if g.why:
        return Effect(g.entry, name, said, "left", [], why=g.why)
    if g.changes:
        differ = [
            Difference(g.table, name, "changed", c, a, b, before, after).words(lang)
            for c, a, b in fields(g.table, g.before or {}, g.after)
            if c.key not in KEYS and (g.before is None or c.parts[0][0] in g.said)
        ]
        return Effect(g.entry, name, said, "new" if g.before is None else "changed", differ)
    since = _since(g, versions)
    return Effect(g.entry, name, said, "before" if since is None else "since", [], since)


def _since(g: Goes, versions: list[tuple[int, Row]]) -> int | None:
    """Return the version of the case since which it says what was taken; None: it did so before the visit."""
    own = sections.identity(g.table, g.after)
    since: int | None = None
    for number, document in reversed(versions):
        row = next((r for r in sections.rows_of(document, g.table) if sections.identity(g.table, r) == own), {})
        if any(row.get(k) != g.after.get(k) for k in g.said):
            break
        since = number
    return since or None
