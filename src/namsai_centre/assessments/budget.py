"""Another budget: what a person typed, what it changes against the plan of the run, and which budgets to try."""

from __future__ import annotations

from dataclasses import dataclass

from namsai.assessment import Assessment as Result
from namsai.charts import write
from namsai.findings import NamsaiError
from namsai.report.view import View
from namsai.texts import Lang, finding_text, text
from namsai_centre.assessments.typed import amount_of_money, grouped
from namsai_centre.knowhow.queries import knowhow_of

SHARES = (0.5, 1.0, 1.5)  # of the budget, to be tried with one tap
MOST = 1e15


@dataclass(frozen=True, slots=True)
class Asked:
    """The budget asked for: a number, None for no limit; `problem` in words where it cannot be read."""

    value: float | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """An option that came in or went out."""

    title: str
    investment: str
    saving: str


@dataclass(frozen=True, slots=True)
class Change:
    """Two plans side by side: key of a figure, before, after; and what came in and went out."""

    figures: tuple[tuple[str, str, str], ...]
    added: tuple[Measure, ...]
    dropped: tuple[Measure, ...]


def asked_budget(typed: str, lang: Lang) -> Asked:
    """Read a budget as a person types it; empty is no limit."""
    if not typed.strip():
        return Asked(None)
    try:
        value = amount_of_money(typed)
    except NamsaiError as wrong:
        return Asked(None, " ".join(" ".join(finding_text(f, lang)) for f in wrong.findings))
    return Asked(value) if 0 <= value < MOST else Asked(None, text("assessments.budget_wrong", lang))


def as_typed(budget: float | None, currency: str, lang: Lang) -> str:
    """Return a budget for its field: in groups of three, with the word for the money."""
    return "" if budget is None else f"{grouped(f'{budget:.0f}')} {write.currency_name(currency, lang)}"


def to_try(result: Result, lang: Lang) -> list[tuple[str, str]]:
    """Return budgets to try: what is put into the address, and how it is called; the last one is no limit."""
    own, found = result.case.finance.budget, result.plan
    base = own or (found.spent if found else 0.0)
    currency = result.case.finance.currency
    rounded = dict.fromkeys(float(f"{base * share:.2g}") for share in SHARES if base)
    tried = [(f"{value:.0f}", write.money(value, currency, lang)) for value in rounded]
    return [*tried, ("", text("assessments.no_limit", lang))] if tried else []


def change(was: Result, now: Result, lang: Lang) -> Change:
    """Return what another budget changes against the plan of the run."""
    view = View(was, knowhow_of(was.knowhow_version), lang)
    old, new = ([c.id for c in r.plan.chosen] if r.plan else [] for r in (was, now))
    plans = (was.plan, now.plan)
    budgets = [write.DASH if p is None else _budget(view, p.budget) for p in plans]
    figures = (
        ("budget_word", budgets[0], budgets[1]),
        ("measures_number", str(len(old)), str(len(new))),
        ("investment", *(view.money(p.spent if p else None) for p in plans)),
        ("saving_year", *(view.money(p.joint_saving_per_year if p else None) for p in plans)),
    )
    options = {p.id: p for p in was.proposals.items}

    def measure(id: str) -> Measure:
        found = options[id]
        investment = found.investment.mid if found.investment else None
        saving = found.saving.mid if found.saving else None
        return Measure(view.title(id), view.money(investment), view.money(saving))

    return Change(
        tuple((a, b, c) for a, b, c in figures),
        tuple(measure(x) for x in new if x not in old),
        tuple(measure(x) for x in old if x not in new),
    )


def _budget(view: View, budget: float | None) -> str:
    return text("assessments.no_limit", view.lang) if budget is None else view.money(budget)
