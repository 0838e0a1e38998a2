"""What somebody types into a field, what is kept of it, and how it is shown again. Nothing typed is ever lost."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

from namsai.findings import NamsaiError
from namsai.lao.numbers import parse_number
from namsai.texts import Lang, has, text
from namsai.workbook.cells import CONVERTERS
from namsai.workbook.columns import Column

NUMBERS = ("number", "whole")
FROM = 10_000  # numbers are shown in groups from here on
MEANT = ("enters_product",)  # where "no" says something else than an empty field
_CONTROL = {n: None for n in range(32) if n not in (9, 10, 13)} | {127: None}


def take(column: Column, typed: str) -> Any:
    """Return what is kept of a typed text: the value, or the text itself where it cannot be read; None for empty."""
    said = typed.translate(_CONTROL).strip()
    if not said:
        return None
    try:
        value = CONVERTERS[column.kind](said)
    except NamsaiError:
        return said
    if isinstance(value, float) and not isfinite(value):
        return said
    if value is False and column.key.rpartition(".")[2] not in MEANT:
        return None
    return value if value != "" else None


def shown(column: Column, value: Any, lang: Lang) -> str:
    """Return how a kept value stands in its field: the reader's decimal mark, large numbers in groups of three (with a
    blank, which has one reading only).
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        plain = (
            repr(int(value)) if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15) else repr(value)
        )
        whole, mark, rest = plain.partition(".")
        return grouped(whole) + mark.replace(".", "," if lang == "lo" else ".") + rest
    if isinstance(value, list):
        return ", ".join(map(str, value)) if value else "-"
    return str(value)


def grouped(digits: str) -> str:
    """Return whole digits in groups of three, with blanks, where there are many."""
    many = digits.lstrip("-").isdigit() and abs(int(digits)) >= FROM
    return f"{int(digits):,}".replace(",", " ") if many else digits


def said(column: Column, value: Any, lang: Lang) -> str:
    """Return a kept value for reading: words for choices, a dash for nothing."""
    if value is None:
        return "–"
    if column.kind == "yes_no" and isinstance(value, bool):
        return text("form.word-yes" if value else "form.word-no", lang)
    if column.kind == "choice":
        for key in (f"terms.{column.parts[-1][0]}-{value}", f"form.word-{value}"):
            if has(key):
                return text(key, lang)
    if column.kind in NUMBERS and isinstance(value, int | float):
        whole = isinstance(value, int) or value.is_integer()
        grouped = (
            f"{value:,.0f}" if whole and abs(value) < 1e15 else f"{value:,.10g}" if abs(value) < 1e300 else str(value)
        )
        return grouped.translate(str.maketrans(",.", ".,")) if lang == "lo" else grouped
    return shown(column, value, lang)


def amount_of_money(typed: str) -> float:
    """Read money as a person types it: 400 000 000, 400.000.000 kip, 400 million, 0,4 billion, in Lao or English.

    Errors: NamsaiError as `parse_number`.
    """
    left = _CURRENCY.sub("", " ".join(typed.split())).strip()
    found = _LARGE.search(left)
    if found is None:
        return parse_number(left)
    times = 1e9 if found[1].casefold() in ("ຕື້", "bn", "billion") else 1e6
    return parse_number(left[: found.start()].strip()) * times


_CURRENCY = re.compile(r"(?:ກີບ|₭|\bkip|\bLAK)$|^(?:₭|LAK\b|kip\b|ກີບ)", re.IGNORECASE)
_LARGE = re.compile(r"(ລ້ານ|ຕື້|million|billion|bn|mio|m)\.?$", re.IGNORECASE)


def unchanged(column: Column, typed: str, value: Any) -> bool:
    """Tell whether a field still says what it said when the page was made (in either language)."""
    now = " ".join(typed.split())
    return any(now == " ".join(shown(column, value, lang).split()) for lang in ("lo", "en"))
