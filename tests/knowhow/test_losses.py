"""Starting from the loss one sees, and words as people write them."""

from __future__ import annotations

import time

import pytest

from namsai.knowhow import load

# The seven pairs of programme-peers 3.3, number 8: invisible characters, NFKC, order of nikhahit and tone, digraphs, ແ.
PAIRS = (
    ("ນ້ຳ", "ນໍ້າ"),  # tone + sara am; nikhahit + tone + aa
    ("ນ້ຳ", "ນ້ໍາ"),  # tone + nikhahit + aa
    ("ໜໍ້ໄອນ້ຳ", "ຫນໍ້ໄອນ້ຳ"),  # ໜ as two letters
    ("ໝໍ້ຕົ້ມ", "ຫມໍ້ຕົ້ມ"),  # ໝ as two letters
    ("ຫຼໍ່ເຢັນ", "ຫລໍ່ເຢັນ"),  # ຫຼ and ຫລ
    ("ແສງ", "ເເສງ"),  # ແ as two signs
    ("ຄວັນຮ້ອນ", "ຄວັນ\u200bຮ້ອນ\u200c"),  # invisible characters
)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_both_spellings_find_the_same(one: str, other: str) -> None:
    assert one != other
    assert [o.id for o in load().search(one, "lo")] == [o.id for o in load().search(other, "lo")]


@pytest.mark.parametrize("word", ["ນ້ຳ", "ໝໍ້ຕົ້ມ", "ຫຼໍ່ເຢັນ", "ແສງ", "ຄວັນຮ້ອນ", "ເສດຜ້າ", "ຂີ້ເລື່ອຍ"])
def test_lao_words_are_found_inside_unspaced_text(word: str) -> None:
    assert load().search(word, "lo")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("fabrik offcut", "GAR-001"),
        ("insulaton", "UTI-013"),
        ("compresed air leak", "UTI-022"),
        ("condensat return", "UTI-015"),
        ("ລົມອັດຮົວ", "UTI-022"),
        ("off-cuts", "GAR-001"),
        ("hot flue gas", "UTI-001"),
        ("red waste water", "TEX-016"),
    ],
)
def test_typing_errors_and_words_for_losses_find_the_option(typed: str, wanted: str) -> None:
    assert wanted in [o.id for o in load().search(typed, "lo")]


def test_every_loss_has_options_and_nearly_every_option_a_loss() -> None:
    know = load()
    assert [x.key for x in know.losses if not any(x.fits(o) for o in know.options)] == []
    without = [o.id for o in know.options if not any(x.fits(o) for x in know.losses)]
    assert len(without) <= 3, without


def test_where_no_option_has_all_words_those_with_half_of_them_are_found() -> None:
    assert load().search("fabric offcuts zzzz", "en")[0].id.startswith("GAR")
    assert load().search("zzzz qqqq vvvv", "en") == []


def test_a_search_over_the_whole_base_takes_less_than_100_ms() -> None:
    know = load()
    know.search("water", "en")
    queries = ["ນ້ຳ", "fabrik offcuts of the cuting room", "ຄວັນຮ້ອນຈາກໝໍ້ຕົ້ມ", "x" * 5000, "a b c d e f g h i j k l m n o"]
    for text in queries:
        begin = time.process_time()
        know.search(text, "lo")
        assert time.process_time() - begin < 0.1, text
