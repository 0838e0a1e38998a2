"""What the card of an option says to a reader of one language: words, numbers with their evidence, sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from namsai.knowhow import USABLE, KnowHow, Option
from namsai.knowhow.dates import first_day
from namsai.knowhow.references import references
from namsai.texts import Lang, show_fact
from namsai_centre.knowhow.origins import Origin, origins_of
from namsai_centre.knowhow.words import Words, t, word

_TONES = {"R": "good", "C": "good", "M": "good", "S": "good", "D": "good", "K": "warn", "X": "warn", "N": ""}


@dataclass(frozen=True, slots=True)
class Badge:
    """The evidence of one number: letter, what it means, colour; whether it may calculate."""

    letter: str
    words: str
    tone: str
    calculates: bool


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is shown: span with unit ("" when there is none), of what, in which words, evidence."""

    span: str
    of: str
    basis: Words
    note: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class Line:
    """An option in a list."""

    id: str
    title: Words
    flows: str
    place: str
    saving: Number
    payback: Number
    capex: str


@dataclass(frozen=True, slots=True)
class Card:
    """An option with all that is known of it."""

    line: Line
    technique: str
    fit: str
    capex_range: str
    why: Words
    needs: Words
    costs: Words
    not_when: Words
    mistakes: Words
    rule_of_thumb: tuple[str, str]
    untraced: bool
    calculator: str
    origins: tuple[Origin, ...]
    status: str
    reviewer: str
    retired: bool


@dataclass(frozen=True, slots=True)
class NoLonger:
    """That an option is no longer suggested: since when (YYYY-MM-DD), why, and what to use instead (id, title)."""

    since: date | None
    why: str
    instead: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of evidence for the legend: its badge, what it means at length and whether it calculates."""

    badge: Badge
    meaning: str
    calculates: str


def badge(letter: str, lang: Lang, reviewer: str = "") -> Badge:
    """Return the badge of an evidence letter; a recalled number with a named reviewer calculates."""
    approved = letter == "K" and bool(reviewer)
    words = t("evidence_K_approved", lang, name=reviewer) if approved else word("evidence", letter, lang)
    tone = "good" if approved else _TONES.get(letter, "")
    return Badge(letter, words, tone, letter in USABLE or approved)


def span(low: float | None, high: float | None, lang: Lang) -> str:
    """Write a range: "3.5 – 4.8", "up to 5" where only the upper end is known, "" for nothing."""
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return t("up_to" if low is None else "from", lang, number=float(high if low is None else low))  # type: ignore[arg-type]
    a, b = show_fact(float(low), lang), show_fact(float(high), lang)
    return a if a == b else f"{a} – {b}"


def _thumb(said: str, lang: Lang) -> str:
    """Write a rule of thumb ("0.3-2") as other ranges are written; what is no range stays as it is."""
    try:
        low, high = (float(part) for part in said.split("-"))
    except ValueError:
        return said
    return span(low, high, lang)


def _own(knowhow: KnowHow, kind: str, said: str, lao: str, lang: Lang) -> Words:
    """Return a text in the reader's language where there is one, else in English, marked."""
    if said.casefold() in ("none", "-"):
        said = ""
    if lang == "en" or not (said or lao):
        return Words(said)
    found = lao or (knowhow.label(kind, said, "lo") if kind else said)
    return Words(found, found == said and any("a" <= c.lower() <= "z" for c in said))


def title_of(option: Option, lang: Lang) -> Words:
    """Return the title in the reader's language, else in English, marked."""
    if lang == "lo" and option.title_lo:
        return Words(option.title_lo)
    return Words(option.title_en, lang == "lo")


def _flows(knowhow: KnowHow, keys: tuple[str, ...], lang: Lang) -> str:
    return ", ".join(knowhow.label("flow", key, lang) for key in keys)


