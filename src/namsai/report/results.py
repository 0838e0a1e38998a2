"""Our results by name, and a published figure set beside the result it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from namsai.findings import NamsaiError
from namsai.plant.amounts import Plant
from namsai.plant.case import Case
from namsai.plant.records import LOSSES, Claim
from namsai.quantity.units import convert

if TYPE_CHECKING:
    from namsai.assessment import Assessment

_PER_YEAR = {"yr": 1.0, "year": 1.0, "a": 1.0, "month": 12.0}
YEARS = ("year", "years", "yr", "a")


@dataclass(frozen=True, slots=True)
class Compared:
    """A published figure and ours in its unit (None: not known or not comparable). `currency` where it is money."""

    published: float
    ours: float | None
    unit: str
    currency: str | None

    @property
    def apart(self) -> float | None:
        """Relative difference of ours from the published figure."""
        return None if self.ours is None or not self.published else self.ours / self.published - 1


def result_at(assessment: Assessment, path: str) -> tuple[float, str] | None:
    """Return the result a path names, with its unit; None when there is no such result or it is not known.

    Paths (parts joined by dots or strokes): ``balance.<stream>`` [base unit, period]; ``costs.total``,
    ``costs.losses``, ``costs.loss.<stream>`` [money, period]; ``loss.<material or substance>`` [kg per year];
    ``indicators.<key>`` [its unit]; ``option.<id>.saving`` [money per year], ``.investment``, ``.npv``,
    ``.payback`` [year], ``.irr`` [1], ``.ghg`` [kg per year]; ``plan.value``, ``plan.spent``;
    ``work.<line>.efficiency`` [1].
    Money has the unit of the currency of the case.
    """
    parts = path.split("/") if "/" in path else path.split(".")
    currency = assessment.costs.currency
    match parts:
        case ["balance" | "streams", stream, *_]:
            found = next((s for s in assessment.balance.streams if s.id == stream), None)
            return None if found is None or found.value is None else (found.value, found.unit)
        case ["costs", "total"]:
            return float(assessment.costs.total), currency
        case ["costs", "losses" | "loss_total"]:
            return float(assessment.costs.loss_total), currency
        case ["costs", "loss", stream]:
            cost = next((f for f in assessment.costs.losses if f.stream == stream), None)
            return None if cost is None else (float(cost.total), currency)
        case ["loss", what]:
            return _lost(assessment, what)
        case ["indicators", key]:
            row = next((i for i in assessment.indicators.indicators if i.key == key), None)
            return None if row is None else (row.value, row.unit)
        case ["option" | "options", option, what]:
            return _option(assessment, option, what)
        case ["plan", "value" | "spent" as what] if assessment.plan is not None:
            return float(getattr(assessment.plan, what)), currency
        case ["work", line, "efficiency"]:
            result = next((x for x in assessment.work.lines if x.line == line), None)
            return None if result is None or result.efficiency is None else (result.efficiency, "1")
        case _:
            return None


def _option(assessment: Assessment, option: str, what: str) -> tuple[float, str] | None:
    currency = assessment.costs.currency
    proposal = next((p for p in assessment.proposals.items if p.id == option), None)
    if what in ("saving", "investment"):
        span = getattr(proposal, what) if proposal is not None else None
        return None if span is None else (span.mid, currency)
    found = assessment.appraisals.get(option)
    if found is None:
        return None
    values = {
        "payback": (found.payback[1], "year"),
        "npv": (found.npv[1], currency),
        "irr": (found.irr.preferred, "1"),
        "ghg": (found.ghg[1] if found.ghg else None, "kg"),
    }
    value, unit = values.get(what, (None, ""))
    return None if value is None else (value, unit)


def _lost(assessment: Assessment, what: str) -> tuple[float, str] | None:
    """Return how much of a material or substance leaves as loss, kg per year; None where a part is not known."""
    plant = Plant(assessment.case)
    shares = {c.material: c.share / 100 for c in assessment.case.compositions if c.substance == what}
    total, found = 0.0, False
    for s in assessment.balance.streams:
        share = shares.get(s.material, 1.0 if s.material == what else None)
        loss = s.target not in plant.processes and plant.materials[s.material].category in LOSSES
        if share is None or not loss or s.unit != "kg":
            continue
        if s.value is None:
            return None
        total, found = total + share * s.value, True
    return (total / plant.years, "kg") if found else None


def compare(assessment: Assessment, claim: Claim) -> Compared:
    """Return a published figure beside the result its path names.

    ``price.<material>`` compares the price that the published money and quantity of the same thing imply with the price
    of the case. Money in another currency is converted only with a rate of the case.
    """
    parts = (claim.path or "").split(".")
    if parts[0] == "price" and len(parts) == 2:
        return _price(assessment.case, claim, parts[1])
    unit, _, per = claim.unit.partition("/")
    times = _PER_YEAR.get(per)
    if times is None:
        unit, times = claim.unit, 1.0
    found = result_at(assessment, claim.path or "")
    ours = None if found is None else _in_unit(assessment.case, found, unit, claim.currency)
    return Compared(claim.value, None if ours is None else ours / times, claim.unit, claim.currency)


def _in_unit(case: Case, result: tuple[float, str], unit: str, currency: str | None) -> float | None:
    value, own = result
    if own == unit or (own == "year" and unit in YEARS):
        return value
    if currency is not None or own == case.finance.currency:
        return _exchanged(case, value, own, currency)
    try:
        return convert(value, own, unit)
    except NamsaiError:
        return None


def _exchanged(case: Case, value: float, own: str, wanted: str | None) -> float | None:
    if own == wanted:
        return value
    for rate in case.rates:
        if (rate.base, rate.quote) == (wanted, own):
            return value / rate.rate
        if (rate.base, rate.quote) == (own, wanted):
            return value * rate.rate
    return None


def _price(case: Case, claim: Claim, material: str) -> Compared:
    """Compare an implied price with the price of the case, per unit of the published quantity."""
    group = [c for c in case.claims if c.about == claim.about]
    money = next((c for c in group if c.currency is not None and c.role == "money"), None)
    found = next((m for m in case.materials if m.id == material), None)
    per = claim.unit.partition("/")[0]
    if money is None or not claim.value or money.currency is None:
        return Compared(claim.value, None, claim.unit, None)
    unit = f"{money.currency}/{per}"
    implied, ours = money.value / claim.value, None
    if found is not None and found.price is not None:
        try:
            amount = found.price.amount * convert(1.0, per, found.price.per)
            ours = _exchanged(case, amount, found.price.currency, money.currency)
        except NamsaiError:
            ours = None
    return Compared(implied, ours, unit, money.currency)
