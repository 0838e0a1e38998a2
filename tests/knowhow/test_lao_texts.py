"""The Lao of the cards: every option has it, with the numbers of the English, without words in another script."""

import re
from collections.abc import Iterator

import pytest

from namsai.knowhow import load
from namsai.lao.normalise import normalise

KNOWHOW = load()
ADDED = {"c", "co", "kmno", "uf", "gwp"}  # °C for K, and four short names the English writes in words


def texts() -> Iterator[tuple[str, str, str]]:
    """Name, English and Lao of every text that a card shows; "None" in English says there is nothing to say."""
    for o in KNOWHOW.options:
        card = KNOWHOW.cards[o.id]
        basis = KNOWHOW.label("saving_basis", o.saving_basis, "lo")
        yield f"{o.id} title", o.title_en, o.title_lo
        yield f"{o.id} why", o.mechanism, card.why_lo
        yield f"{o.id} needs", o.prerequisites, card.needs_lo
        yield f"{o.id} costs", o.tradeoffs, card.costs_lo
        yield f"{o.id} saving of", o.saving_basis, basis
        yield f"{o.id} not when", card.not_when_en, card.not_when_lo
        yield f"{o.id} mistakes", card.mistakes_en, card.mistakes_lo


TEXTS = [(name, "" if en in ("None", "-") else en, lo) for name, en, lo in texts()]


def numbers(text: str, lao: bool) -> list[float]:
    """Numbers in order of size; a digit inside a name or unit (CO2, R410A, m3) is none."""
    plain = re.sub(r"[A-Za-z]+\d[\dA-Za-z]*", "", text.replace("5S", "5"))
    plain = re.sub(r"(\d)k\b", r"\g<1>000", plain)
    found = re.findall(r"\d[\d.,]*\d|\d", plain)
    return sorted(float(n.replace(".", "").replace(",", ".") if lao else n.replace(",", "")) for n in found)


def test_every_text_of_a_card_is_in_lao_where_there_is_one_in_english() -> None:
    assert [name for name, en, lo in TEXTS if bool(en) != bool(re.search("[\u0e80-\u0eff]", lo))] == []


def test_lao_says_the_numbers_of_the_english_in_the_lao_way_of_writing() -> None:
    assert [(name, en, lo) for name, en, lo in TEXTS if numbers(en, lao=False) != numbers(lo, lao=True)] == []


def test_lao_has_no_english_words_but_names_and_units() -> None:
    def words(text: str) -> set[str]:
        return {w.casefold() for w in re.findall("[A-Za-z]+", text)}

    assert [(name, words(lo) - words(en)) for name, en, lo in TEXTS if words(lo) - words(en) - ADDED] == []
    plain = re.compile(r"\b(?:the|of|and|for|with|less|fuel|water|heat|steam|power)\b")
    assert [name for name, _, lo in TEXTS if plain.search(lo)] == []


def test_lao_is_written_in_one_order_without_invisible_or_thai_characters() -> None:
    odd = re.compile("[\u0e00-\u0e7f\u200b-\u200f\u2060\ufeff\u00ad]")
    assert [name for name, _, lo in TEXTS if normalise(lo) != lo or odd.search(lo)] == []


def test_every_source_that_is_a_document_has_a_lao_name() -> None:
    documents = [
        s for s in KNOWHOW.sources.values() if s.how_used not in ("heuristic", "computed") or s.reuse == "free"
    ]
    named = {s.key: KNOWHOW.label("source", s.title, "lo") for s in documents if s.key != "CALC"}
    assert [key for key, lo in named.items() if not re.search("[\u0e80-\u0eff]", lo) or normalise(lo) != lo] == []


def test_one_word_stands_for_one_thing_and_other_spellings_are_only_searched_with() -> None:
    other = [typed for kind, typed in KNOWHOW._labels if kind == "spelling"]
    kept = {"ໄອນ້ຳ"}  # vapour of water, not steam
    assert [(name, w) for name, _, lo in TEXTS for w in other if w in lo and w not in kept] == []


@pytest.mark.parametrize(
    ("typed", "used"),
    [("ໝໍ້ໄອນ້ຳ", "ໝໍ້ຕົ້ມອາຍນ້ຳ"), ("ອາກາດອັດ", "ລົມອັດ"), ("ກາສຊີວະພາບ", "ແກັສຊີວະພາບ"), ("ສນວນ", "ສະໜວນ")],
)
def test_another_spelling_finds_what_the_used_one_finds(typed: str, used: str) -> None:
    found = KNOWHOW.search(typed, "lo")
    assert found == KNOWHOW.search(used, "lo")
    assert used in found[0].title_lo