def saving_of(knowhow: KnowHow, option: Option, lang: Lang) -> Number:
    """Return the saving: in % of the named flow, with what it is a share of."""
    shown = span(option.saving_low, option.saving_high, lang)
    kind = option.saving_kind
    of = ""
    if shown and kind == "share_of_named_flow":
        of = t(
            "of_flow" if option.saving_scope == "whole" else "of_part",
            lang,
            flow=_flows(knowhow, option.saving_flows, lang),
        )
    note = word("saving_kind", kind, lang) if shown and kind != "share_of_named_flow" else ""
    basis = _own(knowhow, "saving_basis", option.saving_basis, "", lang) if shown else Words("")
    unit = f"{shown} %" if shown else ""
    return Number(unit, of, basis, note, badge(option.evidence_saving, lang, option.reviewer))


def payback_of(option: Option, lang: Lang) -> Number:
    """Return the payback in years; nothing to pay back where nothing is bought."""
    if option.evidence_payback == "D":
        return Number(t("no_outlay", lang), "", Words(""), "", badge("D", lang))
    shown = span(option.payback_low, option.payback_high, lang)
    years = t("years", lang, span=shown) if shown else ""
    note = t("payback_of_group", lang) if shown and option.evidence_payback == "S" else ""
    return Number(years, "", Words(""), note, badge(option.evidence_payback, lang))


def line_of(knowhow: KnowHow, option: Option, lang: Lang) -> Line:
    """Return an option for a list."""
    sector = word("sector", option.sector, lang)
    return Line(
        option.id,
        title_of(option, lang),
        _flows(knowhow, option.flows, lang),
        f"{sector} · {knowhow.label('process', option.process, lang)}",
        saving_of(knowhow, option, lang),
        payback_of(option, lang),
        word("capex", option.capex_class, lang),
    )


def card_of(knowhow: KnowHow, option: Option, lang: Lang) -> Card:
    """Return the card of an option."""
    more = knowhow.cards.get(option.id)
    lao = {n: getattr(more, n, "") for n in ("why_lo", "needs_lo", "costs_lo", "not_when_lo", "mistakes_lo")}
    return Card(
        line=line_of(knowhow, option, lang),
        technique=word("technique", option.technique, lang),
        fit=word("lao_fit", option.lao_fit, lang),
        capex_range=word("capex_range", option.capex_class, lang),
        why=_own(knowhow, "", option.mechanism, lao["why_lo"], lang),
        needs=_own(knowhow, "", option.prerequisites, lao["needs_lo"], lang),
        costs=_own(knowhow, "", option.tradeoffs, lao["costs_lo"], lang),
        not_when=_own(knowhow, "", more.not_when_en if more else "", lao["not_when_lo"], lang),
        mistakes=_own(knowhow, "", more.mistakes_en if more else "", lao["mistakes_lo"], lang),
        rule_of_thumb=(_thumb(option.heuristic_saving, lang), _thumb(option.heuristic_payback, lang)),
        untraced=option.text_untraced,
        calculator=more.calculator if more else "",
        origins=origins_of(knowhow, option.source, lang),
        status=word("review", option.review_status, lang),
        reviewer=option.reviewer,
        retired=not option.in_use,
    )


def retired_of(knowhow: KnowHow, option: Option, lang: Lang) -> NoLonger | None:
    """Return why an option is no longer suggested; None for one in use."""
    if option.in_use:
        return None
    said = knowhow.retired.get(option.id)
    if said is None:
        return NoLonger(None, "", ())
    instead = tuple((key, title_of(knowhow.option(key), lang)) for key in said.instead)
    return NoLonger(date.fromisoformat(first_day(said.since)), said.why, instead)


def letters(lang: Lang) -> list[Letter]:
    """Return the letters of evidence, those that calculate first."""
    says = {"K": "perhaps", **dict.fromkeys("XN", "not_calculates")}
    return [
        Letter(badge(x, lang), t(f"meaning_{x}", lang), t(f"evidence_{says.get(x, 'calculates')}", lang))
        for x in "RCSMDKXN"
    ]


def used_by(knowhow: KnowHow, key: str) -> dict[str, list[object]]:
    """Return the records that rest on a source, by table."""

    def names(cell: str) -> bool:
        return any(part.key == key for part in references(cell) or ())

    return {
        "options": [o for o in knowhow.options if names(o.source)],
        "benchmarks": [b for b in knowhow.benchmarks if names(b.source)],
        "factors": [f for f in knowhow.factors if names(f.source)],
        "limits": [m for m in knowhow.limits if names(m.source)],
    }
