"""Text typed in a Lao font from before Unicode looks like Latin garbage: it is found and shown, never imported.

Three kinds. `symbols`: fonts with Lao on the upper codes (Saysettha Lao and other LSWin fonts, Lao 95, Lao 2000).
`keys`: fonts with Lao on the Latin keys (Alice, SengChanh), where ນ້ຳ is ``ohe``; found when a word has punctuation
inside and reads as well-formed Lao on the Lao keyboard. `bytes`: Unicode Lao read with a Western code page.
Words of kind `keys` made of Latin letters only cannot be told from Latin words. Sources: LaoScript 8 list of coding
conventions (laoscript.net); keyboard layout "la" of xkeyboard-config.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LEGACY_FONTS = (
    "saysettha lao",
    "saysettha 95",
    "saysettha 2000",
    "saysettha ls",
    "saysettha web",
    "chanthabouli lao",
    "chanthabouli 95",
    "alice",
    "sengchanh",
    "xayawath",
    "sayawath",
    "lao 95",
    "lao95",
    "lao 2000",
    "lao2000",
    "lswin",
)

_KEYS = dict(
    zip(
        "1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./",
        "ຢຟໂຖຸູຄຕຈຂຊ\u0ecd\u0ebbໄຳພະ\u0eb4\u0eb5ຣນຍບລ\u0eb1ຫກດເ\u0ec9\u0ec8າສວງຜປແອ\u0eb6\u0eb7ທມໃຝ",
        strict=True,
    )
) | {"I": "ຮ", "P": "ຽ", "H": "\u0eca", "J": "\u0ecb", "\\": "ໜ", "|": "ໝ"}
_KEY_TABLE = str.maketrans(_KEYS)
_CONSONANT = "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫໜໝອຮ"
_FINAL = "[ກງຍດນບມວ](?![\u0eb0-\u0ebd\u0ec8-\u0ecd])"
_ONSET = f"(?:ຫ[ງຍນມຣລວ](?=[\u0eb0-\u0ebd\u0ec8-\u0ecd])|[ກຂຄງສຕທປຜພ]ວ(?=[\u0eb1\u0eb2\u0ec8-\u0ecb])|[{_CONSONANT}])"
_TONE = "[\u0ec8-\u0ecb]?"
_SYLLABLE = (
    f"(?:[ເແໂ]{_ONSET}{_TONE}(?:ະ|{_FINAL})?"
    f"|ເ{_ONSET}(?:\u0ebb{_TONE}າ|[\u0eb4-\u0eb7]{_TONE}ອ?{_FINAL}|\u0eb1{_TONE}[ຍຽ]|{_TONE}ຍ|[\u0eb4\u0eb5]{_TONE})"
    f"|[ໄໃ]{_ONSET}{_TONE}"
    f"|{_ONSET}(?:\u0eb1{_TONE}(?:ວະ?|{_FINAL})|\u0ebb{_TONE}(?:ວ|{_FINAL})|[\u0eb4-\u0eb7\u0eb8\u0eb9]{_TONE}(?:{_FINAL})?"
    f"|\u0ecd{_TONE}|{_TONE}(?:ະ|ຳ|າ(?:{_FINAL})?|[ອວຽ]{_FINAL})))"
)
_WELL_FORMED = re.compile(f"(?:{_SYLLABLE})+")
_INNER = re.compile(r"(?<=[a-zA-Z0-9])[\[\];'=\\0-9,./](?=[a-zA-Z0-9\[\];'=])|^[;'\[\]][a-zA-Z]")
_HIGH = (  # the upper half of code page 1252
    "\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
)
_SYMBOL = re.compile("[\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u00bf\u00d7\u00f7\u0192\u2020\u2021\u2030]")
_HIGH_RUN = re.compile(f"[{_HIGH}]{{3,}}")
_HIGH_CHAR = re.compile(f"[{_HIGH}]")
_BYTES = re.compile("(?:\u00e0[\u00ba\u00bb][^\\s]){2,}")


class Legacy(NamedTuple):
    """Text of an old Lao font: `kind` (symbols, keys, bytes) and, where it can be read, what it probably says."""

    kind: str
    reading: str | None


def _reread(text: str) -> str | None:
    """Return Unicode Lao that was read with a Western code page, or None when it cannot be restored whole."""
    for page in ("cp1252", "latin-1"):
        try:
            return text.encode(page).decode("utf-8")
        except UnicodeError:
            continue
    return None


def _on_lao_keys(word: str) -> str | None:
    """Return what the Latin keys of a word are on the Lao keyboard, if that is well-formed Lao."""
    if not all(char in _KEYS for char in word):
        return None
    lao = word.translate(_KEY_TABLE)
    return lao if _WELL_FORMED.fullmatch(lao) else None


def find_legacy(text: str) -> Legacy | None:
    """Tell whether a text was typed in a Lao font from before Unicode, and what it probably says.

    Args: text. Returns Legacy, or None for ordinary text. Never converts: the reading is a proposal to be checked.

    >>> find_legacy(";P'9ao").reading, find_legacy("m³/h at 25 °C"), find_legacy("ວຽງຈັນ")
    ('ວຽງຈັນ', None, None)
    """
    if text.isascii():
        return _legacy_keys(text)
    if _BYTES.search(text):
        return Legacy("bytes", _reread(text))
    if not _HIGH_RUN.search(text):
        return None
    shown = [char for char in text if not char.isspace() and not char.isdigit()]
    high = len(_HIGH_CHAR.findall(text))
    if len(_SYMBOL.findall(text)) >= 2 and high >= 0.5 * len(shown):
        return Legacy("symbols", None)
    return None


def _legacy_keys(text: str) -> Legacy | None:
    """Find words with punctuation inside that are well-formed Lao on the Lao keyboard."""
    if not _INNER.search(text) and not any(_INNER.search(word) for word in text.split()):
        return None
    words = [word for word in text.split() if not (word.startswith("[") and word.endswith("]"))]  # a unit in brackets
    read = [_on_lao_keys(word) for word in words]
    signs = [word for word, lao in zip(words, read, strict=True) if lao and len(word) >= 4 and _INNER.search(word)]
    letters = [word for word in words if any(c.isalpha() for c in word)]
    good = sum(1 for word, lao in zip(words, read, strict=True) if lao and any(c.isalpha() for c in word))
    if not signs or good < 0.6 * len(letters) or not any(sum(c.isalpha() for c in word) >= 2 for word in signs):
        return None
    return Legacy("keys", " ".join(lao or word for word, lao in zip(words, read, strict=True)))


def is_legacy_font(name: str) -> bool:
    """Tell whether a font name of a workbook is a Lao font from before Unicode.

    >>> is_legacy_font("Saysettha Lao"), is_legacy_font("Saysettha OT"), is_legacy_font("alice_5")
    (True, False, True)
    """
    low = name.strip().casefold()
    return any(low == old or low.startswith((old + " ", old + "_")) for old in LEGACY_FONTS)
