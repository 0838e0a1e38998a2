"""Read the lists brought in: all of them, and the rows of one as a page shows them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from namsai.findings import Finding, Severity
from namsai.texts import finding_text, has
from namsai_centre.enterprises.forms_join import told
from namsai_centre.enterprises.importing.check import STATES
from namsai_centre.enterprises.importing.fields import BY_NAME
from namsai_centre.enterprises.models import Enterprise, ImportRun
from namsai_centre.enterprises.policies import IMPORTS
from namsai_centre.enterprises.words import sector_word
from namsai_centre.ui.templatetags.words import day, kip, number
from namsai_centre.ui.words import language, say, say_or
from namsai_centre.who import Who

_CHOICES = {"economic_kind": "kind", "risk_class": "risk"}


def runs(who: Who) -> QuerySet[ImportRun]:
    """Return the lists, newest first, without their cells."""
    return IMPORTS.visible(who).select_related("by").defer("table", "rows", "answers", "mapping", "problems")


def problem_text(code: str, facts: dict[str, Any]) -> str:
    """Return what is wrong and what to do, in the reader's language."""
    said, fix = finding_text(Finding(code, Severity.ERROR, facts=facts), language())
    return f"{said} {fix}"


def finding_texts(findings: Any) -> list[str]:
    """Return findings as sentences."""
    return [problem_text(f.code, dict(f.facts)) for f in findings]


def row_problem(run: ImportRun, column: int, code: str, facts: dict[str, Any]) -> str:
    """Return a problem of a row with the heading of its column."""
    headers = run.table["headers"]
    head = headers[column] if 0 <= column < len(headers) else ""
    said = problem_text(code, facts)
    return f"{head}: {said}" if head else said


def counts(run: ImportRun) -> list[tuple[str, int]]:
    """Return how many rows are of each state."""
    return [(state, run.counts.get(state, 0)) for state in STATES]


def shown_rows(run: ImportRun, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows with everything in words; the enterprises are read at once."""
    ids = {UUID(r["firm"]) for r in rows if r["firm"]} | {UUID(n[0]) for r in rows for n in r["near"]}
    firms = Enterprise.objects.select_related("province", "district").in_bulk(ids)
    found = []
    for r in rows:
        near = [
            {"firm": firms[UUID(id)], "why": [told(slug, facts) for slug, facts in reasons]}
            for id, _, reasons in r["near"]
            if UUID(id) in firms
        ]
        found.append(
            r
            | {
                "number": r["place"] + 1,
                "there": firms.get(UUID(r["firm"])) if r["firm"] else None,
                "said": [row_problem(run, *p) for p in r["problems"]],
                "noted": [told(slug, facts | _values(facts)) for slug, facts in r["notes"]],
                "differs": [(_label(n), _value(n, old), _value(n, new)) for n, old, new in r["changes"]],
                "choices": near,
                "answer": run.answers.get(str(r["place"]), ""),
            }
        )
    return found


def _values(facts: dict[str, Any]) -> dict[str, Any]:
    return {n: _value(facts["field"], facts[n]) for n in ("old", "new") if n in facts}


def _label(name: str) -> str:
    one = BY_NAME.get(name.removesuffix("_id"))
    return say(one.label) if one else name


def _value(name: str, value: Any) -> str:
    """Return a value kept with a row as a reader knows it."""
    if value in (None, ""):
        return "–"
    if isinstance(value, list):
        return str(value[1] if language() == "en" else value[0])
    if name == "sector":
        return sector_word(value)
    if name in _CHOICES:
        return say_or(f"enterprises.{_CHOICES[name]}_{value}", str(value))
    if name.endswith("_on"):
        return day(value)
    if name.endswith("_kip"):
        return kip(value)
    return number(value) if isinstance(value, int) else str(value)


def file_notes(run: ImportRun) -> list[str]:
    """Return what is remarkable about the file: old fonts, sheets and rows that are not read."""
    said = [problem_text(code, facts) for code, facts in run.problems if has(code)]
    if run.table.get("others"):
        said.append(say("joining.other_sheets", used=run.table["sheet"], names=", ".join(run.table["others"])))
    said += [say(f"joining.{slug}", **facts) for slug, facts in run.counts.get("notes", [])]
    return said


def marked_problems(run: ImportRun) -> dict[int, tuple[str, list[int]]]:
    """Return for each row that needs a person what is wrong and in which columns, for the sheet given back."""
    asked = shown_rows(run, [r for r in run.rows if r["state"] == "possible"])
    names = {r["place"]: "; ".join(str(c["firm"]) for c in r["choices"]) for r in asked}
    found = {}
    for r in run.rows:
        said = [row_problem(run, *p) for p in r["problems"]]
        if r["place"] in names:
            said.append(say("joining.may_be", names=names[r["place"]]))
        if said:
            found[r["place"]] = ("\n".join(said), [p[0] for p in r["problems"] if p[0] >= 0])
    return found
