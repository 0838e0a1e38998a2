"""End sessions: one, all others, or all of a person."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.db import transaction

from namsai_centre.accounts.models import Device, Person
from namsai_centre.accounts.policies import DEVICES
from namsai_centre.audit.record import record
from namsai_centre.who import Who


def end_device(who: Who, device: Device) -> None:
    """End one session of one's own."""
    DEVICES.demand("end", who, device)
    with transaction.atomic():
        record(who, "accounts.end_device", device.person, None, {"browser": device.browser})
        _end(device)


def end_others(who: Who, person: Person, session_key: str | None) -> int:
    """End all sessions of one's own but the present one; return how many."""
    others = DEVICES.visible(who).exclude(session_key=session_key or "")
    with transaction.atomic():
        count = 0
        for device in others:
            _end(device)
            count += 1
        if count:
            record(who, "accounts.end_device", person, None, {"ended": count})
    return count


def end_all(person: Person, but: str = "") -> None:
    """End the sessions of a person (part of closing, of a new password and of a new second factor)."""
    for device in person.devices.exclude(session_key=but):
        _end(device)


def _end(device: Device) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    store(device.session_key).delete()
    device.delete()
