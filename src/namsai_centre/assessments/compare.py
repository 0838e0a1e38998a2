"""Two runs side by side: what they were made with (case, know-how, engine), and which results changed by how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from namsai.assessment import Assessment as Result
from namsai.assessment import five_numbers
from namsai.charts import write
from namsai.plant.amounts import Plant
from namsai.report.view import View
from namsai.texts import Lang
from namsai_centre.assessments.differences import Difference, differences
from namsai_centre.assessments.results import result_of
from namsai_centre.knowhow.queries import knowhow_of


@dataclass(frozen=True, slots=True)
class Line:
    """One result in both runs: in words, and the change of a number (None: one of them is not known)."""

    name: str
    before: str
    after: str
    change: str
    same: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs."""

    inputs: tuple[Difference, ...]
    knowhow: tuple[str, str]
    engine: tuple[str, str]
    five: tuple[Line, ...]
    losses: tuple[Line, ...]
    options: tuple[Line, ...]

    @property
    def parts(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """Return the results by what they are."""
        return (("five", self.five), ("losses", self.losses), ("options", self.options))

    @property
    def causes(self) -> tuple[str, ...]:
        """Return which of inputs, knowhow and engine differ."""
        found = (
            ("inputs", bool(self.inputs)),
            ("knowhow", self.knowhow[0] != self.knowhow[1]),
            ("engine", self.engine[0] != self.engine[1]),
        )
        return tuple(name for name, differs in found if differs)


def compare(before: Any, after: Any, lang: Lang) -> Comparison:
    """Compare two finished runs. Errors: results.OtherShape."""
    a, b = result_of(before), result_of(after)
    one, two = View(a, knowhow_of(a.knowhow_version), lang), View(b, knowhow_of(b.knowhow_version), lang)
    same_money = one.currency == two.currency
    p, q = five_numbers(a), five_numbers(b)
    nothing = write.DASH
    first = [f.title.show(lang) if f else nothing for f in (p.first, q.first)]
    back = [write.years(years, lang) for years in (p.payback, q.payback)]
    lines = (
        _money(one.t("q-lost"), p.lost_per_year, q.lost_per_year, one, two, same_money),
        _line(one.t("q-first"), first[0], first[1], ""),
        _money(one.t("q-cost"), p.cost, q.cost, one, two, same_money),
        _line(one.t("q-back"), back[0], back[1], _percent(p.payback, q.payback, lang)),
    )
    return Comparison(
        inputs=tuple(differences(before.case.document, after.case.document, lang)),
        knowhow=(before.knowhow_version, after.knowhow_version),
        engine=(before.engine_version, after.engine_version),
        five=lines,
        losses=_pairs(_losses(a), _losses(b), _loss_names(one, a) | _loss_names(two, b), one, two, same_money),
        options=_pairs(_savings(a), _savings(b), _titles(one, a) | _titles(two, b), one, two, same_money),
    )


def _losses(result: Result) -> dict[str, float | None]:
    years = Plant(result.case).years
    unpriced = set(result.costs.unpriced)
    return {f.stream: None if not f.total and f.stream in unpriced else f.total / years for f in result.costs.losses}


def _loss_names(view: View, result: Result) -> dict[str, str]:
    return {f.stream: f"{view.stream(f.stream)} – {view.process(f.process)}" for f in result.costs.losses}


def _savings(result: Result) -> dict[str, float | None]:
    return {p.id: p.saving.mid if p.saving else None for p in result.proposals.items}


def _titles(view: View, result: Result) -> dict[str, str]:
    return {p.id: view.title(p.id) for p in result.proposals.items}


def _pairs(
    a: dict[str, float | None], b: dict[str, float | None], names: dict[str, str], one: View, two: View, same: bool
) -> tuple[Line, ...]:
    keys = dict.fromkeys((*a, *b))
    found = []
    for key in keys:
        line = _money(names[key], a.get(key), b.get(key), one, two, same)
        gone_or_new = (key in a) != (key in b)
        found.append(Line(line.name, line.before, line.after, line.change, line.same and not gone_or_new))
    return tuple(found)


def _money(name: str, x: float | None, y: float | None, one: View, two: View, same: bool) -> Line:
    return _line(name, one.money(x), two.money(y), _percent(x, y, one.lang) if same else "", x == y and same)


def _line(name: str, before: str, after: str, change: str, same: bool | None = None) -> Line:
    return Line(name, before, after, change, before == after if same is None else same)


def _percent(x: float | None, y: float | None, lang: Lang) -> str:
    if x is None or y is None or not x or x == y:
        return ""
    return write.percent((y - x) / abs(x), lang, sign=True)
