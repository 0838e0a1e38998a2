"""Phone numbers as people read them: the country, then short groups."""

from __future__ import annotations

import re

from namsai_centre.accounts.phone import phone_of

# Country codes of one and of two digits (ITU E.164); all others have three.
_ONE = ("1", "7")
_TWO = frozenset(map(str, (20, 27, *range(30, 35), 36, 39, 40, 41, *range(43, 50), *range(51, 59), *range(60, 67),
                           81, 82, 84, 86, *range(90, 96), 98)))  # fmt: skip


def phone_words(text: str) -> str:
    """Return the number in groups, with its country; what is no phone number stays as it is.

    >>> phone_words("+8562055500111"), phone_words("021 412345"), phone_words("030 9812345")
    ('+856 20 5550 0111', '+856 21 412 345', '+856 30 981 2345')
    >>> phone_words("+66812345678"), phone_words("ask the guard")
    ('+66 812 345 678', 'ask the guard')
    """
    number = phone_of(text)
    if number is None:
        return text
    digits = number[1:]
    if digits.startswith("856") and len(digits) >= 11:
        area, rest = digits[3:5], digits[5:]
        half = len(rest) // 2
        return f"+856 {area} {rest[:half]} {rest[half:]}"
    country = digits[:1] if digits.startswith(_ONE) else digits[:2] if digits[:2] in _TWO else digits[:3]
    return f"+{country} " + " ".join(re.findall(r"\d{3}(?=\d{3})|\d{3,}", digits[len(country) :])) or number
