"""Chapter: what to do in which order under the budget, what is left out and why, and what more budget would bring."""

from __future__ import annotations

from namsai.charts import write
from namsai.charts.cash import cash
from namsai.portfolio.model import Plan
from namsai.report.blocks import Block, Chart, Column, Heading, Paragraph, Table
from namsai.report.view import View


def plan(view: View) -> list[Block]:
    """Return the plan in the order of doing, its cash, the proof of how good it is and what stays out."""
    found = view.assessment.plan
    out: list[Block] = [Heading(view.t("plan-title"))]
    if found is None or not found.chosen:
        out.append(Paragraph(view.t("no-plan-long-web" if view.web else "no-plan-long"), "note"))
        return out + _left(view, found)
    budget = view.t("no-budget") if found.budget is None else view.t("budget-is", budget=view.money(found.budget))
    lead = view.t("plan-lead", saving=view.money(found.joint_saving_per_year), spent=view.money(found.spent))
    out += [Paragraph(f"{lead} {budget}", "lead"), _steps(view, found)]
    flow = _cash(view, found)
    if flow is not None:
        scene = cash(flow, view.t("cash-title"), view.t("cash-axis"), view.money, view.chart_width, narrow=view.narrow)
        out += [Heading(view.t("cash-title"), 2), Chart(scene, view.t("cash-caption"))]
    out += [Heading(view.t("proof-title"), 2), Paragraph(_proof(view, found))]
    return out + _left(view, found)


def _steps(view: View, found: Plan) -> Table:
    columns = (
        Column("", "number", 0.3),
        Column(view.t("col-step"), "text", 4.0),
        Column(view.t("col-technique"), "text", 1.7),
        Column(view.t("col-investment"), "number", 1.5),
        Column(view.t("col-share-saving"), "number", 1.6),
        Column(view.t("col-adds"), "number", 1.5),
    )
    options = {p.id: p for p in view.assessment.proposals.items}
    rows = []
    for n, c in enumerate(found.chosen, 1):
        technique = view.word(f"terms.technique-{options[c.id].technique}") if c.id in options else ""
        invest = view.t("no-outlay") if c.investment == 0 else write.full(c.investment, view.lang)
        money = (invest, write.full(c.attributed_saving, view.lang), write.full(c.added_value, view.lang))
        rows.append((str(n), view.title(c.id), technique, *money))
    attributed = sum(c.attributed_saving for c in found.chosen)
    totals = (write.full(found.spent, view.lang), write.full(attributed, view.lang), write.full(found.value, view.lang))
    rows.append(("", view.t("together-row"), "", *totals))
    return Table(columns, tuple(rows), view.t("plan-caption", currency=view.currency_name), (len(rows) - 1,))


def _cash(view: View, found: Plan) -> list[float] | None:
    """Return the money of the plan per year: what is spent first, then the joint saving (overlap counted once)."""
    if found.spent <= 0 or found.joint_saving_per_year <= 0:
        return None
    lives = [a.years for c in found.chosen if (a := view.assessment.appraisals.get(c.id)) is not None]
    years = min([*lives, view.assessment.case.finance.horizon, 10])
    return [-found.spent, *([found.joint_saving_per_year] * years)]


def _proof(view: View, found: Plan) -> str:
    if found.gap < 5e-5:
        out = [view.t("proof-best")]
    else:
        out = [view.t("proof", gap=write.percent(found.gap, view.lang), bound=view.money(found.bound))]
    if found.next_budget is not None and found.next_value is not None:
        gain = found.next_value - found.value
        if gain > 0 and found.next_added:
            names = ", ".join(view.title(x) for x in found.next_added)
            out.append(view.t("more-budget", budget=view.money(found.next_budget), gain=view.money(gain), names=names))
        else:
            out.append(view.t("more-budget-nothing", budget=view.money(found.next_budget)))
    return " ".join(out)


def _left(view: View, found: Plan | None) -> list[Block]:
    if found is None or not found.left:
        return []
    columns = (
        Column(view.t("col-option"), "text", 3.6),
        Column(view.t("col-why-left"), "text", 3.0),
        Column(view.t("col-worth"), "number", 1.4),
    )
    rows = []
    numberless = {p.id for p in view.assessment.proposals.items if p.saving is None}
    for x in (x for x in found.left if x.id not in numberless):
        why = view.word(f"portfolio.left-{x.reason.removeprefix('portfolio.left-')}") or view.t("left-out")
        why = why.replace("{other}", view.title(x.other)) if x.other else why
        rows.append((view.title(x.id), why, view.money(x.worth_alone)))
    out: list[Block] = [Heading(view.t("left-title"), 2)]
    if len(rows) < len(found.left):
        key = "left-numberless-web" if view.web else "left-numberless"
        out.append(Paragraph(view.t(key, number=len(found.left) - len(rows)), "small"))
    if rows:
        out.append(Table(columns, tuple(rows), view.t("left-caption")))
    return out
