"""Every text that a page or an action names is in the catalogue."""

from __future__ import annotations

import re
from pathlib import Path

import namsai_centre
from namsai import texts

HOUSE = Path(namsai_centre.__file__).parent
_KEY = re.compile(r"""(?:say|later|text|words)\(?\s*["']([a-z_]+\.[a-z0-9_-]+)["']""")
_WORD = re.compile(r"""\{% word ["']([a-z_]+)["'] ["']([a-z_]+)["']""")


def missing(source: str) -> set[str]:
    """Return the keys named in a source that do not exist (a key that ends in - or _ is the beginning of one)."""
    wanted = {key for key in _KEY.findall(source) if key[-1] not in "-_"}
    gone = {key for key in wanted if not texts.has(key)}
    for room, group in _WORD.findall(source):
        if room not in texts.rooms() or not any(slug.startswith(f"{group}_") for slug in texts.room_texts(room)):
            gone.add(f"{room}.{group}_*")
    return gone


def test_every_named_text_exists() -> None:
    found = [p for p in HOUSE.rglob("*") if p.suffix in {".html", ".py", ".txt"} and p.name != "words.py"]
    assert len(found) > 200
    assert {str(p.relative_to(HOUSE)): gone for p in found if (gone := missing(p.read_text(encoding="utf-8")))} == {}


def test_a_missing_text_is_found() -> None:
    assert missing('{% say "ui.no_such_text" %} {% word "ui" "nothing" x %}') == {"ui.no_such_text", "ui.nothing_*"}
