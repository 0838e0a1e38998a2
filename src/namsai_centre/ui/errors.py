"""The pages for what went wrong: each says what, and what to do. No trace reaches a reader."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from namsai_centre.audit.differences import differences
from namsai_centre.audit.models import Entry
from namsai_centre.audit.policies import ENTRIES
from namsai_centre.audit.queries import told as told_of
from namsai_centre.records import Stale, snapshot
from namsai_centre.rights import who_of
from namsai_centre.ui.words import say


def _page(request: HttpRequest, status: int, key: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        told = {"type": "about:blank", "title": say(f"ui.{key}"), "status": status, "detail": say(f"ui.{key}_do")}
        told |= {"instance": request.path, "findings": []}
        return JsonResponse(told, status=status, content_type="application/problem+json")
    return render(
        request, "ui/problem.html", {"status": status, "title": f"ui.{key}", "text": f"ui.{key}_do"}, status=status
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(request, 400, "bad_request")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(request, 403, "forbidden")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form is too old or came from elsewhere."""
    return _page(request, 403, "csrf")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _page(request, 404, "not_found")


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(request, 500, "broken")


def stale(request: HttpRequest, problem: Stale, room: str) -> HttpResponse:
    """409: somebody else saved meanwhile; show who, and field by field what stands there and what was wanted."""
    record = problem.current
    now, kind = snapshot(record), record._meta.label_lower
    wanted = {_column(record, name): _ready(value) for name, value in problem.changes.items()}
    there = {name: now.get(name) for name in wanted}
    compared = differences(Entry(kind=kind, action=f"{room}.stale", before=there, after=wanted))
    facts = {
        "rows": [row for row in compared if row.before != row.after],
        "last": told_of(list(ENTRIES.visible(who_of(request)).filter(kind=kind, subject_id=str(record.pk))[:1])),
        "version": now.get("version"),
        "sent": [(k, v) for k, values in request.POST.lists() if k not in _NOT_AGAIN for v in values],
    }
    return render(request, "ui/stale.html", facts, status=409)


_NOT_AGAIN = frozenset({"version", "once", "csrfmiddlewaretoken"})


def _column(record: Model, name: str) -> str:
    """Return the name under which a snapshot holds a field."""
    try:
        return str(getattr(record._meta.get_field(name), "attname", name))
    except FieldDoesNotExist:
        return name


def _ready(value: Any) -> Any:
    """Return a value as a snapshot holds it."""
    return json.loads(json.dumps(getattr(value, "pk", value), cls=DjangoJSONEncoder, default=str))
