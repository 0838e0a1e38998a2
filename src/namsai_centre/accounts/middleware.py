"""Put `request.who` on every request; staff without a second factor are sent to set one up; know the browser."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from namsai_centre import clock
from namsai_centre.accounts import devices
from namsai_centre.accounts.actions.edit import set_language
from namsai_centre.accounts.identity import who_is
from namsai_centre.accounts.policies import asks_second_factor
from namsai_centre.ui.words import say
from namsai_centre.who import nobody

# What somebody without the second factor their roles ask for may use: setting it up, the password, leaving.
FREE = ("/account/", "/language/", "/static/", "/health/")


class WhoMiddleware:
    """Say who is asking."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set `request.who`; in the demo nobody is asked for a second factor."""
        person = request.user if request.user.is_authenticated else None
        who = who_is(person) if person else nobody(clock.today())
        if person and devices.is_over(request, who):
            logout(request)
            messages.warning(request, say("accounts.logged_out_by_time"))
            person, who = None, nobody(clock.today())
        request.who = who  # type: ignore[attr-defined]
        if person is None:
            return self.get_response(request)
        devices.seen(request)
        wall = asks_second_factor(who) and not request.path.startswith(FREE)
        if wall and not is_mfa_enabled(person, [Authenticator.Type.TOTP]):
            if request.path.startswith("/api/"):
                return JsonResponse({"detail": say("accounts.second_factor_first"), "findings": []}, status=403)
            return redirect(reverse("mfa_activate_totp"))
        response = self.get_response(request)
        if request.method == "POST" and request.path == reverse("set_language"):
            set_language(who, person, request.POST.get("language", ""))
        secret = request.path.startswith(("/account/", "/people/"))
        response.setdefault("Cache-Control", "private, no-store" if secret else "private, no-cache")
        return response
