"""One cell to one value of a field, or what is wrong with it; nothing is guessed, nothing dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from namsai.findings import Fact, NamsaiError
from namsai.lao.dates import parse_date
from namsai.lao.legacy import find_legacy
from namsai.lao.numbers import NumberFormat, parse_number
from namsai.texts import text
from namsai.workbook.cells import plain as plain_cell
from namsai.workbook.table import Cell
from namsai_centre.enterprises.comparing import number_key
from namsai_centre.enterprises.importing.fields import Field
from namsai_centre.enterprises.keys import folded
from namsai_centre.enterprises.models import KINDS, RISKS
from namsai_centre.enterprises.words import SECTORS
from namsai_centre.ui.forms import plain

Problem = tuple[str, dict[str, Fact]]
MOST = {"whole": 1_000_000, "kip": 10**16}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[0-9 ().-]{5,29}")
_PLACE_WORDS = re.compile(r"^(?:ແຂວງ|ເມືອງ|ນະຄອນ(?!ຫລວງ))\s*|\b(?:province|district|city|muang|khoueng)\b")


class Wrong(Exception):
    """The cell cannot be read; `code` of the catalogue with facts."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A province or district as lists name it."""

    id: int
    code: str
    kind: str
    parent: int | None
    name_lo: str
    name_en: str


@dataclass(slots=True)
class Words:
    """What words of a cell can mean: places and choices."""

    places: dict[int, PlaceName] = field(default_factory=dict)
    provinces: dict[str, list[int]] = field(default_factory=dict)
    districts: dict[str, list[int]] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)


def words(places: Iterable[PlaceName]) -> Words:
    """Return the words for these places and for the closed lists, in both languages."""
    found = Words()
    for p in places:
        found.places[p.id] = p
        kind = found.provinces if p.kind == "province" else found.districts
        for name in {place_key(p.name_lo), place_key(p.name_en), folded(p.code)}:
            if name:
                kind.setdefault(name, []).append(p.id)
    for name, group, values in (
        ("sector", "terms.sector-", SECTORS),
        ("economic_kind", "enterprises.kind_", KINDS),
        ("risk_class", "enterprises.risk_", RISKS),
    ):
        table = found.choices[name] = {}
        for value in values:
            for word in (value, text(f"{group}{value}", "lo"), text(f"{group}{value}", "en")):
                table[choice_key(word)] = value
    return found


@lru_cache(1 << 12)
def place_key(name: str) -> str:
    """Return a place's name as it is compared: folded, without "province" and the like, without spaces.

    >>> place_key("ແຂວງ ຫຼວງນ້ຳທາ") == place_key("ຫລວງນ້ຳທາ"), place_key("Luang Namtha Province")
    (True, 'luangnamtha')
    """
    return re.sub(r"[\s\-.']", "", _PLACE_WORDS.sub("", folded(name)))


def choice_key(word: str) -> str:
    """Return a word of a closed list as it is compared."""
    return re.sub(r"[\s\-_.,]", "", folded(word))


def read(one: Field, cell: Cell, numbers: NumberFormat | None, known: Words, today: date) -> Any:
    """Return the value of a cell that is not empty. Errors: Wrong."""
    try:
        return _READ[one.kind](one, cell, numbers, known, today)
    except NamsaiError as problem:
        first = problem.findings[0]
        raise Wrong(first.code, **dict(first.facts)) from None


def ambiguous(cell: Cell) -> tuple[str, float, float] | None:
    """Return a number with two readings (as typed, in Lao, in English); None for any other cell."""
    if not isinstance(cell, str):
        return None
    try:
        parse_number(cell)
    except NamsaiError as problem:
        first = problem.findings[0]
        if first.code == "lao.ambiguous-number":
            return str(first.facts["text"]), float(str(first.facts["lo"])), float(str(first.facts["en"]))
    return None


def _text(one: Field, cell: Cell, *_: Any) -> str:
    said = plain(plain_cell(cell))
    if legacy := find_legacy(said):
        raise Wrong("joining.old-lao", text=said[:60], reading=legacy.reading or "–")
    if len(said) > one.most:
        raise Wrong("joining.too-long", most=one.most, number=len(said))
    return said


def _number(one: Field, cell: Cell, *rest: Any) -> list[str]:
    if isinstance(cell, float):  # a whole number of at most 15 digits came as int
        raise Wrong("joining.number-as-figure", text=repr(cell))
    found = [part.strip() for part in _text(one, cell).split(";")]
    return [part for part in found if number_key(part)]


def _choice(one: Field, cell: Cell, numbers: Any, known: Words, today: Any) -> str:
    said = plain(plain_cell(cell))
    table = known.choices[one.name]
    value = table.get(choice_key(said))
    if value is None:
        raise Wrong("joining.unknown-choice", text=said[:60], choices=", ".join(dict.fromkeys(table.values())))
    return value


def _place(one: Field, cell: Cell, numbers: Any, known: Words, today: Any) -> list[int]:
    """Return the places of that name (a district's name may stand in two provinces: the row decides)."""
    said = plain(plain_cell(cell))
    table = known.provinces if one.name == "province" else known.districts
    found = table.get(place_key(said)) or table.get(folded(said))
    if not found:
        import difflib

        near = difflib.get_close_matches(place_key(said), list(table), 1, 0.6)
        if not near:
            raise Wrong("joining.no-such-place", text=said[:60])
        proposal = known.places[table[near[0]][0]]
        raise Wrong("joining.unknown-place", text=said[:60], proposal=f"{proposal.name_lo} / {proposal.name_en}")
    return found


def _whole(one: Field, cell: Cell, numbers: Any, *_: Any) -> int:
    value = float(cell) if isinstance(cell, int | float) else parse_number(str(cell), numbers)
    if not value.is_integer():
        raise Wrong("joining.not-whole", text=str(cell)[:60])
    if not 0 <= value <= MOST[one.kind]:
        raise Wrong("joining.out-of-range", text=str(cell)[:60], most=MOST[one.kind])
    return int(value)


def _day(one: Field, cell: Cell, numbers: Any, known: Any, today: date) -> date:
    found = date.fromisoformat(parse_date(cell if cell is not None else ""))
    if found > today:
        raise Wrong("joining.in-future", text=found.isoformat())
    return found


def _phone(one: Field, cell: Cell, *_: Any) -> str:
    said = plain(plain_cell(cell))
    if not _PHONE.fullmatch(said):
        raise Wrong("joining.bad-phone", text=said[:60])
    return said


def _email(one: Field, cell: Cell, *_: Any) -> str:
    said = plain(plain_cell(cell))
    if not _EMAIL.fullmatch(said) or len(said) > one.most:
        raise Wrong("joining.bad-email", text=said[:60])
    return said


def _code(one: Field, cell: Cell, *_: Any) -> str:
    said = plain(plain_cell(cell))
    if said.isdigit() and len(said) == 3 and isinstance(cell, int):
        raise Wrong("joining.code-lost-zero", text=said)
    if not re.fullmatch(r"[0-9]{2,4}", said):
        raise Wrong("joining.bad-code", text=said[:60])
    return said


def _record(one: Field, cell: Cell, *_: Any) -> UUID:
    try:
        return UUID(plain(plain_cell(cell)))
    except ValueError:
        raise Wrong("joining.bad-record", text=str(cell)[:60]) from None


_READ: dict[str, Callable[..., Any]] = {
    "name": _text,
    "text": _text,
    "number": _number,
    "choice": _choice,
    "place": _place,
    "whole": _whole,
    "kip": _whole,
    "day": _day,
    "phone": _phone,
    "email": _email,
    "code": _code,
    "record": _record,
}
