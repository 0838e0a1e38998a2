"""Headings, notes and lists of words of the form, in Lao, English or both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from namsai.plant.records import PLACES_IN, PLACES_OUT
from namsai.quantity.units import everyday_units
from namsai.texts import Lang, has, room_texts, text
from namsai.workbook.columns import Column, references

if TYPE_CHECKING:
    from namsai.knowhow import KnowHow

FormLang = Literal["both", "lo", "en"]
CURRENCIES = ("LAK", "THB", "USD", "CNY", "VND", "EUR")
_AMOUNT_UNITS = ("kg", "t", "g", "m3", "l", "hl", "kWh", "MWh", "MJ", "GJ", "piece", "m2", "m", "h")
_TERMS = {"category": "category", "source": "source", "technique": "technique", "sector": "sector"}


def langs(lang: FormLang) -> tuple[Lang, ...]:
    """Return the languages to be written, Lao first."""
    return ("lo", "en") if lang == "both" else (lang,)


def both(slug: str, lang: FormLang, separator: str = " / ", **facts: str) -> str:
    """Return a text of the form in the wanted languages."""
    return separator.join(dict.fromkeys(text(f"form.{slug}", one, **facts) for one in langs(lang)))


def _slug(table: str, name: str, owner: str = "") -> str:
    """Return the key of a field's heading: that of the field inside its record, of its table, else the general one."""
    own = (f"part-{owner}-{name}", f"col-{table}-{name}")
    return next((slug for slug in own if slug in room_texts("form")), f"col-{name}")


@cache
def heading(table: str, column: Column, lang: Lang) -> str:
    """Return the heading of a column in one language (outer field: inner field)."""
    slugs = [(_slug(table, name, owner), name) for name, owner in column.parts]
    return ": ".join(text(f"form.{slug}", lang) if slug in room_texts("form") else name for slug, name in slugs)


def headings(table: str, column: Column, lang: FormLang, between: str = " / ") -> str:
    """Return the heading in the wanted languages; a star marks what every row needs."""
    star = " *" if column.required or _named(column) else ""
    return between.join(dict.fromkeys(heading(table, column, one) for one in langs(lang))) + star


def _named(column: Column) -> bool:
    """Tell whether a column is the name every row needs in at least one language."""
    return column.key in ("name.lo", "name.en", "text.lo", "text.en", "enterprise.name.lo", "enterprise.name.en")


def notes(table: str, column: Column, lang: FormLang) -> str:
    """Return what belongs into a column, in the wanted languages."""
    out = []
    for one in langs(lang):
        spots = list(reversed(column.parts))
        slugs = (s for n, owner in spots for s in (_slug(table, n, owner), _slug(table, n)))
        slug = next((s for s in slugs if f"note_{one}" in room_texts("form").get(s, {})), None)
        says = [text(f"form.{slug}", one, "note")] if slug else []
        if column.required:
            says.append(text("form.needed", one))
        elif column.needed_with:
            outer = text(f"form.{_slug(table, column.needed_with.split('.')[-1])}", one)
            says.append(text("form.needed-with", one, outer=outer))
        out.append(" ".join(says))
    return "\n".join(dict.fromkeys(out))


@dataclass(frozen=True, slots=True)
class WordList:
    """The words of a drop-down: (key, Lao, English); `ids_of`: the ids typed into that table come after them."""

    name: str
    words: tuple[tuple[str, str, str], ...]
    ids_of: str = ""
    closed: bool = False

    def shown(self, lang: FormLang) -> dict[str, str]:
        """Return key -> what the cell shows (``label | key``; the key alone where it is its own label)."""
        out = {}
        for key, lo, en in self.words:
            label = en if lang == "en" else lo
            out[key] = f"{label} | {key}" if label and label != key else key
        return out


def _choice_words(column: Column) -> tuple[tuple[str, str, str], ...]:
    """Return the labels of a closed list of choices."""
    out = []
    for key in column.choices:
        term = f"terms.{_TERMS.get(column.parts[-1][0], '')}-{key}"
        slug = term if has(term) else f"form.word-{key}"
        out.append((key, text(slug, "lo"), text(slug, "en")) if has(slug) else (key, key, key))
    return tuple(out)


def _process_words(sector: str, knowhow: KnowHow | None) -> tuple[tuple[str, str, str], ...]:
    """Return the kinds of processes: those of the sector first, then the cross-cutting ones, then the others."""
    found = list(knowhow.processes.values()) if knowhow else []
    rank = {sector: 0, "": 1, "cross_cutting": 1, "general": 1}
    found.sort(key=lambda p: (rank.get(p.sector, 2), p.sector))
    return tuple((p.key, p.lo, p.en) for p in found)


def _places(places: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """Return the places outside the plant with their labels."""
    return tuple((p, text(f"terms.place-{p}", "lo"), text(f"terms.place-{p}", "en")) for p in places)


def _same(keys: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """Return words that are their own label."""
    return tuple((key, key, key) for key in keys)


def word_list(table: str, column: Column, sector: str, knowhow: KnowHow | None) -> WordList | None:
    """Return the drop-down of a column, or None."""
    last = column.parts[-1][0]
    if column.kind == "choice":
        return WordList(f"choice_{'_'.join(n for n, _ in column.parts)}_{table}", _choice_words(column), closed=True)
    if column.kind == "yes_no":
        words = tuple((k, text(f"form.word-{k}", "lo"), text(f"form.word-{k}", "en")) for k in ("yes", "no"))
        return WordList("yes_no", words, closed=True)
    if column.kind == "unit":
        return WordList("units", _same(tuple(u for u in _AMOUNT_UNITS if u in everyday_units())))
    if column.kind == "currency":
        return WordList("currencies", _same(CURRENCIES))
    if (table, last) in (("processes", "kind"), ("equipment", "kind")):
        return WordList("process_kinds", _process_words(sector, knowhow)) if knowhow else None
    if (table, last) == ("materials", "kind"):
        return WordList("flow_kinds", tuple((f.key, f.lo, f.en) for f in knowhow.flows.values())) if knowhow else None
    if (table, last) == ("values", "subsector"):
        return WordList("subsectors", _same(tuple(sorted({b.sector for b in knowhow.benchmarks})))) if knowhow else None
    if (table, last) == ("values", "per") and knowhow:
        return WordList("benchmark_words", _same(tuple(sorted({b.per for b in knowhow.benchmarks if b.per}))))
    if (table, column.key) == ("streams", "from"):
        return WordList("places_from", _places(PLACES_IN), ids_of="processes")
    if (table, column.key) == ("streams", "to"):
        return WordList("places_to", _places(PLACES_OUT), ids_of="processes")
    target = references().get((table, last))
    if target and column.kind != "ids":
        return WordList(f"ids_{target}", (), ids_of=target)
    return None
