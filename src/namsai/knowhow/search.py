"""Searching the options in Lao and English: whole words, parts of words, and words spelt nearly alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from namsai.knowhow.model import Flow, Option, ProcessKind
from namsai.lao.normalise import search_key

TOO = 0.1  # part of a field's weight that counts where a weightier field has the word already: water in title and flow
NEARLY = 0.6  # share of the trigrams of a query word that must be found when the word itself is not


def trigrams(key: str) -> frozenset[str]:
    """Return all runs of three characters of a search key (the key itself when shorter).

    >>> sorted(trigrams("dust"))
    ['dus', 'ust']
    """
    return frozenset(key[i : i + 3] for i in range(max(1, len(key) - 2)))


def _key(text: str, spellings: Mapping[str, str] | None = None) -> str:
    """Return the search key, the short way where the text is plain; other spellings of a word become the one used."""
    if text.isascii():
        return " ".join(text.casefold().split())
    key = search_key(text)
    for typed, used in (spellings or {}).items():
        key = key.replace(typed, used)
    return key


def spelling_keys(spellings: Mapping[str, str]) -> dict[str, str]:
    """Return other spellings and the word used, as search keys, the longest first.

    >>> spelling_keys({"ໄອນ້ຳ": "ອາຍນ້ຳ"}) == {search_key("ໄອນ້ຳ"): search_key("ອາຍນ້ຳ")}
    True
    """
    return {search_key(typed): search_key(spellings[typed]) for typed in sorted(spellings, key=len, reverse=True)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One option with weight, search key and trigrams of its texts, the weightiest first."""

    option: Option
    fields: tuple[tuple[float, str, frozenset[str]], ...]


def index(
    options: Iterable[Option],
    flows: Mapping[str, Flow],
    processes: Mapping[str, ProcessKind],
    lineage: Callable[[str], tuple[str, ...]],
    seen: Mapping[str, str] | None = None,
    own: Mapping[str, str] | None = None,
    spellings: Mapping[str, str] | None = None,
) -> tuple[Entry, ...]:
    """Return the search entries of the options: titles weigh most, then flow and process words, then the texts.

    Args: options, flows, processes, lineage - of the know-how; seen - words for the losses an option answers, own - the
    texts of its card, both by option; spellings - from `spelling_keys`.
    """
    seen, own = seen or {}, own or {}
    words = {k: _key(f"{f.en} {f.lo}", spellings) for k, f in flows.items()}
    places = {k: _key(f"{p.en} {p.lo}", spellings) for k, p in processes.items()}
    entries = []
    for o in options:
        near = " ".join(words.get(f, f) for f in o.flows)
        wide = " ".join(words.get(p, p) for p in dict.fromkeys(p for f in o.flows for p in lineage(f)[1:]))
        fields = (
            (4.0, f"{_key(o.title_en)} {_key(o.title_lo, spellings)} {_key(o.id)}"),
            (3.0, f"{_key(o.addresses)} {near}"),
            (2.0, places.get(o.process, o.process)),
            (1.5, _key(seen.get(o.id, ""), spellings)),
            (1.0, f"{_key(o.mechanism)} {wide} {_key(o.prerequisites)} {_key(own.get(o.id, ''), spellings)}"),
        )
        entries.append(Entry(o, tuple((weight, key, trigrams(key)) for weight, key in fields)))
    return tuple(entries)


def _score(entry: Entry, words: list[str], every: bool) -> float:
    """Return how well an entry fits; 0 when it lacks one of the words (every), or most of them."""
    total, found = 0.0, 0
    for word in words:
        hits = [weight for weight, key, _ in entry.fields if word in key]
        best = hits[0] + TOO * sum(hits[1:]) if hits else 0.0
        if not best and len(word) > 3:
            grams = trigrams(word)
            share = max(len(grams & have) / len(grams) for _, _, have in entry.fields)
            best = share if share >= NEARLY else 0.0
        if not best and every:
            return 0.0
        found += bool(best)
        total += best
    return total if 2 * found >= len(words) else 0.0


def search(entries: Iterable[Entry], text: str, lang: str, spellings: Mapping[str, str] | None = None) -> list[Option]:
    """Return the options that have every word of the text, the best first; where none has, those with half of them.

    Args: entries - from `index`; text - words in Lao or English; lang - "lo" or "en": on a tie, titles in that language
    that hold the words come first; spellings - those of the index.
    Returns options; an empty text finds nothing.
    """
    words = _key(text[:200], spellings).replace("-", " ").split()[:12]
    if not words:
        return []
    kept = tuple(entries)
    for every in (True, False) if len(words) > 1 else (True,):
        scored = [(s, e.option) for e in kept if (s := _score(e, words, every)) > 0]
        if scored:
            break

    def rank(hit: tuple[float, Option]) -> tuple[float, bool, str]:
        score, option = hit
        title = _key(option.title_lo if lang == "lo" else option.title_en, spellings)
        return -score, not all(w in title for w in words), option.id

    return [o for _, o in sorted(scored, key=rank)]
