"""How numbers, amounts and money are written: Lao 1.234,5 and English 1,234.5; what is not known is a dash."""

from __future__ import annotations

import re
from math import floor, log10

from namsai.texts import Lang, has, text

DASH = "–"
_SWAP = str.maketrans(",.", ".,")
# unit shown from this many base units on: base unit -> (limit, factor, unit shown)
_STEPS: dict[str, tuple[tuple[float, float, str], ...]] = {
    "kg": ((10_000.0, 1e3, "t"), (1.0, 1.0, "kg"), (0.0, 1e-3, "g")),
    "J": ((1e13, 1e12, "TJ"), (1e9, 1e9, "GJ"), (0.0, 1e6, "MJ")),
    "kWh": ((3.6e13, 3.6e12, "GWh"), (3.6e10, 3.6e9, "MWh"), (0.0, 3.6e6, "kWh")),
    "min": ((600.0, 60.0, "h"), (0.0, 1.0, "min")),
}
_SIGNS = {"m3": "m³", "m2": "m²", "CO2": "CO₂", "CO2e": "CO₂e", "CH4": "CH₄", "N2O": "N₂O", "O2": "O₂"}
_SIGN = re.compile(rf"\b({'|'.join(_SIGNS)})\b")


def number(value: float | None, lang: Lang, digits: int = 3) -> str:
    """Write a number with so many significant digits, never fewer than all digits before the decimal mark.

    Args: value (None is not known); lang; digits. Returns the text.

    >>> number(1234567.8, "lo"), number(0.08436, "en"), number(None, "en"), number(7.0, "en"), number(2500, "lo")
    ('1.234.568', '0.0844', '–', '7', '2.500')
    """
    if value is None:
        return DASH
    if value == 0:
        return "0"
    decimals = max(0, min(digits - 1 - floor(log10(abs(value))), 8))
    out = f"{value:,.{decimals}f}"
    if "." in out:
        out = out.rstrip("0").rstrip(".")
    out = out.replace("-", "−")
    return out.translate(_SWAP) if lang == "lo" else out


def unit_name(unit: str, lang: Lang) -> str:
    """Write a unit for a reader: signs stay, words (piece, year ...) are in the language."""
    return text(f"charts.unit-{unit}", lang) if has(f"charts.unit-{unit}") else _SIGNS.get(unit, unit)


def signs(value: str) -> str:
    """Write the signs of a typed text as they are printed: raised and lowered figures, arrows.

    >>> signs("10 m3 of air: O2 8->4 %, 5 kg CO2e/m3")
    '10 m³ of air: O₂ 8 → 4 %, 5 kg CO₂e/m³'
    """
    return _SIGN.sub(lambda found: _SIGNS[found[0]], re.sub(r" ?-> ?", " → ", value))


def scaled(value: float, unit: str, electricity: bool = False) -> tuple[float, str]:
    """Return an amount in a unit that reads well: t from 10 t on, GJ or kWh instead of J.

    >>> scaled(512_000.0, "kg"), scaled(7.2e9, "J", electricity=True)
    ((512.0, 't'), (2000.0, 'kWh'))
    """
    for limit, factor, shown in _STEPS.get("kWh" if unit == "J" and electricity else unit, ()):
        if abs(value) >= limit and value:
            return value / factor, shown
    return value, unit


def amount(value: float | None, unit: str, lang: Lang, electricity: bool = False, digits: int = 3) -> str:
    """Write an amount given in a base unit.

    >>> amount(76_400.0, "kg", "lo"), amount(12.0, "m3", "en"), amount(None, "kg", "en")
    ('76,4 t', '12 m³', '–')
    """
    if value is None:
        return DASH
    shown, sign = scaled(value, unit, electricity)
    return f"{number(shown, lang, digits)} {unit_name(sign, lang)}"


def currency_name(currency: str, lang: Lang) -> str:
    """Write the name of a currency, or its code where the catalogue has none."""
    key = f"charts.currency-{currency.lower()}"
    return text(key, lang) if has(key) else currency


