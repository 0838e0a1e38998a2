"""The one catalogue of texts a user sees, in Lao and English: one TOML file per room, read when first asked for.

An entry is ``[slug]`` with ``en`` and ``lo`` (and ``fix_en``, ``fix_lo`` for a finding: what to do).
A key is ``room.slug``; facts are put in by ``{name}``. Lao texts stay unreviewed until a native reader has been over
the file (``[_] reviewed_by``, ``reviewed_on`` at its head).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from namsai.findings import Fact, Finding

Lang = Literal["lo", "en"]
LANGS: tuple[Lang, Lang] = ("lo", "en")


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


@cache
def room_texts(room: str) -> dict[str, dict[str, str]]:
    """Return all entries of one room's catalogue file (slug -> field -> text)."""
    raw = (files("namsai.texts") / f"{room}.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


@cache
def rooms() -> tuple[str, ...]:
    """Return the names of all catalogue files."""
    return tuple(sorted(p.name[:-5] for p in files("namsai.texts").iterdir() if p.name.endswith(".toml")))


def has(key: str) -> bool:
    """Tell whether the catalogue knows the key.

    >>> has("no.such")
    False
    """
    room, _, slug = key.partition(".")
    return room in rooms() and slug in room_texts(room)


def show_fact(value: Fact, lang: Lang) -> str:
    """Write one fact for a reader of the language (numbers with the separators of that language).

    >>> show_fact(1234567.5, "lo"), show_fact(1234567.5, "en"), show_fact(None, "en")
    ('1.234.567,5', '1,234,567.5', '–')
    """
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        out = f"{value:,}"
    elif value == 0 or abs(value) >= 1000:
        out = f"{value:,.1f}".removesuffix(".0")
    else:
        out = f"{value:.4g}" if abs(value) >= 1e-4 else f"{value:.2e}"
    return out.translate(str.maketrans(",.", ".,")) if lang == "lo" else out


def text(key: str, lang: Lang, field: str = "", **facts: Fact) -> str:
    """Return the text of a key in a language, with the facts put in; an unknown key is a KeyError."""
    room, _, slug = key.partition(".")
    entry = room_texts(room)[slug]
    template = entry[f"{field}_{lang}" if field else lang]
    return template.format_map(_Facts({k: show_fact(v, lang) for k, v in facts.items()})) if facts else template


def finding_text(finding: Finding, lang: Lang) -> tuple[str, str]:
    """Return what a finding says and what to do about it."""
    facts: dict[str, Fact] = dict(finding.facts)
    facts.setdefault("path", finding.where.path)
    return text(finding.code, lang, "", **facts), text(finding.code, lang, "fix", **facts)
