"""Validity dates written as a year, a month or a day, and whether something is valid on a day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from namsai.findings import NamsaiError, error

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def is_date(text: str) -> bool:
    """Tell whether the text is a year, a month or a day of the calendar (YYYY, YYYY-MM, YYYY-MM-DD).

    >>> is_date("2024-02"), is_date("2023-02-29"), is_date("7/2/2017")
    (True, False, False)
    """
    found = _SHAPE.fullmatch(text)
    if not found:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1024)
def first_day(text: str) -> str:
    """Return the first day of a year, month or day; "" (open) is the beginning of time.

    >>> first_day("2024-10"), first_day("")
    ('2024-10-01', '0000-00-00')
    """
    return text + "0000-01-01"[len(text) :] if text else "0000-00-00"


@lru_cache(maxsize=1024)
def last_day(text: str) -> str:
    """Return the last day of a year, month or day; "" (open) is the end of time.

    >>> last_day("2024-02"), last_day("")
    ('2024-02-29', '9999-99-99')
    """
    if not text:
        return "9999-99-99"
    if len(text) == 4:
        return text + "-12-31"
    if len(text) == 7:
        return f"{text}-{monthrange(int(text[:4]), int(text[5:]))[1]:02d}"
    return text


def valid_on(valid_from: str, valid_to: str, day: str) -> bool:
    """Tell whether a day (YYYY-MM-DD) lies within the validity, both ends included.

    >>> valid_on("2011", "2025-08-31", "2025-08-31"), valid_on("2011", "2025-08-31", "2025-09-01")
    (True, False)
    """
    return first_day(valid_from) <= day <= last_day(valid_to)


def middle(valid_from: str, valid_to: str) -> date:
    """Return the day in the middle of a closed validity.

    >>> middle("2008", "2008-12-31")
    datetime.date(2008, 7, 1)
    """
    a, b = date.fromisoformat(first_day(valid_from)), date.fromisoformat(last_day(valid_to))
    return a + (b - a) / 2


def must_be_day(day: str) -> str:
    """Return the day when it is one (YYYY-MM-DD). Errors: ``knowhow.bad-day``.

    >>> must_be_day("2026-11-24")
    '2026-11-24'
    """
    if len(day) == 10 and is_date(day):
        return day
    raise NamsaiError(error("knowhow.bad-day", value=day))
