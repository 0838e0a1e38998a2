"""Find enterprises that may be one: candidates by shared numbers, phones and near names, each pair with its reasons.

Nothing is ever matched on a blank value (SEED #4713): empty, zeros, dashes and "none" are no number.
Points are ours, by trial; a pair is shown from SHOWN on. Near names: set similarity join with prefix filter
(Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma, Srikant 2007), exact for trigram Jaccard >= NEAR; names up to
SHORT letters also by one letter left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil
from uuid import UUID

from namsai.findings import Fact
from namsai_centre.enterprises.keys import folded, looks, trigrams

NEAR = 0.65
SHORT = 16
SHOWN = 45
_FEW, _CHUNK, _LEAST = 40, 500, 4  # of the join: names compared all with all; rows at once; members shared
CROWD = 30  # a value shared by more tells nobody apart: only those of one district are compared
_NUMBER = {"enterprise_registration": 65, "tax": 65, "factory_licence": 55}
_PHONE, _SAME, _LOOKS, _LEGAL_FORM, _LETTER, _NEAR, _OTHER_NAME = 45, 50, 55, 48, 45, 30, 45
_VILLAGE, _DISTRICT, _PROVINCE, _ELSEWHERE, _BOTH_NAMES = 20, 15, 5, -15, 10
_BLANKS = frozenset({"", "na", "none", "no", "nil", "null", "unknown", "ບມ", "ບ່ມີ", "ບໍ່ມີ", "ຍັງບໍ່ມີ", "ບໍ່ຮູ້", "xxx"})
_LEGAL = re.compile(
    r"ບໍລິສັດ|ຈຳກັດ|ຜູ້ດຽວ|ລັດວິສາຫະກິດ|\b(?:co|company|ltd|limited|sole|pcl|plc|inc|corp|corporation)\b\.?", re.IGNORECASE
)
Reason = tuple[str, dict[str, Fact]]


@lru_cache(1 << 16)
def number_key(value: str) -> str:
    """Return a number as it is compared: no spaces and signs, Western digits; empty for what is no number.

    >>> number_key(" ໐1-0 0/7"), number_key("0000"), number_key("N/A"), number_key("-")
    ('01007', '', '', '')
    """
    key = "".join(c for c in folded(value) if unicodedata.category(c)[0] in "LMN")
    return "" if key in _BLANKS or not key.strip("0") else key


@lru_cache(1 << 16)
def phone_key(value: str) -> str:
    """Return the last eight digits of a phone number; empty when it has fewer or they are all the same.

    >>> phone_key("+856 20 5550 0101") == phone_key("020 55500101"), phone_key("000000000")
    (True, '')
    """
    digits = re.sub(r"\D", "", folded(value))[-8:]
    return digits if len(digits) == 8 and len(set(digits)) > 1 else ""


@lru_cache(1 << 16)
def core(name: str) -> str:
    """Return what tells a name apart: folded to what it looks like, without words of the legal form.

    >>> core("Vientiane Beer Co., Ltd") == core("VIENTIANE  BEER")
    True
    """
    return looks(_LEGAL.sub(" ", name)) or looks(name)


@dataclass(frozen=True, slots=True)
class Firm:
    """What is compared of one enterprise. `names` by kind (lo, en, other); `numbers` (issuer, value); raw values."""

    id: UUID
    names: tuple[tuple[str, str], ...] = ()
    province: int | None = None
    district: int | None = None
    village: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()


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


@dataclass(slots=True)
class _Known:
    """A firm with its keys."""

    firm: Firm
    new: bool
    cores: list[tuple[str, str, str]]  # kind, raw name, core
    numbers: dict[tuple[str, str], str]
    phones: set[str]
    village: str


def find(firms: Iterable[Firm], new: Iterable[Firm] = ()) -> Found:
    """Return the pairs among the firms; with `new` only the pairs of a new one with one of the firms."""
    known = [_known(f, False) for f in firms]
    incoming = [_known(f, True) for f in new]
    book = _Book(known + incoming, bool(incoming))
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


def _known(firm: Firm, new: bool) -> _Known:
    cores = [(kind, name, key) for kind, name in firm.names if name and (key := core(name))]
    numbers = {(issuer, key): value for issuer, value in firm.numbers if (key := number_key(value))}
    return _Known(firm, new, cores, numbers, {k for p in firm.phones if (k := phone_key(p))}, folded(firm.village))


class _Book:
    """All firms and the pairs found so far, by place in the list."""

    def __init__(self, all_: Sequence[_Known], only_new: bool) -> None:
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


def compare(one: _Known, other: _Known) -> tuple[int, list[Reason]]:
    """Return the points of two firms and why."""
    told: list[tuple[int, Reason]] = []
    for key in sorted(one.numbers.keys() & other.numbers.keys()):
        told.append((_NUMBER.get(key[0], 45), (f"why_{key[0]}", {"value": one.numbers[key]})))
    for phone in sorted(one.phones & other.phones):
        told.append((_PHONE, ("why_phone", {"value": phone})))
    told += _by_names(one, other)
    named = bool(told)
    a, b = one.firm, other.firm
    if a.district is not None and b.district is not None:
        if a.district != b.district:
            told.append((_ELSEWHERE, ("why_elsewhere", {})))
        elif one.village and one.village == other.village:
            told.append((_VILLAGE, ("why_village", {"value": a.village})))
        else:
            told.append((_DISTRICT, ("why_district", {})))
    elif a.province is not None and a.province == b.province:
        told.append((_PROVINCE, ("why_province", {})))
    points = sum(p for p, _ in told) if named else 0
    told.sort(key=lambda t: -t[0])
    return max(0, min(points, 100)), [reason for _, reason in told]


def _by_names(one: _Known, other: _Known) -> list[tuple[int, Reason]]:
    """Return what the names say: the best comparison, and that Lao and Latin name agree."""
    best: dict[tuple[str, str], tuple[int, Reason]] = {}
    for kind_a, name_a, core_a in one.cores:
        for kind_b, name_b, core_b in other.cores:
            told = _names(name_a, core_a, name_b, core_b)
            if told is None:
                continue
            if "other" in (kind_a, kind_b) and told[1][0] in ("why_name", "why_legal_form", "why_looks"):
                told = (_OTHER_NAME, ("why_other_name", {"value": name_b if kind_b != "other" else name_a}))
            pair = (kind_a, kind_b)
            if pair not in best or told[0] > best[pair][0]:
                best[pair] = told
    if not best:
        return []
    top = max(best.values(), key=lambda t: t[0])
    both = [best.get(("lo", "lo")), best.get(("en", "en"))]
    if all(t is not None and t[0] >= _LETTER for t in both):
        return [top, (_BOTH_NAMES, ("why_both_names", {}))]
    return [top]


def _names(name_a: str, core_a: str, name_b: str, core_b: str) -> tuple[int, Reason] | None:
    """Return what two names say of each other."""
    if core_a == core_b:
        if name_a == name_b:
            return _SAME, ("why_name", {"value": name_a})
        if strange := strange_letters(name_a) or strange_letters(name_b):
            return _LOOKS, ("why_looks", {"value": strange})
        if looks(name_a) == looks(name_b):
            return _SAME, ("why_spelling", {"one": name_a, "other": name_b})
        return _LEGAL_FORM, ("why_legal_form", {"one": name_a, "other": name_b})
    if re.findall(r"\d+", core_a) != re.findall(r"\d+", core_b):
        return None
    if min(len(core_a), len(core_b)) >= 6 and _one_letter(core_a, core_b):
        return _LETTER, ("why_letter", {"one": name_a, "other": name_b})
    grams_a, grams_b = trigrams(core_a), trigrams(core_b)
    share = len(grams_a & grams_b) / (len(grams_a | grams_b) or 1)
    if share >= NEAR:
        return _NEAR, ("why_near", {"percent": round(100 * share)})
    return None


def _one_letter(a: str, b: str) -> bool:
    """Tell whether the texts differ by one letter: another one, one more, or two neighbours swapped."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a == rest_b[1:]
        or rest_a[1:] == rest_b
        or (rest_a[:2] == rest_b[:2][::-1] and rest_a[2:] == rest_b[2:])
    )


def strange_letters(name: str) -> str:
    """Return the characters of a name that deceive the eye: invisible ones and letters of other scripts, by name.

    >>> strange_letters("V\\u0456entiane"), strange_letters("ນ້ຳ\\u200bໃສ"), strange_letters("Vientiane ນ້ຳ")
    ('CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I (U+0456)', 'ZERO WIDTH SPACE (U+200B)', '')
    """
    found = []
    for char in dict.fromkeys(name):
        kind = unicodedata.category(char)
        said = unicodedata.name(char, "")
        if kind == "Cf" or (kind[0] == "L" and not said.startswith(("LATIN", "LAO"))):
            found.append(f"{said or '?'} (U+{ord(char):04X})")
    return ", ".join(found[:5])
