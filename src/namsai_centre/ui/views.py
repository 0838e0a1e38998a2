"""The first page, and whether everything works."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from namsai_centre.rights import open_to_all, who_of
from namsai_centre.ui.health import health as parts
from namsai_centre.ui.home import home_of


@open_to_all("what Namsai is, and the log-in; who is logged in gets their own work")
def home(request: HttpRequest) -> HttpResponse:
    """Show strangers what this is, others what waits for them."""
    who = who_of(request)
    if not who.known:
        return render(request, "ui/welcome.html")
    return render(request, "ui/home.html", {"home": home_of(who)})


@open_to_all("for the machine that watches the centre; tells no content")
def health(request: HttpRequest) -> HttpResponse:
    """Say whether database, cache, disk and jobs work; 503 when one does not."""
    state = parts()
    well = set(state.values()) == {"ok"}
    return JsonResponse({"status": "ok" if well else "failed", **state}, status=200 if well else 503)
