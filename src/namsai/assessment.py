"""The main job in one readable page: assess(case, knowhow) -> Assessment. Data runs down the list, never back up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from namsai.appraisal.appraise import appraise
from namsai.appraisal.model import Appraisals
from namsai.balance.model import Balance
from namsai.balance.reconcile import balance as reconcile_plant
from namsai.costing.flow_cost import cost_table
from namsai.costing.model import CostTable
from namsai.findings import Finding
from namsai.hotspots import hotspots
from namsai.hotspots.model import HotSpot
from namsai.indicators import indicators as indicator_profile
from namsai.indicators.model import Indicators
from namsai.knowhow import KnowHow
from namsai.options import propose
from namsai.options.model import Proposal, Proposals
from namsai.plant.amounts import Plant
from namsai.plant.case import Case
from namsai.plant.check import check
from namsai.plausibility import plant as plausible
from namsai.portfolio.model import Plan
from namsai.portfolio.plan import plan as choose
from namsai.work import labour
from namsai.work.model import Work

STEPS = ("balance", "costing", "work", "indicators", "plausibility", "hotspots", "options", "appraisal", "portfolio")


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that is known about one plant and period."""

    case: Case
    knowhow_version: str
    balance: Balance
    costs: CostTable
    work: Work
    indicators: Indicators
    hotspots: tuple[HotSpot, ...]
    proposals: Proposals
    appraisals: Appraisals
    plan: Plan | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FiveNumbers:
    """What an owner asks first. Money in `currency`; None where it is not known (never zero)."""

    currency: str
    lost_per_year: int | None  # cost of all losses and of labour lost, per year
    worst: HotSpot | None  # where: the dearest loss (what is bought and used only where there is no loss)
    first: Proposal | None  # what to do first
    cost: float | None  # investment of the plan
    payback: float | None  # years until the plan has paid for itself


def _nothing(_step: str) -> None:
    return None


def assess(case: Case, knowhow: KnowHow, progress: Callable[[str], None] = _nothing) -> Assessment:
    """Assess one plant: balance, loss cost, labour, indicators, plausibility, hot spots, options, appraisal, plan.

    Args: case - a valid case; knowhow - the know-how base; progress - told the name of each step as it begins.
    Returns the Assessment with the findings of all steps. Errors: NamsaiError where a step cannot go on.
    """
    plant = Plant(case)
    progress("balance")
    balance = reconcile_plant(plant, knowhow)
    progress("costing")
    costs = cost_table(plant, balance, knowhow)
    progress("work")
    work = labour(plant, knowhow)
    progress("indicators")
    profile = indicator_profile(plant, balance, knowhow)
    progress("plausibility")
    doubts = plausible(plant, balance, costs, profile, knowhow)
    progress("hotspots")
    spots = hotspots(plant, balance, costs, work, profile, knowhow)
    progress("options")
    proposals = propose(plant, costs, work, spots, knowhow)
    progress("appraisal")
    appraisals = appraise(plant, proposals, knowhow, profile)
    progress("portfolio")
    plan = choose(plant, proposals, appraisals, knowhow)
    found = _once(
        check(case, knowhow),
        balance.findings,
        costs.findings,
        work.findings,
        profile.findings,
        doubts,
        proposals.findings,
        appraisals.findings,
        plan.findings if plan else (),
    )
    return Assessment(case, knowhow.version, balance, costs, work, profile, spots, proposals, appraisals, plan, found)


def _once(*parts: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings of all steps, each once, in the order of the steps."""
    seen: dict[str, Finding] = {}
    for part in parts:
        for finding in part:
            seen.setdefault(repr(finding), finding)
    return tuple(seen.values())


def five_numbers(assessment: Assessment) -> FiveNumbers:
    """Return the five answers an owner asks for: what is lost, where, what first, what it costs, when it is back."""
    years = Plant(assessment.case).years
    lines = [line.cost_of_loss for line in assessment.work.lines if line.cost_of_loss is not None]
    known = assessment.costs.losses or lines
    lost = round((assessment.costs.loss_total + sum(lines)) / years) if known else None
    money = [s for s in assessment.hotspots if s.concern == "money" and s.money is not None]
    worst = next((s for s in money if not s.subject.startswith("use:")), money[0] if money else None)
    options = {p.id: p for p in assessment.proposals.items}
    plan = assessment.plan
    if plan and plan.chosen:
        first = options[plan.chosen[0].id]
        saving = plan.joint_saving_per_year
        payback = plan.spent / saving if saving > 0 else None
        return FiveNumbers(assessment.costs.currency, lost, worst, first, plan.spent, payback)
    first_any = next(iter(assessment.proposals.items), None)
    return FiveNumbers(assessment.costs.currency, lost, worst, first_any, None, None)
