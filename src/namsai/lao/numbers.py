"""Numbers as people type them in Laos: either digits, 1.234,5 or 1,234.5; two readings are asked back."""

from __future__ import annotations

import re
from typing import Literal

from namsai.findings import NamsaiError, error

NumberFormat = Literal["lo", "en"]

_LAO_DIGITS = str.maketrans({0x0ED0 + i: str(i) for i in range(10)} | {0x2212: "-"})
_MONEY = re.compile(r"^(?:₭|LAK|ກີບ|kip)\s*|\s*(?:₭|LAK|ກີບ|kip)$", re.IGNORECASE)
_PLAIN = re.compile(r"\d+")
_SCIENCE = re.compile(r"\d+(?:\.\d+)?[eE][+-]?\d+")
_GROUPED_BY_SPACE = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?=[.,]|$)")


def western_digits(text: str) -> str:
    """Return the text with Lao digits ໐ to ໙ (and the typographic minus) written as Western ones.

    >>> western_digits("໒໐໒໖")
    '2026'
    """
    return text.translate(_LAO_DIGITS)


def _reading(digits: str, group: str, point: str) -> float | None:
    """Read unsigned digits with a given thousands separator and decimal mark; None when they do not fit."""
    whole, mark, rest = digits.partition(point)
    if mark and (not rest.isdigit()):
        return None
    if group in whole:
        first, *others = whole.split(group)
        if not (1 <= len(first) <= 3 and first.isdigit() and first[0] != "0"):
            return None
        if any(len(part) != 3 or not part.isdigit() for part in others):
            return None
        whole = first + "".join(others)
    if not (whole.isdigit() or (not whole and mark)):
        return None
    return float(f"{whole or '0'}.{rest or '0'}")


def parse_number(text: str, format: NumberFormat | None = None) -> float:
    """Read a number typed by a person, or ask back.

    A number with both marks, with several groups, or with a group that is not three digits long has one reading.
    One mark before exactly three digits has two (``1.234`` is 1234 in Lao, 1.234 in English): asked back, unless
    `format` is given.
    A leading zero (``0.234``) cannot be a group. Spaces between groups of three, a kip sign and a minus are accepted;
    a percent sign is not, because 12% may be meant as 12 or 0.12.

    Args: text; format - "lo" (1.234,5), "en" (1,234.5) or None (both). Returns the number [unit of its column].
    Errors: NamsaiError ``lao.ambiguous-number`` (facts lo, en: both readings), ``lao.percent``, ``lao.not-a-number``.

    >>> parse_number("໑.໒໓໔,໕"), parse_number("1,234.5"), parse_number("-12 500 ₭")
    (1234.5, 1234.5, -12500.0)
    >>> parse_number("1.234", "lo"), parse_number("1.234", "en")
    (1234.0, 1.234)
    """
    shown = text.strip()
    left = western_digits(shown)
    if left.endswith("%"):
        raise NamsaiError(error("lao.percent", text=shown))
    left = _MONEY.sub("", left)
    sign = 1.0
    if left[:1] in ("-", "+"):
        sign, left = (-1.0 if left[0] == "-" else 1.0), _MONEY.sub("", left[1:].lstrip())
    grouped = _GROUPED_BY_SPACE.match(left)
    if grouped:
        left = re.sub(r"[ \u00a0\u202f]", "", grouped[0]) + left[grouped.end() :]
        if (left.count(".") + left.count(",")) == 1:  # spaces are the groups, so the one mark is the decimal mark
            left = left.replace(",", ".")
            format = "en"
    if not left.isascii():
        raise NamsaiError(error("lao.not-a-number", text=shown))
    if _PLAIN.fullmatch(left) or _SCIENCE.fullmatch(left):
        return sign * float(left)
    lao = _reading(left, ".", ",") if format != "en" else None
    english = _reading(left, ",", ".") if format != "lo" else None
    if lao is not None and english is not None and lao != english:
        raise NamsaiError(error("lao.ambiguous-number", text=shown, lo=sign * lao, en=sign * english))
    found = lao if lao is not None else english
    if found is None:
        raise NamsaiError(error("lao.not-a-number", text=shown))
    return sign * found
