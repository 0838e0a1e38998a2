"""The plan of one plant: the best set of its options under the budget, in the order of doing, with what is left and
why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from namsai.appraisal.model import Appraisals
from namsai.findings import Finding, error, note, warning
from namsai.options.model import Proposal, Proposals
from namsai.plant.amounts import Plant
from namsai.portfolio.candidates import Offer, make_offer, no_number
from namsai.portfolio.explain import attributed, doing_order, left_out, steps
from namsai.portfolio.model import Left, Plan, Solution
from namsai.portfolio.problem import Problem, make_problem
from namsai.portfolio.solve import solve_problem

if TYPE_CHECKING:
    from namsai.knowhow import KnowHow


def plan(plant: Plant, proposals: Proposals, appraisals: Appraisals, knowhow: KnowHow | None = None) -> Plan | None:
    """Choose the best set of the calculated options under the budget of the case.

    Value: net present value over the horizon of the case in the middle case, overlapping savings counted once; without
    a discount rate the plain sum over the horizon (rate 0), said in a finding. Without a budget: all options that are
    worth it.
    Args: plant; proposals; appraisals, knowhow - taken for the call of all rooms. Returns Plan [money in the currency
    of the case, whole units], or None when no option has both a saving and an investment.
    Errors: as `make_problem`. Source: `solve`.
    """
    del appraisals, knowhow
    finance = plant.case.finance
    rate = None if finance.discount_rate is None else finance.discount_rate / 100
    offer = make_offer(proposals.items, rate, finance.horizon)
    if not offer.candidates:
        return None
    problem = make_problem(offer.candidates, offer.stream_worth, finance.budget, [p.id for p in proposals.items])
    findings = [*problem.findings, *_terms(plant, offer), *_musts_without_number(proposals.items)]
    solution, more = _with_more_budget(problem)
    if solution.status == "infeasible":
        solution, more, wrong = _without_musts(problem)
        findings += wrong
    if solution.status == "limit":
        findings.append(warning("portfolio.not-proven", "options", gap=solution.gap))
    return _plan(problem, offer, (solution, more), proposals.items, finance.currency, tuple(findings))


def _plan(
    problem: Problem,
    offer: Offer,
    solutions: tuple[Solution, Solution | None],
    proposals: Sequence[Proposal],
    currency: str,
    findings: tuple[Finding, ...],
) -> Plan:
    """Put the plan together: order of doing, what is left and why, what more budget would bring."""
    solution, more = solutions
    number = {c.id: i for i, c in enumerate(problem.candidates)}
    order = doing_order(problem, (number[id_] for id_ in solution.chosen), {p.id: p.technique for p in proposals})
    unknown = tuple(Left(p.id, no_number(p), None) for p in proposals if no_number(p))
    saving = sum(attributed(problem, offer, order).values()) / offer.annuity
    inside, then = set(solution.chosen), set(more.chosen if more else ())
    return Plan(
        currency=currency,
        budget=problem.budget,
        chosen=steps(problem, offer, order),
        left=(*left_out(problem, order), *unknown),
        value=float(round(solution.value)),
        bound=float(round(solution.bound)),
        gap=solution.gap,
        spent=float(round(solution.spent)),
        joint_saving_per_year=float(round(saving)),
        next_budget=float(round(1.1 * problem.budget)) if more and problem.budget is not None else None,
        next_value=float(round(more.value)) if more else None,
        next_added=tuple(c.id for c in problem.candidates if more and c.id in then - inside),
        next_dropped=tuple(c.id for c in problem.candidates if more and c.id in inside - then),
        findings=findings,
    )


def _with_more_budget(problem: Problem) -> tuple[Solution, Solution | None]:
    """The best set, and the best set with 10 % more budget; None without a budget. Where the budget binds nothing, or
    is zero, both are the same.
    """
    if problem.budget is None:
        return solve_problem(problem), None
    useful = [i for i in range(len(problem.candidates)) if i not in problem.useless | problem.barred]
    now = solve_problem(problem)
    if problem.budget == 0 or problem.spent(useful) <= problem.budget:
        return now, now
    return now, solve_problem(replace(problem, budget=1.1 * problem.budget))


def _terms(plant: Plant, offer: Offer) -> list[Finding]:
    """What the values rest on, where the case leaves it open."""
    finance = plant.case.finance
    found: list[Finding] = []
    if finance.discount_rate is None:
        found.append(warning("portfolio.no-discount-rate", "finance/discount_rate", years=finance.horizon))
    if finance.budget is None:
        found.append(note("portfolio.no-budget", "finance/budget"))
    if finance.tax_rate:
        found.append(note("portfolio.before-tax", "finance/tax_rate"))
    if offer.replaced:
        found.append(
            note("portfolio.lives-differ", "finance/horizon", years=finance.horizon, options=", ".join(offer.replaced))
        )
    return found


def _musts_without_number(proposals: Sequence[Proposal]) -> list[Finding]:
    return [
        warning("portfolio.must-no-number", f"options/{p.id}", option=p.id)
        for p in proposals
        if p.must and no_number(p)
    ]


def _without_musts(problem: Problem) -> tuple[Solution, Solution | None, list[Finding]]:
    """What to do when the options that must be done cannot all be done.

    Where only the money is short, the plan is what must be done with what it requires, above the budget. Where they
    stand against each other, they are chosen freely like the others. Either is an error finding.
    """
    candidates = problem.candidates
    needed = {i for i, c in enumerate(candidates) if c.must}
    while more := {b for a, b in problem.requirements if a in needed} - needed:
        needed |= more
    found: list[Finding] = []
    for i, j in problem.exclusions:
        if i in needed and j in needed:
            first, second = candidates[i].id, candidates[j].id
            found.append(error("portfolio.must-excluded", f"options/{first}", option=first, other=second))
    for i in sorted(needed & problem.barred):
        found.append(error("portfolio.must-requires", f"options/{candidates[i].id}", option=candidates[i].id))
    chosen = tuple(sorted(needed))
    value, spent, stand_against = problem.value(chosen), problem.spent(chosen), bool(found)
    if problem.budget is not None and spent > problem.budget:
        found.append(error("portfolio.must-exceeds-budget", "finance/budget", cost=round(spent), budget=problem.budget))
    if stand_against:
        free = replace(problem, candidates=tuple(replace(c, must=False) for c in candidates))
        return *_with_more_budget(free), found
    ids = tuple(candidates[i].id for i in chosen)
    must = Solution(ids, value, value, 0.0, spent, "must")
    return must, must if problem.budget is not None else None, found