def money(value: float | None, currency: str, lang: Lang, digits: int = 3) -> str:
    """Write money in words that are read at a glance: thousands stay, millions and billions are named.

    >>> money(84_312_000, "LAK", "en"), money(1_250_000_000, "LAK", "lo"), money(None, "LAK", "en")
    ('84.3 M kip', '1,25 ຕື້ກີບ', '–')
    """
    if value is None:
        return DASH
    name = currency_name(currency, lang)
    for limit, word in ((1e9, "billion"), (1e6, "million")):
        if abs(value) >= limit * 0.9995:
            return text(f"charts.{word}", lang, number=number(value / limit, lang, digits), currency=name)
    rounded = float(f"{value:.{digits}g}") if abs(value) >= 1000 else value
    return text("charts.plain-money", lang, number=number(rounded, lang, digits), currency=name)


def full(value: float | None, lang: Lang) -> str:
    """Write money in full, without its currency (that stands in the head of the column)."""
    return DASH if value is None else number(round(value), lang, 1)


def percent(share: float | None, lang: Lang, digits: int = 2, sign: bool = False) -> str:
    """Write a share as a percentage.

    >>> percent(0.1234, "lo"), percent(-0.08, "en", sign=True), percent(None, "en")
    ('12 %', '−8 %', '–')
    """
    if share is None:
        return DASH
    share = 0.0 if abs(share) < 5e-6 else share
    plus = "+" if sign and share > 0 else ""
    return f"{plus}{number(share * 100, lang, digits)} %"


def span(low: float | None, high: float | None, lang: Lang, digits: int = 3) -> str:
    """Write a range low – high, or one number where both are the same.

    >>> span(3.5, 4.8, "lo"), span(2.0, 2.0, "en"), span(None, None, "en")
    ('3,5 – 4,8', '2', '–')
    """
    if low is None and high is None:
        return DASH
    first, second = number(low, lang, digits), number(high, lang, digits)
    return first if first == second else f"{first} – {second}"


def money_span(low: float | None, high: float | None, currency: str, lang: Lang) -> str:
    """Write a range of money; million or billion is named once where both ends share it."""
    if low is None or high is None or low == high:
        return money(low if low is not None else high, currency, lang)
    first, second = money(low, currency, lang), money(high, currency, lang)
    if first == second:
        return first
    head, _, tail = first.partition(" ")
    return f"{head} – {second}" if second.endswith(tail) else f"{first} – {second}"


def years(value: float | None, lang: Lang) -> str:
    """Write a time in years: in months below two years.

    >>> years(0.68, "en"), years(3.26, "lo"), years(0.02, "en"), years(None, "en")
    ('8 months', '3,3 ປີ', 'less than 1 month', '–')
    """
    if value is None:
        return DASH
    if value < 1 / 12:
        return text("charts.under-a-month", lang)
    if value < 1.75:
        months = round(value * 12)
        return text("charts.month" if months == 1 else "charts.months", lang, number=str(months))
    return text("charts.years", lang, number=number(value, lang, 2))


def years_span(low: float, high: float, lang: Lang) -> str:
    """Write a range of times; the unit stands once where both ends share it.

    >>> years_span(0.1, 0.25, "en"), years_span(0.5, 2.5, "lo")
    ('1 – 3 months', '6 ເດືອນ – 2,5 ປີ')
    """
    first, second = years(low, lang), years(high, lang)
    if first == second:
        return first
    (head, _, one), (_, _, other) = first.partition(" "), second.partition(" ")
    return f"{head} – {second}" if other.removesuffix("s") == one.removesuffix("s") else f"{first} – {second}"


def date(iso: str, lang: Lang) -> str:
    """Write an ISO date: day/month/year in Lao, day month year in English.

    >>> date("2026-11-24", "lo"), date("2026-11-24", "en")
    ('24/11/2026', '24 Nov 2026')
    """
    year, month, day = iso.split("-")
    if lang == "lo":
        return f"{day}/{month}/{year}"
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{int(day)} {names[int(month) - 1]} {year}"
