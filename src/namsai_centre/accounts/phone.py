"""Lao phone numbers in one spelling: +856 and the number without its leading 0."""

from __future__ import annotations

import re

from namsai.lao.numbers import western_digits

_LIKE_A_PHONE = re.compile(r"^\+?[\d\s().-]{6,20}$")


def phone_of(text: str) -> str | None:
    """Return the number as +856…; None when the text is no phone number.

    >>> phone_of("020 5555 1234"), phone_of("+856 20 55551234"), phone_of("໐໒໐ 5555 1234"), phone_of("a@b.la")
    ('+8562055551234', '+8562055551234', '+8562055551234', None)
    """
    plain = western_digits(text).strip()
    if not _LIKE_A_PHONE.match(plain):
        return None
    digits = re.sub(r"\D", "", plain)
    if plain.startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if digits.startswith("856") and len(digits) >= 11:
        return f"+{digits}"
    return f"+856{digits.removeprefix('0')}"
