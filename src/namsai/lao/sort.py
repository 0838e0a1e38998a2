"""The order of the Lao dictionary: consonant before its pre-posed vowel, alphabet order, tones only to break a tie."""

from __future__ import annotations

import re

from namsai.lao.normalise import normalise

_CONSONANTS = "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫໜໝອຮ"
_VOWELS = "ະັາຳິີຶືຸູົຼຽເແໂໃໄ"
_RANK = {letter: 0x0E80 + place for place, letter in enumerate(_CONSONANTS + _VOWELS)}
_PREPOSED = re.compile("([ເແໂໃໄ])([ກ-ຮໜໝ])")
_TONES = re.compile("[\u0ec8-\u0ecd]")


def sort_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...], str]:
    """Return the key that puts Lao words in dictionary order (Latin text first, by code point without case).

    Three levels: letters without tones, tones, the text itself. Equal to ICU on a list of words but for the place of ຳ.

    Args: text. Returns a tuple to be compared.

    >>> sorted(["ຂາຍ", "ແກ້ວ", "ກາ", "ເຂົ້າ", "ກໍ"], key=sort_key)
    ['ກໍ', 'ກາ', 'ແກ້ວ', 'ຂາຍ', 'ເຂົ້າ']
    """
    plain = normalise(text).casefold()
    swapped = _PREPOSED.sub(r"\2\1", plain)
    letters = tuple(_RANK.get(char, ord(char)) for char in _TONES.sub("", swapped))
    tones = tuple(ord(char) for char in _TONES.findall(swapped))
    return letters, tones, text
