"""Every finding of costing, work and indicators has its texts in both languages, and the texts know the facts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import namsai
from namsai.texts import room_texts

ROOMS = ("costing", "work", "indicators")


@pytest.mark.parametrize("room", ROOMS)
def test_every_code_has_texts(room: str) -> None:
    source = "".join(p.read_text(encoding="utf-8") for p in (Path(namsai.__file__).parent / room).glob("*.py"))
    used = set(re.findall(rf'"{room}\.([a-z0-9-]+)"', source))
    if room == "work":
        used |= {"efficiency-above-100", "target-above-100"}
    texts = room_texts(room)
    assert used <= set(texts)
    with_fix = {slug for slug, entry in texts.items() if "fix_en" in entry}
    assert with_fix == used
    for slug in used:
        assert {"en", "lo", "fix_en", "fix_lo"} <= set(texts[slug])


@pytest.mark.parametrize("room", ROOMS)
def test_lao_has_no_english_words_and_one_spelling_of_am(room: str) -> None:
    names_and_units = {"kg", "m3", "MJ", "h", "min", "CO", "x"}
    for slug, entry in room_texts(room).items():
        for field in ("lo", "fix_lo"):
            text = entry.get(field, "")
            assert "\u0ecd\u0eb2" not in text, slug
            words = set(re.findall(r"[A-Za-z]+[0-9]*", re.sub(r"\{[a-z_]+\}", "", text)))
            assert words - names_and_units <= {"CO2"}, (slug, words)
