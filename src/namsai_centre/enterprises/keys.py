"""Keys of names: to search with, and to tell names that look the same to the eye."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from namsai.lao.normalise import search_key

_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_LAO = re.compile("[\u0e80-\u0eff]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
# Letters of other scripts that look like Latin ones (capitals are folded first), and digits like letters.
_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456\u0458\u0455\u0501\u051b\u051d\u043a\u043c\u0442\u0432\u043d"
    "\u03b1\u03bf\u03c1\u03bd\u03b9\u03ba\u03c4\u03c5\u03c7\u03b5\u03b7\u0131\u0261\u217c01|",
    "aeopcxyijsdqwkmtbhaopviktuxenigl" + "oll",
)


def folded(text: str) -> str:
    """Return the text as it is searched: Lao spellings and digits as one, Latin letters small and without accents.

    >>> folded("Phôngsali  ຫຼວງ") == folded("phongsali ຫລວງ")
    True
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = _LATIN_MARKS.sub("", unicodedata.normalize("NFD", search_key(_INVISIBLE.sub("", text))))
    return search_key(plain)


def search_text(names: Iterable[str], numbers: Iterable[str] = ()) -> str:
    """Return the text an enterprise is found by: each name, each name without spaces, each number also as bare digits.

    >>> search_text(["ໂຮງງານ ນ້ຳ"], ["01-00 7"])
    'ໂຮງງານ ນ້ຳ|ໂຮງງານນ້ຳ|01-00 7|01007'
    """
    parts: list[str] = []
    for text in (*names, *numbers):
        key = folded(text).replace("|", " ")
        for one in (key, re.sub(r"[\s\-./]", "", key)):
            if one and one not in parts:
                parts.append(one)
    return "|".join(parts)


def looks(name: str) -> str:
    """Return what a name looks like: letters of other scripts as their Latin twins, no spaces, no punctuation.

    >>> looks("V\u0456entiane B\u0435er Co., Ltd.") == looks("Vientiane Beer Co Ltd")
    True
    """
    key = folded(name).translate(_LOOKALIKES)
    return "".join(c for c in key if unicodedata.category(c)[0] in "LMN")[:200]


def trigrams(text: str) -> set[str]:
    """Return the runs of three characters of each word of a folded text.

    A Latin word counts two blanks before and one after it; a Lao one none (written without spaces, it has no edges).

    >>> sorted(trigrams("ab ນ້ຳ"))
    ['  a', ' ab', 'ab ', 'ນ້ຳ']
    """
    found: set[str] = set()
    for word in re.split(r"[\s|]+", text):
        if word:
            padded = word if _LAO.search(word) else f"  {word} "
            if len(padded) < 3:
                found.add(padded)
            found.update(padded[i : i + 3] for i in range(len(padded) - 2))
    return found


def likeness(wanted: str, text: str) -> float:
    """Return how much of the wanted (folded) text is in the other: share of its trigrams, 0 to 1.

    >>> likeness("vientian", "vientiane garment") > 0.8
    True
    """
    mine = trigrams(wanted)
    return len(mine & trigrams(text)) / len(mine) if mine else 0.0
