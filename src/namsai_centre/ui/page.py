"""What surrounds every page: who reads it, in which language, where they can go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from namsai_centre.ui.words import language

# (catalogue key, URL name, roles that find it useful); the rights themselves are in the policies.
PLACES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("ui.nav_home", "home", frozenset()),
    (
        "ui.nav_enterprises",
        "enterprises_browse",
        frozenset({"director", "officer", "expert", "verifier", "owner", "member"}),
    ),
    (
        "ui.nav_engagements",
        "engagements_browse",
        frozenset({"director", "officer", "expert", "verifier", "owner", "member"}),
    ),
    (
        "ui.nav_assessments",
        "assessments_browse",
        frozenset({"director", "officer", "expert", "verifier", "owner", "member"}),
    ),
    ("ui.nav_savings", "savings_browse", frozenset({"director", "officer", "expert", "verifier", "owner", "member"})),
    ("ui.nav_visits", "visits_browse", frozenset({"director", "officer", "expert"})),
    ("ui.nav_knowhow", "knowhow_browse", frozenset()),
    ("ui.nav_clubs", "clubs_browse", frozenset({"director", "officer", "trainer"})),
    ("ui.nav_people", "people_browse", frozenset({"director", "officer", "owner"})),
    ("ui.nav_audit", "audit_browse", frozenset({"director", "officer", "owner"})),
)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Return what base.html needs."""
    who = getattr(request, "who", None)
    roles = who.roles if who else frozenset()
    match = request.resolver_match
    here = (match.url_name or "").split("_")[0] if match else ""
    places = [
        (key, name, name.split("_")[0] == here)
        for key, name, useful in PLACES
        if (not useful or useful & roles) and _there(name)
    ]
    around = {"who": who, "lang": language(), "now": timezone.now()}
    centre = {"phone": settings.CENTRE_PHONE, "mail": settings.CENTRE_MAIL}  # shown under every page, if told
    return around | {"places": places if who and who.known else [], "centre": centre}


def _there(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True
