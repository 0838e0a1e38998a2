"""Texts of the room `knowbase` and words for closed lists, and a text that may stand in English only."""

from __future__ import annotations

from dataclasses import dataclass

from namsai.findings import Fact
from namsai.texts import Lang, has, text


@dataclass(frozen=True, slots=True)
class Words:
    """A text, and whether it stands in English because nobody has written it in Lao yet."""

    text: str
    foreign: bool = False


def t(slug: str, lang: Lang, **facts: Fact) -> str:
    """Return a text of the room `knowbase`."""
    return text(f"knowbase.{slug}", lang, "", **facts)


def word(group: str, value: str, lang: Lang) -> str:
    """Return the word for a value of a closed list; a dash for none, the value where there is no word."""
    if not value:
        return "–"
    key = f"knowbase.{group}_{value}"
    return text(key, lang) if has(key) else value
