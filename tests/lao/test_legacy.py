"""Text of Lao fonts from before Unicode is found; ordinary text in any language is left in peace."""

import csv
import re
from pathlib import Path

import pytest

from namsai.lao.legacy import find_legacy, is_legacy_font
from namsai.texts import room_texts, rooms

DATA = Path(__file__).parents[2] / "src" / "namsai" / "knowhow" / "data"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (";P'9ao", "ວຽງຈັນ"),
        ("lt[kpfu", "ສະບາຍດີ"),
        ("g,nv'", "ເມືອງ"),
        ("c]h;", "ແລ້ວ"),
        (";P'9ao g,nv'", "ວຽງຈັນ ເມືອງ"),
    ],
)
def test_lao_on_latin_keys_is_found_and_read(typed: str, says: str) -> None:
    found = find_legacy(typed)
    assert found is not None
    assert (found.kind, found.reading) == ("keys", says)


@pytest.mark.parametrize("typed", ["¦½®¾¨©ó", "ê¿ê¾", "®ðìò¦ñ© ¥¿¡ñ©", "À»²¡ ¯½¥¿ À©õº­"])
def test_lao_on_upper_codes_is_found(typed: str) -> None:
    found = find_legacy(typed)
    assert found is not None
    assert (found.kind, found.reading) == ("symbols", None)


def test_lao_read_with_a_western_code_page_is_found_and_restored() -> None:
    found = find_legacy("ນ້ຳໃສ".encode().decode("latin-1"))
    assert found is not None
    assert (found.kind, found.reading) == ("bytes", "ນ້ຳໃສ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ວຽງຈັນ",
        "cotton fabric",
        "m³/h at 25 °C",
        "± 2 %",
        "Café crème à l'étage",
        "Müller & Söhne GmbH",
        "½ inch",
        "re-use",
        "don't",
        "www.example.com",
        "a.b@example.org",
        "1,234.5 kg",
        "CO2e",
        "No. 3; see p. 4",
        "ISO 14051:2011",
        "l'eau",
        "o'clock",
        "ຜ້າ cotton 40's",
        "kWh/t",
        "§ 12, Abs. 3",
        "£ 5 – € 6",
        "«ນ້ຳໃສ»",
        "50/50 mix",
        "H2SO4;HCl",
        "it's 5'6",
    ],
)
def test_ordinary_text_is_left_in_peace(text: str) -> None:
    assert find_legacy(text) is None


def test_no_text_of_the_know_how_or_the_catalogue_is_taken_for_it() -> None:
    texts = [str(text) for room in rooms() for entry in room_texts(room).values() for text in dict(entry).values()]
    for file in DATA.glob("*.csv"):
        with file.open(encoding="utf-8") as rows:
            texts += [cell for row in csv.reader(rows) for cell in row]
    words = {word for text in texts for word in [text, *re.split(r"\s+", text)]}
    assert len(words) > 2000
    assert [word for word in words if find_legacy(word)] == []


def test_fonts() -> None:
    old = ["Saysettha Lao", "Alice_5", "alice_0", "LAO 95", "Chanthabouli Lao", "SengChanh"]
    new = ["Saysettha OT", "Phetsarath OT", "Noto Sans Lao", "Calibri", "DokChampa", "Lao UI", "Alice in Wonderland's"]
    assert [name for name in old if not is_legacy_font(name)] == []
    assert [name for name in new[:-1] if is_legacy_font(name)] == []
