"""The centre's one clock: now in UTC, today in Vientiane (tests put another one in its place)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return the moment, with its zone (UTC)."""
    return timezone.now()


def today() -> date:
    """Return the day in Vientiane."""
    return timezone.localdate(now())
