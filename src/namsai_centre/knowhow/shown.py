"""What the start page and the facets say: losses, sectors and choices with words and counts."""

from __future__ import annotations

from dataclasses import dataclass

from namsai.knowhow import KnowHow
from namsai.texts import Lang
from namsai_centre.knowhow import catalogue
from namsai_centre.knowhow.card import t, word


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
