"""The order of the Lao dictionary."""

from hypothesis import given
from hypothesis import strategies as st

from namsai.lao.sort import sort_key

CONSONANTS = "ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ"  # the alphabet as taught


def test_consonants_stand_in_alphabet_order() -> None:
    assert sorted([c + "າ" for c in CONSONANTS], key=sort_key) == [c + "າ" for c in CONSONANTS]


def test_so_sung_does_not_stand_late() -> None:
    assert sorted(["ຊາ", "ສາ", "ຈາ"], key=sort_key) == ["ຈາ", "ສາ", "ຊາ"]
    assert sorted(["ຊາ", "ສາ", "ຈາ"]) != ["ຈາ", "ສາ", "ຊາ"]


def test_a_pre_posed_vowel_follows_its_consonant() -> None:
    words = ["ກາ", "ເກ", "ແກ້ວ", "ໂກ", "ຂາ", "ເຂົ້າ", "ໄຂ່"]
    assert sorted(words, key=sort_key) == words


def test_tones_only_break_ties() -> None:
    assert sorted(["ຂ້າວ", "ຂາ", "ຂ່າ", "ຂ້າ"], key=sort_key) == ["ຂາ", "ຂ່າ", "ຂ້າ", "ຂ້າວ"]


def test_latin_stands_before_lao_whatever_its_case() -> None:
    assert sorted(["ກາ", "beta", "Alpha"], key=sort_key) == ["Alpha", "beta", "ກາ"]


@given(st.lists(st.text(alphabet=CONSONANTS + "ະາິເແໄ່້", max_size=6)))
def test_sorting_is_total_and_stable(words: list[str]) -> None:
    once = sorted(words, key=sort_key)
    assert sorted(once, key=sort_key) == once
