"""What somebody types into a field, what is kept of it, and how it is shown again. Nothing typed is ever lost."""

from __future__ import annotations

from math import isfinite
from typing import Any

from namsai.findings import NamsaiError
from namsai.texts import Lang, has, text
from namsai.workbook.cells import CONVERTERS
from namsai.workbook.columns import Column

NUMBERS = ("number", "whole")
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
    """Return how a kept value stands in its field: numbers without thousands mark, the reader's decimal mark."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        plain = (
            repr(int(value)) if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15) else repr(value)
        )
        return plain.replace(".", ",") if lang == "lo" else plain
    if isinstance(value, list):
        return ", ".join(map(str, value)) if value else "-"
    return str(value)


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


def unchanged(column: Column, typed: str, value: Any) -> bool:
    """Tell whether a field still says what it said when the page was made (in either language)."""
    now = " ".join(typed.split())
    return any(now == " ".join(shown(column, value, lang).split()) for lang in ("lo", "en"))
