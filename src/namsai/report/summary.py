"""The first page: what an owner must know, in one minute."""

from __future__ import annotations

from namsai.charts import write
from namsai.charts.bars import Bar, bars
from namsai.charts.palette import LOSS
from namsai.report.blocks import Block, Chart, Heading, KeyNumber, KeyNumbers, Paragraph
from namsai.report.view import View


def summary(view: View) -> list[Block]:
    """Return the five answers, the dearest places as a picture and how sure all of it is."""
    out: list[Block] = [KeyNumbers(tuple(_five(view)))]
    chart = _dearest(view)
    if chart is not None:
        out += [Heading(view.t("dearest"), 2), chart]
    out.append(Paragraph(_trust(view), "note"))
    return out


def _five(view: View) -> list[KeyNumber]:
    from namsai.assessment import five_numbers

    five, plan = five_numbers(view.assessment), view.assessment.plan
    unpriced = len(view.assessment.costs.unpriced)
    lost = view.t("lost-unpriced", number=unpriced) if unpriced else view.t("lost-detail")
    if five.lost_per_year is not None and view.assessment.costs.total:
        share = five.lost_per_year * view.plant.years / view.assessment.costs.total
        lost = f"{view.t('lost-share', share=write.percent(share, view.lang))} {lost}"
    wages = [x.cost_of_loss for x in view.assessment.work.lines if x.cost_of_loss]
    if wages:
        lost = f"{lost} {view.t('lost-wages', money=view.money(sum(wages) / view.plant.years))}"
    out = [KeyNumber(view.t("q-lost"), view.money(five.lost_per_year), lost)]
    worst = five.worst
    if worst is not None:
        detail = view.t("where-detail", money=view.money(worst.money), process=view.process(worst.process))
        out.append(KeyNumber(view.t("q-where"), view.subject(worst.subject), detail))
    else:
        out.append(KeyNumber(view.t("q-where"), write.DASH, view.t("not-known-yet")))
    first = five.first
    if first is None:
        out.append(KeyNumber(view.t("q-first"), write.DASH, view.t("no-option")))
    else:
        saving = first.saving
        span = write.money_span(saving.low, saving.high, view.currency, view.lang) if saving else ""
        detail = view.t("first-detail", saving=span) if span else view.t("first-unknown")
        out.append(KeyNumber(view.t("q-first"), first.title.show(view.lang), detail))
    if plan is None or not plan.chosen:
        out.append(KeyNumber(view.t("q-cost"), write.DASH, view.t("no-plan")))
        out.append(KeyNumber(view.t("q-back"), write.DASH, view.t("no-plan")))
        return out
    cost = view.t("no-outlay") if plan.spent == 0 else view.money(five.cost)
    saved = view.money(plan.joint_saving_per_year)
    out.append(KeyNumber(view.t("q-cost"), cost, view.t("cost-detail", number=len(plan.chosen), saving=saved)))
    if plan.spent == 0:
        out.append(KeyNumber(view.t("q-back"), view.t("at-once"), view.t("at-once-detail")))
    else:
        out.append(KeyNumber(view.t("q-back"), write.years(five.payback, view.lang), view.t("back-detail")))
    return out


def _dearest(view: View, most: int = 5) -> Chart | None:
    spots = [s for s in view.assessment.hotspots if s.concern == "money" and s.money][:most]
    if not spots:
        return None
    rows = [
        Bar(f"{view.subject(s.subject)} – {view.process(s.process)}", (float(s.money or 0),), view.money(s.money))
        for s in spots
    ]
    scene = bars(rows, view.t("dearest"), colours=(LOSS,), width=view.chart_width, above=view.narrow)
    return Chart(scene, view.t("dearest-caption"))


def _trust(view: View) -> str:
    """Say in one or two sentences how far the numbers can be trusted."""
    balance = view.assessment.balance
    assumed = sum(s.assumption for s in view.assessment.case.streams)
    key = "trust-closes" if balance.closes else "trust-open"
    if balance.degrees == 0:
        key = "trust-unchecked"
    unknown = sum(not s.observable for s in balance.streams)
    out = [view.t(key), view.t("trust-counts", streams=len(balance.streams), assumed=assumed, unknown=unknown)]
    return " ".join(out)
