"""Find enterprises that may be one: candidates by shared numbers, phones and near names, each pair with its reasons.

A pair is shown from SHOWN points on (comparing.py). Near names: set similarity join with prefix filter
(Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma, Srikant 2007), exact for trigram Jaccard >= NEAR; names up to
SHORT letters also by one letter left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil
from uuid import UUID

from namsai_centre.enterprises.comparing import NEAR, Firm, Known, Reason, compare, known
from namsai_centre.enterprises.keys import trigrams

SHORT = 16
SHOWN = 45
_FEW, _CHUNK, _LEAST = 40, 500, 4  # of the join: names compared all with all; rows at once; members shared
CROWD = 30  # a value shared by more tells nobody apart: only those of one district are compared


@dataclass(frozen=True, slots=True)
class Pair:
    """Two enterprises (smaller id first) with points of 100 and why, strongest reason first."""

    first: UUID
    second: UUID
    score: int
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class Found:
    """The pairs worth a look, best first, and the values that too many share (told, not compared)."""

    pairs: list[Pair] = field(default_factory=list)
    crowds: list[Reason] = field(default_factory=list)


def find(firms: Iterable[Firm], new: Iterable[Firm] = ()) -> Found:
    """Return the pairs among the firms; with `new` only the pairs of a new one with one of the firms."""
    there = [known(f, False) for f in firms]
    incoming = [known(f, True) for f in new]
    book = _Book(there + incoming, bool(incoming))
    book.same_values()
    book.short_names()
    book.near_names()
    found = Found(crowds=book.crowds)
    for i, j in book.pairs:
        score, reasons = compare(book.all[i], book.all[j])
        if score >= SHOWN:
            a, b = sorted((book.all[i].firm.id, book.all[j].firm.id))
            found.pairs.append(Pair(a, b, score, tuple(reasons)))
    found.pairs.sort(key=lambda p: (-p.score, p.first, p.second))
    return found


class _Book:
    """All firms and the pairs found so far, by place in the list."""

    def __init__(self, all_: Sequence[Known], only_new: bool) -> None:
        self.all, self.only_new = all_, only_new
        self.pairs: set[tuple[int, int]] = set()
        self.crowds: list[Reason] = []

    def add(self, members: Iterable[int]) -> None:
        """Add every pair of the members (of a new and a known one, where new ones are looked at)."""
        one = sorted(set(members))
        for place, i in enumerate(one):
            for j in one[place + 1 :]:
                if not self.only_new or self.all[i].new != self.all[j].new:
                    self.pairs.add((i, j))

    def block(self, members: Sequence[int], crowd: Reason) -> None:
        """Add the pairs of those who share a value; of a crowd only the ones in one district."""
        if len(members) <= CROWD:
            self.add(members)
            return
        by_place: dict[object, list[int]] = defaultdict(list)
        for i in members:
            firm = self.all[i].firm
            if firm.district is not None:
                by_place[firm.district, self.all[i].village].append(i)
        for near in by_place.values():
            if len(near) <= CROWD:
                self.add(near)
        self.crowds.append((crowd[0], crowd[1] | {"number": len(members)}))

    def same_values(self) -> None:
        """Add those who share a number, a phone or the look of a name."""
        numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
        phones: dict[str, list[int]] = defaultdict(list)
        names: dict[str, list[int]] = defaultdict(list)
        for i, one in enumerate(self.all):
            for number in one.numbers:
                numbers[number].append(i)
            for phone in one.phones:
                phones[phone].append(i)
            for key in {key for _, _, key in one.cores}:
                names[key].append(i)
        for (_, value), members in numbers.items():
            self.block(members, ("crowd_number", {"value": value}))
        for phone, members in phones.items():
            self.block(members, ("crowd_phone", {"value": phone}))
        for members in names.values():
            self.block(members, ("crowd_name", {"value": self.all[members[0]].cores[0][1]}))

    def short_names(self) -> None:
        """Add those whose short names differ by one letter (each name with one letter left out)."""
        blocks: dict[str, list[int]] = defaultdict(list)
        for i, one in enumerate(self.all):
            for key in {key for _, _, key in one.cores if 6 <= len(key) <= SHORT}:
                for out in {key, *(key[:n] + key[n + 1 :] for n in range(len(key)))}:
                    blocks[out].append(i)
        for members in blocks.values():
            if 1 < len(members) <= CROWD:
                self.add(members)

    def near_names(self) -> None:
        """Add those with a name whose trigrams are nearly the same (not with other figures in them)."""
        groups: dict[tuple[str, ...], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for i, one in enumerate(self.all):
            for key in {key for _, _, key in one.cores if len(key) >= 6}:
                groups[tuple(re.findall(r"\d+", key))][key].append(i)
        for names in groups.values():
            mine = {n for n, places in names.items() if any(self.all[i].new for i in places)} if self.only_new else None
            for a, b in _near(list(names), mine):
                if len(names[a]) <= CROWD and len(names[b]) <= CROWD:
                    self.add([*names[a], *names[b]])


def _near(names: list[str], only: set[str] | None = None) -> Iterable[tuple[str, str]]:
    """Yield the pairs of different names with a trigram Jaccard of at least NEAR (of `only`: with one of them)."""
    if only is not None:
        names = sorted(names, key=lambda name: name not in only)
    some = len(names) if only is None else len(only)
    if not some:
        return
    grams = [trigrams(name) for name in names]
    candidates: Iterable[tuple[int, int]]
    if len(names) <= _FEW:
        candidates = ((i, j) for i in range(some) for j in range(i + 1 if only is None else some, len(names)))
    else:
        candidates = _sharing(grams, some)
    for i, j in candidates:
        shared = len(grams[i] & grams[j])
        if shared >= NEAR * (len(grams[i]) + len(grams[j]) - shared):
            yield names[i], names[j]


def _sharing(grams: list[set[str]], some: int) -> Iterable[tuple[int, int]]:
    """Yield the places of sets that may be near: whose rarest members (the prefix) have at least _LEAST in common.

    The first `some` are compared with those after them (all with all: some is their number).
    """
    import numpy as np
    from scipy.sparse import csr_array

    often = Counter(g for found in grams for g in found)
    rank = {g: n for n, (g, _) in enumerate(sorted(often.items(), key=lambda item: (item[1], item[0])))}
    columns: list[int] = []
    starts = [0]
    for mine in grams:
        size = len(mine)
        columns += sorted(map(rank.__getitem__, mine))[: size - ceil(NEAR * size) + _LEAST]
        starts.append(len(columns))
    ones = np.ones(len(columns), dtype=np.int32)
    rows = csr_array((ones, np.array(columns), np.array(starts)), shape=(len(grams), len(rank)))
    turned = rows.T.tocsr()
    sizes = np.array([len(g) for g in grams])
    for start in range(0, some, _CHUNK):
        common = (rows[start : min(start + _CHUNK, some)] @ turned).tocoo()
        i, j = common.row + start, common.col
        likely = (common.data >= _LEAST) & ((j < i) if some == len(grams) else (j >= some))
        likely &= np.minimum(sizes[i], sizes[j]) >= NEAR * np.maximum(sizes[i], sizes[j])
        yield from zip(i[likely].tolist(), j[likely].tolist(), strict=True)
