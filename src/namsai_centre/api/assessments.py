"""Assessments and the versions of their case."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from ninja import File, Query
from ninja.files import UploadedFile
from ninja.responses import Status

from namsai_centre.api.asked import Paged, checked, part, sent
from namsai_centre.api.problems import FindingOut, Wrong, found, of_data, of_finding
from namsai_centre.api.room import Room, file_of
from namsai_centre.api.schemas.assessments import (
    AssessmentAsked,
    AssessmentIn,
    AssessmentLine,
    CaseIn,
    CaseSaved,
    UploadOut,
    VersionLine,
    VersionOut,
)
from namsai_centre.api.schemas.common import ListOf
from namsai_centre.assessments import queries
from namsai_centre.assessments.actions.save import restore as restore_it
from namsai_centre.assessments.actions.save import take_over
from namsai_centre.assessments.actions.start import base_of, start
from namsai_centre.assessments.actions.upload import receive
from namsai_centre.assessments.differences import differences
from namsai_centre.assessments.forms import NewForm
from namsai_centre.assessments.incoming import Incoming, read
from namsai_centre.assessments.judge import judged
from namsai_centre.assessments.outgoing import canonical
from namsai_centre.assessments.policies import ASSESSMENTS, UPLOADS
from namsai_centre.assessments.views_form import form as form_page
from namsai_centre.rights import who_of
from namsai_centre.who import Who

room = Room("assessments")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def whole(who: Who, assessment: Any) -> Any:
    """Return an assessment as a row of the list."""
    return queries.for_list(ASSESSMENTS.visible(who)).get(pk=assessment.pk)


@room.get("/", ASSESSMENTS, "browse", gives=ListOf[AssessmentLine])
def browse(request: Any, asked: Query[AssessmentAsked]) -> Any:
    """List the assessments one may see, those changed last first."""
    return part(queries.for_list(ASSESSMENTS.visible(who_of(request)), asked.q, asked.state), asked)


@room.post("/", ASSESSMENTS, "make", gives=AssessmentLine, status=201, made=ASSESSMENTS, shown=whole)
def make(request: Any, body: AssessmentIn) -> Any:
    """Make an assessment in an engagement."""
    return _make(request, body, None)


@room.get("/{uuid:pk}/", ASSESSMENTS, "see", "pk", gives=AssessmentLine)
def see(request: Any, assessment: Any) -> Any:
    """Show one assessment."""
    return whole(who_of(request), assessment)


@room.put("/{uuid:pk}/", ASSESSMENTS, "browse", gives=AssessmentLine)
def put(request: Any, pk: UUID, body: AssessmentIn) -> Any:
    """Make an assessment under an id of the client's own; the same again changes nothing."""
    who = who_of(request)
    there = ASSESSMENTS.visible(who).filter(pk=pk).first()
    if there is None:
        if not ASSESSMENTS.allows("make", who):
            raise Http404
        return Status(201, whole(who, _make(request, body, pk)))
    if (there.engagement_id, there.title) != (body.engagement, body.title):
        raise Wrong([found("api.id_taken", "id")], 409)
    return whole(who, there)


@room.get("/{uuid:pk}/versions/", ASSESSMENTS, "see", "pk", gives=ListOf[VersionLine])
def versions(request: Any, assessment: Any, asked: Query[Paged]) -> Any:
    """List the versions of the case, newest first."""
    return part(queries.versions_of(assessment), asked)


@room.get("/{uuid:pk}/versions/{int:number}/", ASSESSMENTS, "see", "pk", gives=VersionOut)
def version(request: Any, assessment: Any, number: int) -> Any:
    """Show a version with its document."""
    return queries.version(assessment, number)


@room.post("/{uuid:pk}/versions/{int:number}/restore/", ASSESSMENTS, "edit", "pk", gives=CaseSaved)
def restore(request: Any, assessment: Any, number: int) -> Any:
    """Make an older version the newest again (as a new version)."""
    made = restore_it(who_of(request), assessment, queries.version(assessment, number))
    return saved(assessment, made is not None)


