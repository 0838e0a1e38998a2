"""One spelling for Lao text that looks the same, and keys to search with.

Water is typed three ways (tone + ຳ, tone + ໍ + າ, ໍ + tone + າ); NFC keeps them apart.
Source of the rules: Unicode 15.1, block Lao (U+0E80 to U+0EFF).
"""

from __future__ import annotations

import re
import unicodedata

_TONES = "\u0ec8-\u0ecb"
_AM_LATE = re.compile(f"\u0ecd([{_TONES}]?)\u0eb2")  # nikhahit, tone, sara aa
_AM_BEFORE_TONE = re.compile(f"\u0eb3([{_TONES}])")  # sara am, tone
_MARK_BEFORE_LOW = re.compile(f"([{_TONES}])([\u0eb1\u0eb4-\u0eb9\u0ebb\u0ebc])")  # tone typed before a vowel sign
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_DIGRAPHS = str.maketrans({"ໜ": "ຫນ", "ໝ": "ຫມ", "ຼ": "ລ"})
_DIGITS = str.maketrans({0x0ED0 + i: str(i) for i in range(10)})


def normalise(text: str) -> str:
    """Return the text with one order of marks: vowel sign, tone, ຳ as the single character U+0EB3, ແ as one character.

    Looks the same to a reader; doing it twice changes nothing.

    >>> len({normalise(w) for w in ("\u0e99\u0ec9\u0eb3", "\u0e99\u0ecd\u0ec9\u0eb2", "\u0e99\u0ec9\u0ecd\u0eb2")})
    1
    """
    before = ""
    out = unicodedata.normalize("NFC", text)
    while out != before:
        before = out
        out = _AM_LATE.sub("\\1\u0eb3", out)
        out = _AM_BEFORE_TONE.sub("\\1\u0eb3", out)
        out = _MARK_BEFORE_LOW.sub(r"\2\1", out)
        out = out.replace("\u0ec0\u0ec0", "\u0ec1")
    return out


def search_key(text: str) -> str:
    """Return the key under which a text is searched: normalised, no invisible characters, ໜ ໝ ຫຼ as two letters, Western
    digits, one space between words, lower case.

    >>> search_key("ໜ້າ") == search_key("ຫນ້າ"), search_key("  ຫຼວງ  Phabang ໑")
    (True, 'ຫລວງ phabang 1')
    """
    folded = normalise(_INVISIBLE.sub("", text)).translate(_DIGRAPHS).translate(_DIGITS)
    return " ".join(normalise(folded).casefold().split())
