"""What the subjects of a visit are called where only the visit is at hand (the audit log): no case is read."""

from __future__ import annotations

from typing import Any

from namsai_centre.fieldwork.checklists import checklists
from namsai_centre.ui.words import language, say, say_or

TABLES = {"meter": "meters", "stream": "streams", "equipment": "equipment"}


def called(subject: str, plan: dict[str, Any], name: str = "") -> str:
    """Return the name given in the plant, a checklist's question, the plan's name, else what kind of thing it is."""
    if name:
        return name
    kind, _, key = subject.partition(":")
    if kind == "check":
        one, _, question = key.partition(":")
        found = [q for q in checklists().get(one, {}).get("questions", []) if q["id"] == question]
        return str(found[0][language()]) if found else subject
    if kind == "note":
        return say("fieldwork.p_note")
    table = TABLES.get(kind, "")
    for row in plan.get("added", {}).get(table, []):
        if row["id"] == key:
            return str(row["name"])
    return f"{say_or(f'fieldwork.{table}', kind)} ({key})"
