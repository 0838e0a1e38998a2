"""Bring in what a device exported as a file: every change by the same rules as if the device had sent it."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from namsai_centre.fieldwork.actions.keep_photo import BadPhoto, keep_photo
from namsai_centre.fieldwork.actions.receive import Reused, receive
from namsai_centre.fieldwork.models import Visit
from namsai_centre.fieldwork.policies import VISITS
from namsai_centre.fieldwork.told import read
from namsai_centre.files.store import NoRoom
from namsai_centre.who import Who

SCHEMA = "namsai.unsent/1"


class NotAnExport(ValueError):
    """The file is not one a device exported."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one thing in the file: an outcome, else refused, unreadable, reused, bad_photo or no_room."""

    visit: Visit | None
    subject: str
    became: str


def bring(who: Who, content: bytes) -> list[Row]:
    """Take all of a file that may be taken; say of each thing what became of it. Bringing it twice adds nothing."""
    VISITS.demand("bring", who)
    try:
        raw = json.loads(content)
    except (ValueError, RecursionError):
        raise NotAnExport from None
    if not isinstance(raw, dict) or raw.get("schema") != SCHEMA:
        raise NotAnExport
    visits: dict[str, Visit | None] = {}

    def visit_of(one: Any) -> Visit | None:
        key = str(one.get("visit"))[:40]
        if key not in visits:
            try:
                visits[key] = VISITS.find(who, key)
            except Http404:
                visits[key] = None
        return visits[key]

    rows = [_change(who, visit_of(one), one) for one in _list(raw, "changes")]
    return rows + [_photo(who, visit_of(one), one) for one in _list(raw, "photos")]


def _list(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = raw.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _change(who: Who, visit: Visit | None, one: dict[str, Any]) -> Row:
    subject = str(one.get("subject"))[:160]
    if visit is None or not VISITS.allows("record", who, visit):
        return Row(None, subject, "refused")
    told, _ = read(one.get("entry"), one)
    if told is None:
        return Row(visit, subject, "unreadable")
    try:
        change, _ = receive(who, visit, told)
    except Reused:
        return Row(visit, subject, "reused")
    return Row(visit, subject, change.outcome)


def _photo(who: Who, visit: Visit | None, one: dict[str, Any]) -> Row:
    subject = str(one.get("subject"))[:160]
    if visit is None or not VISITS.allows("record", who, visit):
        return Row(None, subject, "refused")
    try:
        content = base64.b64decode(str(one.get("data")), validate=True)
        keep_photo(
            who, visit, str(one.get("digest")), content, subject=subject, device_time=str(one.get("device_time") or "")
        )
    except (BadPhoto, binascii.Error):
        return Row(visit, subject, "bad_photo")
    except NoRoom:
        return Row(visit, subject, "no_room")
    return Row(visit, subject, "photo")
