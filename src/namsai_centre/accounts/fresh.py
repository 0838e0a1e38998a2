"""Grave steps (roles, exports of everything, tokens) ask for the password again when the last proof is old."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from namsai_centre.ui.words import say


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the person proved who they are (log-in, password or code) in the last 15 minutes of this session."""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    last = max((r.get("at", 0.0) for r in records), default=0.0)
    return bool(0 <= time.time() - last < app_settings.REAUTHENTICATION_TIMEOUT)


def reauthenticated(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let the view be used only after a fresh proof; put it under `guard`, over the view.

    Else the person is led to `account_reauthenticate` and comes back to the page. A form is asked for the proof when it
    is opened, so what was typed is lost only after more than 15 minutes on the page; then a message says so.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            messages.warning(request, say("accounts.again_resend"))
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")

    return wrapped
