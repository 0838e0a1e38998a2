"""The filters of the list as a page shows them: every choice in words, with how many enterprises it would leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from namsai_centre.engagements.models import STAGES
from namsai_centre.enterprises.counts import Counts
from namsai_centre.enterprises.models import RISKS, SIZES, STATUSES
from namsai_centre.enterprises.queries import BANDS, UNKNOWN, Filters, provinces
from namsai_centre.enterprises.size import thresholds_on
from namsai_centre.enterprises.words import SECTORS, sector_word
from namsai_centre.ui.templatetags.words import named
from namsai_centre.ui.words import say


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter; `count` is None while nobody counted."""

    value: str
    words: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter of the list."""

    name: str
    label: str
    choices: list[Choice]


def facets(day: date, filters: Filters, counted: Counts | None = None) -> list[Facet]:
    """Return the closed filters; legal size classes only while their table is in the data."""
    unknown = (UNKNOWN, say("enterprises.not_known"))
    told = {t.size for t in thresholds_on(day)}
    sizes = [s for s in SIZES if s in told or (s == "large" and "medium" in told)]
    no_work = (UNKNOWN, say("enterprises.no_engagement"))
    found = [
        _facet("sector", "sector", [*((s, sector_word(s)) for s in SECTORS), unknown], filters, counted),
        _facet("province", "province", [*((p.code, named(p)) for p in provinces(day)), unknown], filters, counted),
        _facet("band", "workers", [*_words("band", BANDS), unknown], filters, counted),
        _facet("stage", "stage", [*_words("stage", STAGES), no_work], filters, counted),
        _facet("risk", "risk_class", [*_words("risk", RISKS), unknown], filters, counted),
        _facet("status", "status", _words("status", STATUSES), filters, counted),
    ]
    if sizes:
        found.insert(3, _facet("size", "size", _words("size", sizes), filters, None))
    return found


def _words(group: str, values: Iterable[str]) -> list[tuple[str, str]]:
    return [(v, say(f"enterprises.{group}_{v}")) for v in values]


def _facet(name: str, label: str, pairs: list[tuple[str, str]], filters: Filters, counted: Counts | None) -> Facet:
    wanted = getattr(filters, name)
    if wanted and wanted not in dict(pairs):
        pairs = [*pairs, (wanted, wanted)]  # a value of another list that somebody asks for stays visible
    own = counted.get(name) if counted is not None else None
    choices = [Choice(v, words, None if own is None else own[v], v == wanted) for v, words in pairs]
    return Facet(name, say(f"enterprises.{label}"), choices)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is set, and the address of the list without it."""

    label: str
    words: str
    url: str


def chosen(found: list[Facet], asked: QueryDict) -> list[Chosen]:
    """Return the filters that are set, each with the address that takes it off."""
    out = []
    for facet in found:
        for one in facet.choices:
            if one.chosen:
                left = asked.copy()
                for name in (facet.name, "page", "counts"):
                    left.pop(name, None)
                out.append(Chosen(facet.label, one.words, f"?{left.urlencode()}"))
    return out
