"""Dates as people type them in Laos: ISO or day/month/year; Buddhist and two-digit years are asked back."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from namsai.findings import NamsaiError, error
from namsai.lao.numbers import western_digits

BUDDHIST_FROM = 2400  # years from here on are of the Buddhist era
BUDDHIST_OFFSET = 543
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_EXCEL_DAY_0 = date(1899, 12, 30)
_SERIALS = (20_000, 80_000)  # 1954 to 2119: a bare year (2026) is never taken for a day number


def is_buddhist_year(year: int) -> bool:
    """Tell whether a year can only be of the Buddhist era.

    >>> is_buddhist_year(2569), is_buddhist_year(2026)
    (True, False)
    """
    return year >= BUDDHIST_FROM


def _checked(year: int, month: int, day: int, shown: str) -> str:
    """Return the ISO date of the three numbers, or ask back."""
    if is_buddhist_year(year):
        try:
            proposal = date(year - BUDDHIST_OFFSET, month, day).isoformat()
        except ValueError:
            raise NamsaiError(error("lao.bad-date", text=shown)) from None
        raise NamsaiError(error("lao.buddhist-date", text=shown, proposal=proposal))
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise NamsaiError(error("lao.bad-date", text=shown)) from None


def parse_date(value: str | float | date | datetime) -> str:
    """Read a date and return it as ISO text (YYYY-MM-DD), or ask back.

    Accepted: ISO, day/month/year with / . or - (Lao or Western digits), Excel dates, day numbers 20000 to 80000.
    A year from 2400 on is of the Buddhist era (year - 543): it is proposed, never converted silently.

    Args: value. Returns ISO text. Errors: NamsaiError ``lao.buddhist-date`` and ``lao.two-digit-year`` (fact proposal),
    ``lao.bad-date``.

    >>> parse_date("24/11/2026"), parse_date("໒໔/໑໑/໒໐໒໖"), parse_date(46350)
    ('2026-11-24', '2026-11-24', '2026-11-24')
    """
    if isinstance(value, datetime):
        if (value.hour, value.minute, value.second, value.microsecond) != (0, 0, 0, 0):
            raise NamsaiError(error("lao.bad-date", text=value.isoformat(sep=" ")))
        return _checked(value.year, value.month, value.day, value.date().isoformat())
    if isinstance(value, date):
        return _checked(value.year, value.month, value.day, value.isoformat())
    if isinstance(value, int | float):
        if not (_SERIALS[0] <= value <= _SERIALS[1] and float(value).is_integer()):
            raise NamsaiError(error("lao.bad-date", text=f"{value:g}"))
        return (_EXCEL_DAY_0 + timedelta(days=int(value))).isoformat()
    shown = value.strip()
    plain = western_digits(shown)
    if found := _ISO.fullmatch(plain):
        return _checked(int(found[1]), int(found[2]), int(found[3]), shown)
    found = _DAY_FIRST.fullmatch(plain)
    if found is None:
        raise NamsaiError(error("lao.bad-date", text=shown))
    day, month, year = int(found[1]), int(found[2]), found[3]
    if len(year) == 2:
        proposal = _checked(2000 + int(year), month, day, shown)
        raise NamsaiError(error("lao.two-digit-year", text=shown, proposal=proposal))
    return _checked(int(year), month, day, shown)
