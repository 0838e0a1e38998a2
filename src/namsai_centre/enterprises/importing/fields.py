"""The fields a list can fill, and which heading means which: in Lao and English, with the spellings people use."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from namsai.texts import text
from namsai.workbook.table import Cell
from namsai_centre.enterprises.keys import folded

NOTHING = ""  # a column that is not taken over


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name, what its cells are, the text key of its label, other headings it is known by."""

    name: str
    kind: str  # record, name, text, number (of an office), choice, place, whole, kip, day, phone, email, code
    label: str
    known_as: tuple[str, ...] = ()
    most: int = 200
    example: Cell = None


def _f(name: str, kind: str, *known_as: str, label: str = "", most: int = 200, example: Cell = None) -> Field:
    return Field(name, kind, label or f"enterprises.{name}", known_as, most, example)


_NAMES_LO = (
    "ຊື່", "ຊື່ລາວ", "ຊື່ວິສາຫະກິດ", "ຊື່ໂຮງງານ", "ຊື່ບໍລິສັດ", "ຊື່ຫົວໜ່ວຍ", "name lao", "lao name", "ຊື່ເປັນພາສາລາວ",
)  # fmt: skip
_NAMES_EN = (
    "name", "enterprise", "factory", "company", "name english", "english name", "factory name", "company name",
    "enterprise name", "latin name", "ຊື່ອັງກິດ", "ຊື່ພາສາອັງກິດ",
)  # fmt: skip
_REGISTRATION = (
    "registration", "reg no", "registration no", "registration number", "enterprise code", "ທະບຽນ", "ເລກທະບຽນ",
    "ເລກທີທະບຽນວິສາຫະກິດ", "ທະບຽນວິສາຫະກິດ",
)  # fmt: skip
_TAX = (
    "tax", "tin", "tax id", "tax no", "tax identification number", "ເລກອາກອນ", "ເລກຜູ້ເສຍອາກອນ", "ເລກປະຈຳຕົວອາກອນ",
)  # fmt: skip
_LICENCE = (
    "licence", "license", "licence no", "license no", "factory license", "factory licence", "ໃບອະນຸຍາດ", "ເລກໃບອະນຸຍາດ",
    "ໃບອະນຸຍາດໂຮງງານ",
)  # fmt: skip
_WORKERS = (
    "workers total", "employees", "staff", "total workers", "number of workers", "labour", "labor", "ແຮງງານ",
    "ຈຳນວນແຮງງານ", "ກຳມະກອນ", "ພະນັກງານ", "ຈຳນວນພະນັກງານ", "ແຮງງານທັງໝົດ",
)  # fmt: skip
_PEOPLE = ("contact person", "owner", "manager", "director", "ຜູ້ຕິດຕໍ່", "ເຈົ້າຂອງ", "ຜູ້ອຳນວຍການ", "ຜູ້ຈັດການ")
_PHONES = ("tel", "telephone", "mobile", "phone number", "ໂທ", "ເບີໂທ", "ໂທລະສັບ", "ເບີໂທລະສັບ", "ມືຖື")
_INCOME = ("income", "turnover", "revenue", "annual income", "ລາຍຮັບ", "ລາຍຮັບຕໍ່ປີ")
_ISIC = ("isic code", "isic4", "isic rev 4", "ລະຫັດ isic", "ລະຫັດກິດຈະການ")


def _of_office(issuer: str, *known_as: str, example: Cell = None) -> Field:
    return Field(issuer, "number", f"enterprises.issuer_{issuer}", known_as, 60, example)


