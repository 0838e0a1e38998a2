"""Duplicates, joining two records and taking them apart, and lists brought in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import File, Query
from ninja.files import UploadedFile

from namsai_centre.api.asked import Paged, checked, expected, part, sent
from namsai_centre.api.assessments import XLSX
from namsai_centre.api.problems import Wrong, found
from namsai_centre.api.room import Room, file_of
from namsai_centre.api.schemas.common import ListOf, Versioned
from namsai_centre.api.schemas.joining import (
    AnswersIn,
    ColumnsIn,
    ImportLine,
    ImportOut,
    Looked,
    MergeIn,
    MergeOut,
    NotSameIn,
    PairOut,
    PairsAsked,
    Preview,
    UndoIn,
)
from namsai_centre.assessments.views_results import attachment
from namsai_centre.enterprises import joining as rules
from namsai_centre.enterprises import queries_bring, queries_join
from namsai_centre.enterprises.actions import check_import
from namsai_centre.enterprises.actions.apply_import import apply_import
from namsai_centre.enterprises.actions.find_duplicates import find_duplicates
from namsai_centre.enterprises.actions.merge import merge as merge_two
from namsai_centre.enterprises.actions.not_same import say_not_same
from namsai_centre.enterprises.actions.undo_merge import undo_merge
from namsai_centre.enterprises.forms_join import NotSameForm, UndoForm, told
from namsai_centre.enterprises.importing.sheets import empty_list, marked_list
from namsai_centre.enterprises.policies import ENTERPRISES, IMPORTS, LOOKALIKES, MERGES
from namsai_centre.rights import who_of

duplicates = Room("duplicates")
merges = Room("merges")
imports = Room("imports")


@duplicates.get("/", ENTERPRISES, "join", gives=ListOf[PairOut])
def pairs(request: Any, asked: Query[PairsAsked]) -> Any:
    """List the pairs that may be one enterprise, most alike first."""
    return part(queries_join.pairs(who_of(request), asked.not_same), asked)


@duplicates.post("/look/", ENTERPRISES, "join", gives=Looked)
def look(request: Any) -> Any:
    """Search the whole registry for pairs."""
    return find_duplicates(who_of(request))


@duplicates.post("/{uuid:pk}/not-same/", LOOKALIKES, "dismiss", "pk", gives=PairOut)
def not_same(request: Any, pair: Any, body: NotSameIn) -> Any:
    """Keep that the two of a pair are not the same, or take it back."""
    version = expected(request, body.version)
    fields = checked(lambda: NotSameForm(sent({"why": body.why})))
    return say_not_same(who_of(request), pair, version, not_same=body.not_same, why=fields["why"])


@merges.get("/", ENTERPRISES, "join", gives=ListOf[MergeOut])
def browse(request: Any, asked: Query[Paged]) -> Any:
    """List what was joined, newest first."""
    return part(queries_join.merges(who_of(request)), asked)


@merges.get("/{uuid:pk}/", MERGES, "see", "pk", gives=MergeOut)
def see(request: Any, done: Any) -> Any:
    """Show a merge."""
    return done


@merges.post("/{uuid:pk}/undo/", MERGES, "undo", "pk", gives=MergeOut)
def undo(request: Any, done: Any, body: UndoIn) -> Any:
    """Take two records apart again, exactly as they were."""
    version = expected(request, body.version)
    fields = checked(lambda: UndoForm(sent(body.wanted())))
    return undo_merge(who_of(request), done, version, reason=fields["reason"])


@merges.get("/of/{uuid:pk}/{uuid:other}/", ENTERPRISES, "merge", "pk", gives=Preview)
def preview(request: Any, kept: Any, other: UUID) -> Any:
    """Show what joining `other` into this record would do."""
    gone = _other(request, kept, other)
    plan = rules.plan(kept, gone)
    choices = [
        {"field": c.name, "kept": _text(c.kept), "gone": _text(c.gone), "fills": c.fills}
        for c in plan.choices
        if c.differs or c.fills
    ]
    moving: dict[str, int] = {}
    for m in plan.moving:
        name = m.link.model._meta.label_lower
        moving[name] = moving.get(name, 0) + len(m.ids)
    against = [told(slug, facts) for slug, facts in plan.against]
    versions = {"kept_version": kept.version, "gone_version": gone.version}
    return versions | {"choices": choices, "moving": moving, "against": against}


@merges.post("/of/{uuid:pk}/{uuid:other}/", ENTERPRISES, "merge", "pk", gives=MergeOut, status=201)
def merge(request: Any, kept: Any, other: UUID, body: MergeIn) -> Any:
    """Join `other` into this record; everything moves, and it can be undone."""
    gone = _other(request, kept, other)
    foreign = [n for n in body.take if n not in rules.FIELDS]
    if foreign:
        raise Wrong(found("api.unknown_field", f"take/{n}") for n in foreign)
    versions = (body.kept_version, body.gone_version)
    return merge_two(who_of(request), kept, gone, versions, take=body.take, reason=body.reason)


@imports.get("/", ENTERPRISES, "bring", gives=ListOf[ImportLine])
def lists(request: Any, asked: Query[Paged]) -> Any:
    """List what was brought in, newest first."""
    return part(queries_bring.runs(who_of(request)), asked)


@imports.get("/list.xlsx", ENTERPRISES, "bring", extra=file_of(XLSX))
def template(request: Any) -> HttpResponse:
    """Give an empty list to be filled."""
    return attachment(empty_list(), XLSX, "namsai-enterprises.xlsx")


@imports.post("/", ENTERPRISES, "bring", gives=ImportOut, status=201)
def bring(request: Any, file: File[UploadedFile]) -> Any:
    """Take a list in (Excel or CSV); the same file again gives the earlier one. Nothing of the registry changes yet."""
    return check_import.upload(who_of(request), file.read(), file.name or "list")[0]


@imports.get("/{uuid:pk}/", IMPORTS, "see", "pk", gives=ImportOut)
def see_import(request: Any, run: Any) -> Any:
    """Show what a list would do (or did), row by row."""
    return run


@imports.post("/{uuid:pk}/columns/", IMPORTS, "set_columns", "pk", gives=ImportOut)
def columns(request: Any, run: Any, body: ColumnsIn) -> Any:
    """Say which column is which field; every row is checked."""
    version, count = expected(request, body.version), len(run.table["headers"])
    foreign = [at for at in body.columns if not (at.isascii() and at.isdigit() and len(at) < 6 and int(at) < count)]
    if foreign:
        raise Wrong(found("api.unknown_field", f"columns/{at}") for at in foreign)
    return check_import.set_columns(who_of(request), run, version, columns=body.columns, numbers=body.numbers)


@imports.post("/{uuid:pk}/answers/", IMPORTS, "answer", "pk", gives=ImportOut)
def answers(request: Any, run: Any, body: AnswersIn) -> Any:
    """Say what rows are that may be an enterprise of the registry."""
    version = expected(request, body.version)
    open_rows = {str(r["place"]): {"", "new", "skip", *(n[0] for n in r["near"])} for r in run.rows}
    foreign = [at for at, said in body.answers.items() if said not in open_rows.get(at, ())]
    if foreign:
        raise Wrong(found("api.wrong_value", f"answers/{at}", said=body.answers[at]) for at in foreign)
    return check_import.answer(who_of(request), run, version, answers=body.answers)


@imports.post("/{uuid:pk}/apply/", IMPORTS, "apply", "pk", gives=ImportOut)
def apply(request: Any, run: Any, body: Versioned) -> Any:
    """Bring a checked list in: all of it or nothing."""
    return apply_import(who_of(request), run, expected(request, body.version))


@imports.post("/{uuid:pk}/check/", IMPORTS, "answer", "pk", gives=ImportOut)
def check(request: Any, run: Any, body: Versioned) -> Any:
    """Check every row against the registry as it is now (after `moved`)."""
    return check_import.check_again(who_of(request), run, expected(request, body.version))


@imports.post("/{uuid:pk}/refuse/", IMPORTS, "refuse", "pk", gives=ImportOut)
def refuse(request: Any, run: Any, body: Versioned) -> Any:
    """Set a list aside."""
    return check_import.refuse(who_of(request), run, expected(request, body.version))


@imports.get("/{uuid:pk}/marked.xlsx", IMPORTS, "see", "pk", extra=file_of(XLSX))
def marked(request: Any, run: Any) -> HttpResponse:
    """Give the list back with what is wrong in the first column."""
    return attachment(marked_list(run), XLSX, "list-checked.xlsx")


def _other(request: Any, kept: Any, other: UUID) -> Any:
    who = who_of(request)
    gone = ENTERPRISES.find(who, other)
    if gone.pk == kept.pk or not ENTERPRISES.allows("merge", who, gone):
        raise Http404
    return gone


def _text(value: Any) -> str | None:
    return None if value in (None, "") else str(value)
