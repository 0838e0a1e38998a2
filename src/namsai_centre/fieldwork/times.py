"""When something was taken: the device's word beside the server's, and what speaks against it. Nothing is dropped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import formats

NEAR = timedelta(minutes=90)  # a clock this far off is taken as right
OLDEST = timedelta(days=60)  # nobody keeps readings unsent longer than this
_BUDDHIST = 543
_VIENTIANE = timedelta(hours=7)


@dataclass(frozen=True, slots=True)
class Timed:
    """The moment that is proposed (None: nobody knows) and why a person must look at it ("" : it is believed)."""

    at: datetime | None
    mark: str


def read_time(text: str) -> datetime | None:
    """Read a moment with its zone as devices write it; None for anything else (31 April, 29 February of a common year).

    >>> read_time("2026-04-31T08:00:00+07:00") is None
    True
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def as_written(text: str) -> str:
    """Return a device's time as its clock showed it, in the reader's language; what is no time stays as it is."""
    at = read_time(text)
    if at is None:
        return text or "–"
    zone = "" if at.utcoffset() == _VIENTIANE else f" (UTC{at.isoformat()[-6:]})"
    return str(formats.date_format(at, "DATETIME_FORMAT", use_l10n=True)) + zone


def judged(taken: str, sent: str, received: datetime) -> Timed:
    """Judge a device's time by the moment of sending, which both clocks saw.

    Marks: unreadable; buddhist (the year is 543 too high); clock (the device's clock is off: the moment is moved by as
    much); future (taken after it was sent); old (longer ago than anybody keeps readings).
    """
    at, left = read_time(taken), read_time(sent)
    if at is None:
        return Timed(None, "unreadable")
    if left is None:
        return Timed(at, "" if timedelta(0) <= received - at <= OLDEST else "clock")
    off = received - left
    if at > left + timedelta(minutes=5):
        return Timed(None, "future")
    if left - at > OLDEST:
        return Timed(None, "old")
    if abs(off) <= NEAR:
        return Timed(at, "")
    moved = at + off
    return Timed(moved, "buddhist" if left.year - received.year == _BUDDHIST else "clock")
