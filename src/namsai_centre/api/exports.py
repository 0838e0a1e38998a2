"""Take along everything one may see: no limit of rows, counted at the foot; scope export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Schema

from namsai_centre import clock
from namsai_centre.api import exported
from namsai_centre.api.actions.note_export import note_export
from namsai_centre.api.assessments import XLSX
from namsai_centre.api.exported_kinds import KINDS
from namsai_centre.api.problems import Wrong, found
from namsai_centre.api.room import Room, file_of
from namsai_centre.assessments.views_results import attachment
from namsai_centre.rights import who_of
from namsai_centre.who import Who

room = Room("export")
JSONL, CSV = "application/x-ndjson", "text/csv; charset=utf-8"
FORMS: dict[str, tuple[Callable[[Who, str], Iterator[bytes]], str]] = {
    "jsonl": (exported.as_jsonl, JSONL),
    "csv": (exported.as_csv, CSV),
}


class KindOut(Schema):
    """A kind of record and how many there are for the reader."""

    kind: str
    count: int
    fields: list[str]


@room.get("/", None, gives=list[KindOut], scope="export")
def kinds(request: Any) -> Any:
    """List what can be taken along, with how many there are and the fields of each."""
    who = who_of(request)
    return [
        {"kind": name, "count": exported.count(who, name), "fields": list(kind.names(who))}
        for name, kind in KINDS.items()
    ]


@room.get("/everything.jsonl", None, scope="export", extra=file_of(JSONL))
def everything(request: Any) -> StreamingHttpResponse:
    """Give every record of every kind, one line of JSON each; the last line has the counts."""
    who = who_of(request)
    note_export(who, kind="everything", form="jsonl")
    return _file(exported.everything(who), JSONL, "everything.jsonl")


@room.get("/{slug:kind}.{slug:form}", None, scope="export", extra=file_of(JSONL, CSV, XLSX))
def one_kind(request: Any, kind: str, form: str) -> HttpResponseBase:
    """Give every record of one kind: form jsonl (one line each), csv or xlsx (for spreadsheets)."""
    if kind not in KINDS or form not in (*FORMS, "xlsx"):
        raise Http404
    who = who_of(request)
    if form == "xlsx":
        return _excel(who, kind)
    note_export(who, kind=kind, form=form)
    make, media = FORMS[form]
    return _file(make(who, kind), media, f"{kind}.{form}")


def _excel(who: Who, kind: str) -> HttpResponseBase:
    """Return an Excel file; what it cannot hold is said, never cut."""
    number = exported.count(who, kind)
    if number > exported.MOST_ROWS:
        raise Wrong([found("api.too_many_rows", "form", most=exported.MOST_ROWS, count=number)])
    try:
        content = exported.as_xlsx(who, kind)
    except ValueError:
        raise Wrong([found("api.too_long_for_excel", "form")]) from None
    note_export(who, kind=kind, form="xlsx")
    response = attachment(content, XLSX, f"{clock.today().isoformat()}-{kind}.xlsx")
    response["Cache-Control"] = "private, no-store"
    return response


def _file(lines: Iterator[bytes], media: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{clock.today().isoformat()}-{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