FIELDS: tuple[Field, ...] = (
    _f("name_lo", "name", *_NAMES_LO, example="ໂຮງງານນ້ຳດື່ມ ຕົວຢ່າງ"),
    _f("name_en", "name", *_NAMES_EN, example="Example Drinking Water"),
    _of_office("enterprise_registration", *_REGISTRATION, example="01-00012345"),
    _of_office("tax", *_TAX, example="123456789000"),
    _of_office("factory_licence", *_LICENCE),
    _of_office("statistics", "statistics no", "statistics number", "lsb no", "ເລກສະຖິຕິ"),
    _of_office("other", "other no"),
    _f("sector", "choice", "industry", "branch", "ຂະແໜງການ", "ຂະແໜງອຸດສາຫະກຳ", example="*"),
    _f("economic_kind", "choice", "kind", "type of business", "ປະເພດ", "ປະເພດກິດຈະການ", example="*"),
    _f("province", "place", "prov", "ແຂວງ", "ນະຄອນຫຼວງ/ແຂວງ", example="*"),
    _f("district", "place", "dist", "ເມືອງ", "ນະຄອນ/ເມືອງ", example="*"),
    _f("village", "text", "ban", "ບ້ານ", most=120, example="ໂພນໄຊ"),
    _f("workers", "whole", *_WORKERS, example=18),
    _f("women", "whole", "female", "females", "women workers", "female workers", "ຍິງ", "ແຮງງານຍິງ", example=10),
    _f("men", "whole", "male", "males", "men workers", "male workers", "ຊາຍ", "ແຮງງານຊາຍ", example=8),
    _f("workers_on", "day", "counted on", "workers date", "ວັນທີນັບແຮງງານ", example="2025-12-31"),
    _f("assets_kip", "kip", "assets", "total assets", "capital", "ຊັບສິນ", "ຊັບສິນທັງໝົດ", "ທຶນ", example=850_000_000),
    _f("income_kip", "kip", *_INCOME, example=1_200_000_000),
    _f("figures_on", "day", "figures date", "ວັນທີຂອງຕົວເລກ", example="2025-12-31"),
    _f("factory_class", "text", "class", "ປະເພດໂຮງງານ", most=20),
    _f("risk_class", "choice", "risk", "ຄວາມສ່ຽງ", example="*"),
    _f("isic", "code", *_ISIC, label="joining.isic", example="1104"),
    _f("contact", "name", *_PEOPLE, label="joining.contact", most=120, example="ທ່ານ ຕົວຢ່າງ"),
    _f("phone", "phone", *_PHONES, most=30, example="020 5555 0000"),
    _f("email", "email", "e mail", "mail", "ອີເມວ", "ອີເມລ", most=254),
    _f("note", "text", "remark", "remarks", "notes", "comment", "ໝາຍເຫດ", most=2000),
    _f("record", "record", "namsai", "record id", label="enterprises.export_id", most=36),
)
BY_NAME = {f.name: f for f in FIELDS}
NUMBERS = tuple(f.name for f in FIELDS if f.kind == "number")


def heading(field: Field) -> str:
    """Return the heading of a field in both languages."""
    return f"{text(field.label, 'lo')} / {text(field.label, 'en')}"


def key(head: str) -> str:
    """Return a heading as it is compared: folded, without signs, stars and what stands in brackets.

    >>> key("Tax No. (TIN) *"), key("ແຂວງ:")
    ('tax no', 'ແຂວງ')
    """
    bare = re.sub(r"\([^)]*\)", " ", folded(head))
    return " ".join("".join(c if c.isalnum() or "\u0e80" <= c <= "\u0eff" else " " for c in bare).split())


@cache
def _meanings() -> dict[str, str]:
    """Return what each heading means."""
    found: dict[str, str] = {}
    for f in FIELDS:
        for name in (f.name, text(f.label, "lo"), text(f.label, "en"), *f.known_as):
            found.setdefault(key(name), f.name)
    return found


def guess(headers: Sequence[str]) -> dict[str, str]:
    """Return which column (its place as text) is which field, as far as the headings tell; each field once."""
    found: dict[str, str] = {}
    for at, head in enumerate(headers):
        name = meaning(head)
        if name and name not in found.values():
            found[str(at)] = name
    return found


def meaning(head: str) -> str:
    """Return the field a heading means; nothing for an unknown one. Of "Lao / English" either part may tell."""
    known, parts = _meanings(), [key(part) for part in (head, *re.split(r"\s/\s|\n", head))]
    if any(part in _not_taken() for part in parts):
        return ""
    return next((known[part] for part in parts if part in known), "")


@cache
def _not_taken() -> frozenset[str]:
    """Return headings of our own files that hold no value of a field (several people or activities in one cell)."""
    own = ("enterprises.part_contact", "enterprises.export_activities", "joining.what_is_wrong")
    return frozenset(key(text(slug, "en")) for slug in own)


def heads_digest(headers: Sequence[str]) -> str:
    """Return the digest of a set of headings: the same columns in another order are the same list."""
    return hashlib.sha256("\n".join(sorted(key(h) for h in headers)).encode()).hexdigest()


def head_row(rows: Sequence[Sequence[Cell]]) -> int:
    """Return the place of the row of headings: the one of the first fifteen with most known headings, else the first
    with two texts."""
    best, most = -1, 0
    for at, row in enumerate(rows[:15]):
        known = len({name for c in row if isinstance(c, str) and (name := meaning(c))})
        if known > most:
            best, most = at, known
    if best >= 0:
        return best
    for at, row in enumerate(rows[:15]):
        if sum(isinstance(c, str) and bool(c.strip()) for c in row) >= 2:
            return at
    return 0
