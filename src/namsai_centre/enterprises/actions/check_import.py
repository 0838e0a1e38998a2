"""Take a list in, set its columns, answer its questions; nothing of the registry is changed yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from namsai_centre.audit.record import record
from namsai_centre.enterprises.importing import registry, runs
from namsai_centre.enterprises.importing.fields import BY_NAME, heads_digest
from namsai_centre.enterprises.models import ImportRun
from namsai_centre.enterprises.policies import ENTERPRISES, IMPORTS
from namsai_centre.who import Who


class Undecided(Exception):
    """Something must be said first: `slug` of the texts with facts."""

    def __init__(self, slug: str, **facts: Any) -> None:
        super().__init__(slug)
        self.slug, self.facts = slug, facts


def upload(who: Who, content: bytes, name: str) -> tuple[ImportRun, bool]:
    """Take a file in; returns (run, True), or (the earlier run, False) if the same file was taken in before.

    Errors: importing.runs.Unreadable.
    """
    ENTERPRISES.demand("bring", who)
    found = runs.incoming(content)
    with transaction.atomic():
        earlier = ImportRun.objects.filter(digest=found.digest).exclude(state="refused")
        if before := earlier.order_by("-created_at").first():
            return before, False
        run = ImportRun.objects.create(
            file_name=name[-200:],
            digest=found.digest,
            heads=heads_digest(found.headers),
            table=found.data(),
            mapping=runs.remembered(found.headers),
            state="uploaded",
            problems=[[f.code, dict(f.facts)] for f in found.findings],
            by_id=who.person_id,
        )
        record(who, "enterprises.upload", run, None, {"file_name": run.file_name, "digest": run.digest})
    return run, True


def set_columns(who: Who, run: ImportRun, expected: int, *, columns: Mapping[str, str], numbers: str) -> ImportRun:
    """Set which column is which field and how figures are written, then check every row. Errors: Undecided, Stale."""
    IMPORTS.demand("set_columns", who, run)
    wanted = {at: name for at, name in columns.items() if name}
    twice = [name for name in wanted.values() if list(wanted.values()).count(name) > 1]
    if twice:
        raise Undecided("column_twice", field=twice[0])
    if unknown := [n for n in wanted.values() if n not in BY_NAME]:
        raise Undecided("unknown_field", value=unknown[0])
    if not {"name_lo", "name_en", "record"} & set(wanted.values()):
        raise Undecided("no_name_column")
    if numbers not in ("lo", "en") and (asked := runs.questions(run.table, wanted)):
        text, lao, english = asked[0]
        raise Undecided("say_numbers", text=text, one=lao, other=english)
    mapping = {"columns": wanted, "numbers": numbers, "remembered": False}
    return _check(run, expected, mapping=mapping, answers={})


def answer(who: Who, run: ImportRun, expected: int, *, answers: Mapping[str, str]) -> ImportRun:
    """Keep what a person says of possible duplicates (row -> new, skip, or an enterprise), and check again."""
    IMPORTS.demand("answer", who, run)
    allowed = {str(row["place"]): {"new", "skip", *(n[0] for n in row["near"])} for row in run.rows}
    wanted = {}
    for place, said in answers.items():
        if said in allowed.get(place, ()) or (said == "" and place in allowed):
            wanted[place] = said
    kept = {place: said for place, said in {**run.answers, **wanted}.items() if said}
    return _check(run, expected, mapping=run.mapping, answers=kept)


def check_again(who: Who, run: ImportRun, expected: int) -> ImportRun:
    """Check every row against the registry as it is now."""
    IMPORTS.demand("answer", who, run)
    return _check(run, expected, mapping=run.mapping, answers=run.answers)


def refuse(who: Who, run: ImportRun, expected: int) -> ImportRun:
    """Set a list aside: it will not be brought in. Errors: records.Stale."""
    IMPORTS.demand("refuse", who, run)
    with transaction.atomic():
        run.change(expected, state="refused", rows=[], answers={}, table={**run.table, "rows": []})
        record(who, "enterprises.refuse_import", run, None, {"file_name": run.file_name, "digest": run.digest})
    return run


def _check(run: ImportRun, expected: int, *, mapping: dict[str, Any], answers: dict[str, str]) -> ImportRun:
    run.mapping, run.answers = mapping, {str(k): str(UUID(v)) if len(v) > 4 else v for k, v in answers.items()}
    known = registry.load()
    found = runs.checked(run, known)
    rows = [runs.as_data(row, known) for row in found.rows]
    counts = {**found.counts, "notes": [[slug, facts] for slug, facts in found.notes]}
    with transaction.atomic():
        return run.change(expected, state="checked", mapping=mapping, answers=run.answers, rows=rows, counts=counts)