@room.get("/{uuid:pk}/findings/", ASSESSMENTS, "see", "pk", gives=list[FindingOut])
def findings(request: Any, assessment: Any) -> Any:
    """List everything found in the newest version."""
    newest = queries.latest(assessment)
    return [of_finding(f) for f in judged(newest).findings] if newest else []


@room.post("/{uuid:pk}/case/", ASSESSMENTS, "edit", "pk", gives=CaseSaved)
def save(request: Any, assessment: Any, body: CaseIn) -> Any:
    """Save a case document as the newest version; what is wrong in it is told and stays as it was sent."""
    who, newest = who_of(request), queries.latest(assessment)
    if newest is not None and newest.number != body.base:
        raise Wrong([found("api.stale", "base", version=newest.number)], 409)
    upload = receive(who, assessment, _read_json(body.document), name="api")
    made = take_over(who, upload) if upload else None
    return saved(assessment, made is not None)


@room.get("/{uuid:pk}/form.xlsx", ASSESSMENTS, "see", "pk", extra=file_of(XLSX))
def form(request: Any, assessment: Any) -> HttpResponseBase:
    """Give the Excel form filled with the newest version."""
    return form_page.__wrapped__(request, assessment)  # type: ignore[attr-defined,no-any-return]


def _upload(who: Who, kept: Any) -> dict[str, Any]:
    newest = queries.latest(kept.assessment)
    changes = differences(canonical(newest.document if newest else {}), canonical(kept.document), "en")
    own = {n: getattr(kept, n) for n in ("id", "base", "name")}
    return own | {"changes": len(changes), "findings": [of_data(f) for f in kept.findings]}


@room.post("/{uuid:pk}/uploads/", ASSESSMENTS, "edit", "pk", gives=UploadOut, status=201, made=UPLOADS, shown=_upload)
def upload(request: Any, assessment: Any, file: File[UploadedFile]) -> Any:
    """Bring a filled form (or case file) back; it is kept until somebody takes it over."""
    file.seek(0)
    incoming = read(file.read())
    if incoming.document is None:
        raise Wrong(of_finding(f) for f in incoming.findings)
    kept = receive(who_of(request), assessment, incoming, name=file.name or "")
    if kept is None:
        raise Wrong([found("api.same_case", "file")])
    return kept


@room.post("/uploads/{uuid:pk}/take/", UPLOADS, "take", "pk", gives=CaseSaved)
def take(request: Any, kept: Any) -> Any:
    """Take a form over that was brought back."""
    made = take_over(who_of(request), kept)
    return saved(kept.assessment, made is not None)


def saved(assessment: Any, changed: bool) -> dict[str, Any]:
    """Return the newest version after saving, and everything found in it."""
    newest = queries.latest(assessment)
    assert newest is not None
    told = [of_finding(f) for f in judged(newest).findings]
    return {"number": newest.number, "complete": newest.complete, "changed": changed, "findings": told}


def _read_json(document: dict[str, Any]) -> Incoming:
    incoming = read(json.dumps(document).encode())
    if incoming.document is None:
        raise Wrong(of_finding(f) for f in incoming.findings)
    return incoming


def _make(request: Any, body: AssessmentIn, pk: UUID | None) -> Any:
    who = who_of(request)
    data = checked(lambda: NewForm(sent(body.model_dump(exclude={"document"})), who=who))
    document, origin = None, "start"
    if body.document is not None:
        if data["earlier"]:
            raise Wrong([found("assessments.one_beginning", "earlier")])
        document, origin = _read_json(body.document).document, "api"
    elif data["earlier"]:
        last = queries.latest(data["earlier"])
        document = base_of(last.document, data["engagement"].enterprise, data["title"]) if last else None
    names = ("title", "sector")
    return start(who, data["engagement"], document=document, origin=origin, id=pk, **{n: data[n] for n in names})
