"""Why an option is proposed, in words: "because fabric off-cuts cost 84 million kip a year in cutting"."""

from __future__ import annotations

from namsai.findings import Fact
from namsai.hotspots.model import HotSpot
from namsai.knowhow import KnowHow
from namsai.options.model import Proposal
from namsai.plant.amounts import Plant
from namsai.texts import Lang, has, show_fact, text

_SCALES = ((1e9, "billion"), (1e6, "million"))


def money_words(amount: float, currency: str, lang: Lang) -> str:
    """Return money as people say it: three digits, million or billion, the name of the currency.

    >>> money_words(84_200_000, "LAK", "en"), money_words(84_200_000, "LAK", "lo")
    ('84.2 million kip', '84,2 ລ້ານກີບ')
    """
    key = f"options.currency-{currency}"
    name = text(key, lang) if has(key) else currency
    for size, word in _SCALES:
        if abs(amount) >= size:
            number = show_fact(float(f"{amount / size:.3g}"), lang)
            space = "" if lang == "lo" else " "
            return f"{number} {text(f'options.scale-{word}', lang)}{space}{name}"
    return f"{show_fact(round(amount), lang)} {name}"


def reason_for(plant: Plant, knowhow: KnowHow, spot: HotSpot) -> tuple[str, dict[str, Fact]]:
    """Return the text key and the facts of the reason that a hot spot gives; names in both languages."""
    facts: dict[str, Fact] = {
        "concern": spot.concern,
        "rank": spot.rank,
        "subject": spot.subject,
        "process": spot.process,
    }
    for lang in ("lo", "en"):
        facts[f"subject_{lang}"] = _subject(plant, knowhow, spot, lang)
        process = plant.processes.get(spot.process)
        facts[f"process_{lang}"] = process.name.show(lang) if process else text("options.whole-site", lang)
    facts |= {"money": spot.money, "currency": plant.case.finance.currency, "amount": spot.amount, "unit": spot.unit}
    if spot.concern == "hazard":
        return "options.because-hazard", facts | {"hazards": spot.facts.get("hazards")}
    group = spot.subject.partition(":")[0]
    slug = {"stream": "loss", "recycle": "recycle", "use": "use", "line": "line", "unexplained": "unexplained"}[group]
    if spot.money is not None and spot.money > 0:
        return f"options.because-{slug}", facts
    if spot.money == 0 and spot.amount:
        return "options.because-free", facts
    return ("options.because-amount" if spot.amount else "options.because-unknown"), facts


def _subject(plant: Plant, knowhow: KnowHow, spot: HotSpot, lang: Lang) -> str:
    group, _, id = spot.subject.partition(":")
    if group == "line":
        line = next((row for row in plant.case.lines if row.id == id), None)
        return line.name.show(lang) if line is not None and line.name is not None else id
    if spot.material in plant.materials:
        return plant.materials[spot.material].name.show(lang)
    word = knowhow.flows.get(spot.flow)
    return (word.lo if lang == "lo" else word.en) if word is not None else spot.flow


def reason_text(proposal: Proposal, lang: Lang) -> str:
    """Return the reason of a proposal in a language, with the names in that language."""
    facts = dict(proposal.reason_facts)
    facts["subject"] = facts.get(f"subject_{lang}", facts.get("subject"))
    facts["process"] = facts.get(f"process_{lang}", facts.get("process"))
    money = facts.get("money")
    if isinstance(money, int | float):
        facts["money"] = money_words(money, str(facts.get("currency") or ""), lang)
    key = f"options.unit-{facts.get('unit')}"
    if has(key):
        facts["unit"] = text(key, lang)
    return text(proposal.reason, lang, "", **facts)
