"""The pages for what went wrong: each says what, and what to do. No trace reaches a reader."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from namsai_centre.records import Stale, snapshot
from namsai_centre.ui.words import say


def _page(request: HttpRequest, status: int, key: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": say(f"ui.{key}"), "findings": []}, status=status)
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
    """409: somebody else saved meanwhile; show field by field what stands there and what was wanted."""
    current = snapshot(problem.current)
    rows: list[tuple[str, Any, Any]] = []
    for name, wanted in problem.changes.items():
        there = current.get(name, current.get(f"{name}_id"))
        if str(there if there is not None else "") != str(getattr(wanted, "pk", wanted) if wanted is not None else ""):
            related = problem.current._meta.get_field(name).is_relation
            rows.append((f"{room}.{name}", getattr(problem.current, name) if related else there, wanted))
    facts = {
        "rows": rows,
        "version": current.get("version"),
        "sent": [(k, v) for k, v in request.POST.items() if k != "version"],
    }
    return render(request, "ui/stale.html", facts, status=409)
