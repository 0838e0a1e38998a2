"""What a phone takes along and sends. Rights are asked each time; every sending may be repeated."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.views.decorators.http import require_http_methods

from namsai_centre import clock
from namsai_centre.fieldwork import queries
from namsai_centre.fieldwork.actions.keep_photo import MOST_BYTES, BadPhoto, keep_photo
from namsai_centre.fieldwork.actions.receive import Reused, receive
from namsai_centre.fieldwork.pack import entry_data, firm_names, pack
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.fieldwork.told import read
from namsai_centre.files.store import NoRoom
from namsai_centre.rights import for_known, guard, who_of


@for_known
def state(request: HttpRequest) -> HttpResponse:
    """Say who is logged in, the time, the key for sending, and which visits may be taken along."""
    who = who_of(request)
    found = queries.coming(who) if VISITS.allows("browse", who) else []
    visits = [
        {
            "id": str(v.pk), "version": v.version, "on": v.on.isoformat(), "title": v.title,
            "firm": firm_names(v.engagement.enterprise),
        }
        for v in found
    ]  # fmt: skip
    person = {"id": str(who.person_id), "name": who.name}
    answer = JsonResponse(
        {"person": person, "now": clock.now().isoformat(), "csrf": get_token(request), "visits": visits}
    )
    answer["Cache-Control"] = "no-store"
    return answer


@guard(VISITS, "see", "pk")
def pack_file(request: HttpRequest, visit: Any) -> HttpResponse:
    """Everything a phone needs for one visit."""
    answer = JsonResponse(pack(who_of(request), visit), json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "no-store"
    return answer


@guard(VISITS, "record", "pk")
@require_http_methods(["PUT"])
def send(request: HttpRequest, visit: Any, entry: UUID) -> HttpResponse:
    """Take one change of one entry: 200 with the entry as it stands, 202 held, 409 id used before, 422 not readable."""
    try:
        raw = json.loads(request.body)
    except (ValueError, RecursionError):
        return JsonResponse({"wrong": ["json"]}, status=422)
    told, wrong = read(entry, raw)
    if told is None:
        return JsonResponse({"wrong": wrong}, status=422)
    try:
        change, found = receive(who_of(request), visit, told)
    except Reused:
        return JsonResponse({"wrong": ["reused"]}, status=409)
    said = {"outcome": change.outcome, "clash": list(change.clash), "entry": entry_data(found) if found else None}
    return JsonResponse(said, status=202 if change.outcome == "held" else 200)


@guard(VISITS, "record", "pk")
@require_http_methods(["GET", "HEAD", "PUT"])
def photo(request: HttpRequest, visit: Any, digest: str) -> HttpResponseBase:
    """Take a photo (PUT, its address is the hash), or show one."""
    if request.method == "PUT":
        if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
            return JsonResponse({"wrong": ["too_large"]}, status=413)
        subject, at = (request.headers.get(f"X-{name}", "") for name in ("Subject", "Device-Time"))
        try:
            keep_photo(who_of(request), visit, digest, request.body, subject=subject, device_time=at)
        except BadPhoto as bad:
            return JsonResponse({"wrong": [bad.why]}, status=422)
        except NoRoom:
            return JsonResponse({"wrong": ["no_room"]}, status=507)
        return JsonResponse({"outcome": "kept"})
    found = queries.photo_of(visit, digest)
    try:
        stream = found.file.open("rb")
    except OSError:
        raise Http404 from None
    answer = FileResponse(stream, content_type=f"image/{found.kind}")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
