"""One cell to one value: what a person typed becomes what the case wants, or a finding; nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from namsai.findings import Fact, Finding, NamsaiError, error
from namsai.lao.dates import BUDDHIST_FROM, parse_date
from namsai.lao.numbers import parse_number
from namsai.workbook.columns import Column
from namsai.workbook.sheets import FIRST_DAY

Converter = Callable[[Any], Any]

_YES = frozenset({"yes", "true", "1", "y", "x", "ແມ່ນ", "ໃຊ່"})
_NO = frozenset({"no", "false", "0", "n", "ບໍ່", "ບໍ່ແມ່ນ"})
_SHOWN = 60


def shown(value: Any) -> Fact:
    """Return a cell's content short enough for a finding."""
    text = value.isoformat() if isinstance(value, date | datetime | time) else str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def number(value: Any) -> float:
    """Return the number of a cell; digits typed as text are read, what has two readings is asked back."""
    if type(value) is float or type(value) is int:
        return value
    if isinstance(value, str):
        return parse_number(value)
    raise NamsaiError(error("workbook.not-a-number-cell", text=shown(value)))


def whole(value: Any) -> Any:
    """Return the whole number of a cell (a fraction is left for the models to refuse)."""
    found = number(value)
    return int(found) if found.is_integer() else found


def day(value: Any) -> str:
    """Return the ISO date of a cell."""
    early = isinstance(value, date) and (value.date() if isinstance(value, datetime) else value) < FIRST_DAY
    if type(value) is date and not early and value.year < BUDDHIST_FROM:
        return value.isoformat()
    if early or isinstance(value, bool | time | timedelta):
        raise NamsaiError(error("lao.bad-date", text=shown(value)))
    return parse_date(value)


def yes_no(value: Any) -> bool:
    """Return yes or no of a cell."""
    word = key(value).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise NamsaiError(error("workbook.not-yes-no", text=shown(value)))


def plain(value: Any) -> str:
    """Return a cell as text: numbers as typed, days as ISO."""
    if type(value) is str:
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if (value.hour, value.minute, value.second) == (0, 0, 0) else value.isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def key(value: Any) -> str:
    """Return the key of a cell that shows ``label | key``."""
    text = plain(value)
    return text.rsplit(" | ", 1)[-1].strip() if " | " in text else text


def ids(value: Any) -> list[str]:
    """Return the ids of a cell, commas between; a dash is the empty list."""
    text = plain(value).strip()
    if text == "-":
        return []
    return [word for part in text.replace(";", ",").replace("\n", ",").split(",") if (word := part.strip())]


CONVERTERS: dict[str, Converter] = {
    "number": number,
    "whole": whole,
    "date": day,
    "yes_no": yes_no,
    "text": plain,
    "unit": plain,
    "currency": key,
    "id": key,
    "choice": key,
    "ids": ids,
}


def convert(column: Column, value: Any, path: str, findings: list[Finding]) -> Any:
    """Convert one cell; a wrong one is noted under its path and gives None."""
    try:
        return CONVERTERS[column.kind](value)
    except NamsaiError as problem:
        findings += [error(found.code, path, **found.facts) for found in problem.findings]
        return None
