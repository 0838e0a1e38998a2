"""What the start page and the facets say: losses, sectors and choices with words and counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from namsai.knowhow import Benchmark, Factor, KnowHow, Limit, Option
from namsai.texts import Lang, show_fact
from namsai_centre.knowhow import catalogue
from namsai_centre.knowhow.card import title_of
from namsai_centre.knowhow.words import Words, t, word


@dataclass(frozen=True, slots=True)
class Chosen:
    """One choice with its words."""

    value: str
    words: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its name and choices."""

    name: str
    words: str
    choices: tuple[Chosen, ...]


def losses_shown(knowhow: KnowHow, lang: Lang, sector: str = "") -> list[Chosen]:
    """Return the losses one sees, with the number of options."""
    return [Chosen(x.key, x.lo if lang == "lo" else x.en, n) for x, n in catalogue.losses_of(knowhow, sector)]


def sectors_shown(knowhow: KnowHow, lang: Lang) -> list[Chosen]:
    """Return the sectors, with the number of options."""
    return [Chosen(s, word("sector", s, lang), n) for s, n in catalogue.sectors_of(knowhow)]


def facet_words(knowhow: KnowHow, facets: dict[str, list[catalogue.Choice]], lang: Lang) -> list[Facet]:
    """Return the facets with words; long ones by the words' order of frequency."""

    def words(name: str, value: str) -> str:
        match name:
            case "process" | "flow":
                return knowhow.label(name, value, lang)
            case "payback":
                return t("within_years", lang, years=int(value)) if value in catalogue.PAYBACKS else value
            case "fit":
                return word("lao_fit", value, lang)
            case "evidence":
                return f"{value} · {word('evidence', value, lang)}"
        return word(name, value, lang)

    return [
        Facet(
            name,
            t(f"facet_{name}", lang),
            tuple(Chosen(c.value, words(name, c.value), c.count, c.chosen) for c in choices),
        )
        for name, choices in facets.items()
    ]


def options_by_sector(options: Iterable[object], lang: Lang) -> list[tuple[str, list[tuple[str, Words]]]]:
    """Return the options of a source (id, title) by the words of their sector, the sector with most first."""
    out: dict[str, list[tuple[str, Words]]] = {}
    for one in options:
        if isinstance(one, Option):
            out.setdefault(word("sector", one.sector, lang), []).append((one.id, title_of(one, lang)))
    return sorted(out.items(), key=lambda p: -len(p[1]))


def said_by(knowhow: KnowHow, rows: Iterable[object], lang: Lang) -> list[str]:
    """Return benchmarks, factors and limits in words: what of, where, with the number."""
    return [_said(knowhow, row, lang) for row in rows]


def _said(knowhow: KnowHow, row: object, lang: Lang) -> str:
    match row:
        case Benchmark():
            values = [show_fact(v, lang) for v in (row.best, row.typical, row.poor) if v is not None]
            said = [knowhow.label("indicator", row.indicator, lang), knowhow.label("per", row.per, lang)]
            said.append(knowhow.label("benchmark_process", row.process, lang))
            return f"{', '.join(w for w in said if w)}: {' – '.join(values) or '–'} {row.unit}"
        case Factor():
            value = "–" if row.value is None else f"{show_fact(row.value, lang)} {row.unit}"
            return f"{knowhow.label('factor_name', row.name, lang)}: {value}"
        case Limit():
            return f"{row.jurisdiction}, {row.scope}, {row.parameter}: {row.value} {row.unit}".strip()
    return str(row)
