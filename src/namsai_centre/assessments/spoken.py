"""What a kept value says to a reader: the name of a row and the word of the know-how, never an id or a key."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from namsai.charts import write
from namsai.knowhow import KnowHow
from namsai.texts import LANGS, Lang, has, text
from namsai.workbook.columns import Column
from namsai_centre.assessments import sections
from namsai_centre.assessments.sections import Doc
from namsai_centre.assessments.typed import said


@lru_cache(maxsize=512)
def _labels(version: str, section: str, c: Column, lang: Lang, holder: _Held) -> dict[str, str]:
    words = sections.words_for({}, section, c, "", lang, holder.knowhow)
    return dict(words.words) if words else {}


class _Held:
    """Carries the know-how past the cache's key (its version stands for it)."""

    def __init__(self, knowhow: KnowHow) -> None:
        self.knowhow = knowhow

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 1


def spoken(document: Doc, section: str, c: Column, value: Any, lang: Lang, knowhow: KnowHow) -> str:
    """Return a value of a column for reading; `document` is the case it stands in."""
    target = sections.target_of(section, c)
    if isinstance(value, list) and target:
        return ", ".join(sections.named(document, target, x, lang) for x in value) or "–"
    if not isinstance(value, str) or not value:
        return said(c, value, lang)
    if target:
        return sections.named(document, target, value, lang)
    if c.kind == "date":
        return sections.day_said(value, lang)
    if c.kind == "currency":
        return write.currency_name(value, lang)
    if c.key.rpartition(".")[2] == "country" and has(f"report.country-{value}"):
        return text(f"report.country-{value}", lang)
    if c.kind in ("unit", "text", "id"):
        found = _labels(knowhow.version, section, c, lang, _Held(knowhow)).get(value)
        return found or (write.unit_name(value, lang) if c.kind == "unit" else value)
    return said(c, value, lang)


def key_of(section: str, c: Column, typed: str, knowhow: KnowHow) -> str:
    """Return the key of a word that was offered (in either language); anything else stays as it was typed."""
    said = " ".join(typed.split()).casefold()
    for lang in LANGS:
        for key, label in _labels(knowhow.version, section, c, lang, _Held(knowhow)).items():
            if label.casefold() == said:
                return key
    return typed
