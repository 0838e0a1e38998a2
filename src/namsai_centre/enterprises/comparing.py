"""What two enterprises say of each other: shared numbers and phones, near names, the place; points and reasons.

Nothing is ever matched on a blank value (SEED #4713): empty, zeros, dashes and "none" are no number. Points are ours,
by trial.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from namsai.findings import Fact
from namsai_centre.enterprises.keys import folded, looks, trigrams

NEAR = 0.65  # trigram Jaccard from which two names are near
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


@dataclass(slots=True)
class Known:
    """A firm with its keys; `new`: of a list on its way in."""

    firm: Firm
    new: bool
    cores: list[tuple[str, str, str]]  # kind, raw name, core
    numbers: dict[tuple[str, str], str]
    phones: set[str]
    village: str


def known(firm: Firm, new: bool) -> Known:
    """Return a firm with its keys."""
    cores = [(kind, name, key) for kind, name in firm.names if name and (key := core(name))]
    numbers = {(issuer, key): value for issuer, value in firm.numbers if (key := number_key(value))}
    return Known(firm, new, cores, numbers, {k for p in firm.phones if (k := phone_key(p))}, folded(firm.village))


def compare(one: Known, other: Known) -> tuple[int, list[Reason]]:
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


def _by_names(one: Known, other: Known) -> list[tuple[int, Reason]]:
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
