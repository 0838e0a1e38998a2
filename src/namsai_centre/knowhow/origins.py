"""Where a number comes from, in words: what it is, where inside, whether we read it; and the exact place beside."""

from __future__ import annotations

import re
from dataclasses import dataclass

from namsai.knowhow import Computed, KnowHow, SourceRecord
from namsai.knowhow.references import Reference, references, statistic_groups
from namsai.texts import Lang, show_fact
from namsai_centre.knowhow.words import Words, t, word

_TONES = {"read": "good", "read_excerpt": "good", "read_abstract": "good", "computed": "good", "none": ""}
_ASIDE = re.compile(r"\s*\([^()]*(?:\bread\b|\brows\b)[^()]*\)$")  # working notes at the end of a title


@dataclass(frozen=True, slots=True)
class Origin:
    """One source of an option: the record; what it is, where inside, how it was used (badge with a tone), and the exact
    place as it stands in the data (name, text)."""

    source: SourceRecord
    title: Words
    inside: str
    how: str
    tone: str
    exact: tuple[tuple[str, str], ...]


def origins_of(knowhow: KnowHow, cell: str, lang: Lang) -> tuple[Origin, ...]:
    """Return the sources named in a cell, in its order."""
    out = []
    for part in references(cell) or ():
        source = knowhow.sources.get(part.key)
        if source is not None:
            out.append(_origin(knowhow, source, part, lang))
    return tuple(out)


def title_said(knowhow: KnowHow, source: SourceRecord, lang: Lang) -> Words:
    """Return what a source is: in Lao where it was written, else its title without working notes."""
    if source.key == "CALC":
        return Words(t("origin_calc", lang))
    if source.how_used == "heuristic":
        return Words(t("origin_thumb", lang))
    said = knowhow.label("source", source.title, lang)
    return Words(_ASIDE.sub("", said), lang == "lo" and said == source.title)


def tone_of(source: SourceRecord) -> str:
    """Return the tone of the badge that says how a source was used."""
    return _TONES.get(source.how_used, "warn")


def _origin(knowhow: KnowHow, source: SourceRecord, part: Reference, lang: Lang) -> Origin:
    rows = _computed(knowhow, part)
    row = rows[0] if len(rows) == 1 else None  # of several rows none is the one meant
    formulas = {r.formula for r in rows}
    inside = _statistic(knowhow, part.group, lang) if part.group else ""
    if row and lang == "en":
        inside = t("origin_quantity", lang, quantity=row.quantity)
    elif part.record and part.key != "CALC":
        inside = t("origin_record", lang, record=part.record)
    exact = [
        ("locator", source.locator),
        ("exact_record", part.group or part.record),
        ("col_formula", formulas.pop() if len(formulas) == 1 else ""),
        ("col_inputs", row.inputs if row else ""),
        ("exact_title", source.title),
        ("record_key", source.key),
    ]
    named = tuple((t(name, lang), value) for name, value in exact if value)
    how = word("how_used", source.how_used, lang)
    return Origin(source, title_said(knowhow, source, lang), inside, how, tone_of(source), named)


def _computed(knowhow: KnowHow, part: Reference) -> list[Computed]:
    """Return the computed row that is cited, or all of its number (C22_1, C22_2 …)."""
    if part.key != "CALC" or not part.record:
        return []
    exact = knowhow.computed.get(part.record)
    return [exact] if exact else [c for k, c in knowhow.computed.items() if k.startswith(f"{part.record}_")]


def _statistic(knowhow: KnowHow, group: str, lang: Lang) -> str:
    """Say which measures of which plants a statistic is about, and how fast the middle half paid back."""
    asked = statistic_groups(group)
    if asked is None:
        return group
    groups, sector, n = asked
    kinds = list(dict.fromkeys(word("group_of", "water" if g[:1] == "W" else g, lang) for g in groups))
    plants = word("plants_of", sector, lang)
    rows = [s for s in knowhow.statistics if s.sector == sector and s.group in groups]
    said = t("origin_statistic", lang, n=n, what=", ".join(kinds), plants=plants)
    if len(rows) != 1:
        return said
    low, high = (show_fact(float(v), lang) for v in (rows[0].payback_p25, rows[0].payback_p75))
    return f"{said} {t('origin_paid_back', lang, low=low, high=high)}"
