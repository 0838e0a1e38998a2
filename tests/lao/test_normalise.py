"""One spelling for text that looks the same, and keys to search with."""

import unicodedata
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namsai.lao.normalise import normalise, search_key

LAO = st.text(alphabet=[chr(c) for c in range(0x0E81, 0x0EDE) if unicodedata.category(chr(c)) != "Cn"] + [" ", "a"])
WATER = "\u0e99\u0ec9\u0eb3"


@pytest.mark.parametrize(
    "typed", ["\u0e99\u0ec9\u0eb3", "\u0e99\u0ecd\u0ec9\u0eb2", "\u0e99\u0ec9\u0ecd\u0eb2", "\u0e99\u0eb3\u0ec9"]
)
def test_water_typed_in_every_way_is_one_word(typed: str) -> None:
    assert normalise(typed) == WATER
    assert search_key(typed) == search_key(WATER)


def test_nfc_alone_does_not_do_it() -> None:
    assert (
        len({unicodedata.normalize("NFC", w) for w in (WATER, "\u0e99\u0ecd\u0ec9\u0eb2", "\u0e99\u0ec9\u0ecd\u0eb2")})
        > 1
    )


def test_tone_and_vowel_sign_in_either_order() -> None:
    assert normalise("\u0e81\u0ec9\u0eb4") == normalise("\u0e81\u0eb4\u0ec9") == "\u0e81\u0eb4\u0ec9"


def test_two_e_are_one_ae() -> None:
    assert normalise("ເເກ້ວ") == "ແກ້ວ"


@pytest.mark.parametrize(("one", "other"), [("ໜ້າ", "ຫນ້າ"), ("ໝາ", "ຫມາ"), ("ຫຼວງ", "ຫລວງ"), ("ໂຮງງານ ໑", "ໂຮງງານ  1")])
def test_search_finds_both_spellings(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


def test_search_ignores_what_cannot_be_seen() -> None:
    assert search_key("ນ\u200bຳ\ufeff") == search_key("ນຳ")


def test_different_words_stay_different() -> None:
    words = ["ມາ", "ໝາ", "ມ້າ", "ໜ້າ", "ນາ", "ນ້ຳ", "ນຳ", "ລາວ", "ຫຼາວ"]
    assert len({search_key(w) for w in words}) == len(words)


@given(LAO)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert search_key(search_key(text)) == search_key(text)


@given(st.sampled_from("ກຂຄງຈສຊຍດຕຖທນ"), st.sampled_from("\u0ec8\u0ec9\u0eca\u0ecb"))
def test_all_orders_of_am_and_tone_agree(consonant: str, tone: str) -> None:
    typed = [
        "".join(marks)
        for marks in permutations(("\u0ecd", tone, "\u0eb2"))
        if marks.index("\u0ecd") < marks.index("\u0eb2")
    ]
    readable = [t for t in typed if not t.endswith(tone)]  # a tone after the vowel sign AA is no Lao
    assert len({normalise(consonant + t) for t in readable}) == 1
