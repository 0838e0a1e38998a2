"""The browsers somebody is logged in with: noted at the log-in, kept up to date, forgotten at the log-out."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from namsai_centre import clock
from namsai_centre.accounts.models import Device
from namsai_centre.accounts.policies import FACTOR_ROLES
from namsai_centre.who import Who

SEEN = "namsai_seen"
SINCE = "namsai_since"
LONGEST = timedelta(hours=12)  # a log-in of whoever sees many firms ends after a working day, used or not
REMEMBERED = timedelta(weeks=3)  # the browser of a firm, when asked to
_EVERY = timedelta(minutes=10)
_FORGET = timedelta(days=30)  # longer than any session lasts
_NAMES = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
          ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
            ("Linux", "Linux"))  # fmt: skip


def short_name(agent: str) -> str:
    """Return browser and system of a User-Agent in two words; the beginning of it when neither is known.

    >>> short_name("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36")
    'Chrome, Android'
    """
    found = [next((name for mark, name in table if mark in agent), "") for table in (_NAMES, _SYSTEMS)]
    return ", ".join(f for f in found if f) or re.sub(r"\s+", " ", agent)[:60] or "–"


def seen(request: HttpRequest) -> None:
    """Note, at most every ten minutes, that the browser is in use."""
    now = clock.now()
    last = request.session.get(SEEN)
    if last is not None and 0 <= now.timestamp() - last < _EVERY.total_seconds():
        return
    request.session[SEEN] = now.timestamp()
    Device.objects.filter(session_key=request.session.session_key).update(seen_at=now)


def is_over(request: HttpRequest, who: Who) -> bool:
    """Tell whether the log-in is older than the person's roles of today allow."""
    if not who.roles & FACTOR_ROLES:
        return False
    since = float(request.session.get(SINCE, 0))
    return clock.now().timestamp() - since >= LONGEST.total_seconds()


def _logged_in(sender: Any, request: HttpRequest, user: Any, **_: Any) -> None:
    if request.session.session_key is None:
        request.session.create()
    request.session[SEEN] = request.session[SINCE] = clock.now().timestamp()
    Device.objects.filter(person=user, seen_at__lt=clock.now() - _FORGET).delete()
    agent = request.META.get("HTTP_USER_AGENT", "")
    Device.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={"person": user, "browser": short_name(agent), "address": get_client_ip(request) or ""},
    )


def _logged_out(sender: Any, request: HttpRequest, **_: Any) -> None:
    Device.objects.filter(session_key=request.session.session_key).delete()


def connect() -> None:
    """Listen to log-ins and log-outs (called once by the app)."""
    user_logged_in.connect(_logged_in, dispatch_uid="accounts.devices")
    user_logged_out.connect(_logged_out, dispatch_uid="accounts.devices")
