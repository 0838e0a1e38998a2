"""Searching the options in Lao and English: whole words, parts of words, and words spelt nearly alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from namsai.knowhow.model import Flow, Option, ProcessKind
from namsai.lao.normalise import search_key

NEARLY = 0.6  # share of the trigrams of a query word that must be found when the word itself is not


def trigrams(key: str) -> frozenset[str]:
    """Return all runs of three characters of a search key (the key itself when shorter).

    >>> sorted(trigrams("dust"))
    ['dus', 'ust']
    """
    return frozenset(key[i : i + 3] for i in range(max(1, len(key) - 2)))


@lru_cache(maxsize=4096)
def _trigrams_of(key: str) -> frozenset[str]:
    return trigrams(key)


def _key(text: str) -> str:
    """Return the search key, the short way where the text is plain."""
    return " ".join(text.casefold().split()) if text.isascii() else search_key(text)


@dataclass(frozen=True, slots=True)
class Entry:
    """One option with the search keys of its texts and their weights, the weightiest first."""

    option: Option
    fields: tuple[tuple[float, str], ...]


def index(
    options: Iterable[Option],
    flows: Mapping[str, Flow],
    processes: Mapping[str, ProcessKind],
    lineage: Callable[[str], tuple[str, ...]],
) -> tuple[Entry, ...]:
    """Return the search entries of the options: titles weigh most, then flow and process words, then the texts."""
    words = {k: _key(f"{f.en} {f.lo}") for k, f in flows.items()}
    places = {k: _key(f"{p.en} {p.lo}") for k, p in processes.items()}
    entries = []
    for o in options:
        near = " ".join(words.get(f, f) for f in o.flows)
        wide = " ".join(words.get(p, p) for p in dict.fromkeys(p for f in o.flows for p in lineage(f)[1:]))
        fields = (
            (4.0, f"{_key(o.title_en)} {_key(o.title_lo)} {_key(o.id)}"),
            (3.0, f"{_key(o.addresses)} {near}"),
            (2.0, places.get(o.process, o.process)),
            (1.0, f"{_key(o.mechanism)} {wide}"),
        )
        entries.append(Entry(o, fields))
    return tuple(entries)


def _score(entry: Entry, words: list[str]) -> float:
    total = 0.0
    for word in words:
        best = max((weight for weight, key in entry.fields if word in key), default=0.0)
        if not best and len(word) > 3:
            grams = trigrams(word)
            share = max(len(grams & _trigrams_of(key)) / len(grams) for _, key in entry.fields)
            best = share if share >= NEARLY else 0.0
        if not best:
            return 0.0
        total += best
    return total


def search(entries: Iterable[Entry], text: str, lang: str) -> list[Option]:
    """Return the options that have every word of the text, the best first.

    Args: entries - from `index`; text - words in Lao or English; lang - "lo" or "en": on a tie, titles in that language
    that hold the words come first.
    Returns options; an empty text finds nothing.
    """
    words = search_key(text).split()
    if not words:
        return []
    scored = [(s, e.option) for e in entries if (s := _score(e, words)) > 0]

    def rank(hit: tuple[float, Option]) -> tuple[float, bool, str]:
        score, option = hit
        title = search_key(option.title_lo if lang == "lo" else option.title_en)
        return -score, not all(w in title for w in words), option.id

    return [o for _, o in sorted(scored, key=rank)]
