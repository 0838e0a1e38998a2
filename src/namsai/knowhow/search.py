"""Searching the options in Lao and English: whole words, parts of words, and words spelt nearly alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from namsai.knowhow.model import Flow, Option, ProcessKind
from namsai.lao.normalise import search_key

NEARLY = 0.6  # share of the trigrams of a query word that must be found when the word itself is not


def trigrams(key: str) -> frozenset[str]:
    """Return all runs of three characters of a search key (the key itself when shorter).

    >>> sorted(trigrams("dust"))
    ['dus', 'ust']
    """
    return frozenset(key[i : i + 3] for i in range(max(1, len(key) - 2)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One option with its search keys, the weightiest field first, and the trigrams of all of them."""

    option: Option
    fields: tuple[tuple[float, str], ...]
    grams: frozenset[str]


def index(
    options: Iterable[Option],
    flows: Mapping[str, Flow],
    processes: Mapping[str, ProcessKind],
    lineage: Callable[[str], tuple[str, ...]],
) -> tuple[Entry, ...]:
    """Return the search entries of the options: titles weigh most, then flow and process words, then the texts."""
    words = {k: f"{f.en} {f.lo}" for k, f in flows.items()}
    entries = []
    for o in options:
        near = " ".join(words.get(f, f) for f in o.flows)
        wide = " ".join(words.get(p, p) for f in o.flows for p in lineage(f)[1:])
        process = processes.get(o.process)
        done = f"{process.en} {process.lo}" if process else o.process
        parts = (
            (4.0, f"{o.title_en} {o.title_lo} {o.id}"),
            (3.0, f"{o.addresses} {near}"),
            (2.0, done),
            (1.0, f"{o.mechanism} {wide}"),
        )
        keyed = tuple((weight, search_key(text)) for weight, text in parts)
        entries.append(Entry(o, keyed, frozenset().union(*(trigrams(k) for _, k in keyed))))
    return tuple(entries)


def _score(entry: Entry, words: list[str]) -> float:
    total = 0.0
    for word in words:
        best = max((weight for weight, key in entry.fields if word in key), default=0.0)
        if not best and len(word) > 3:
            grams = trigrams(word)
            share = len(grams & entry.grams) / len(grams)
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
