"""Chapter: what every loss costs, after material flow cost accounting; and the hot spots under the other concerns."""

from __future__ import annotations

from namsai.charts import write
from namsai.charts.bars import Bar, bars
from namsai.charts.plant_flows import cost_chart
from namsai.hotspots.model import HotSpot
from namsai.report.blocks import Block, Chart, Column, Heading, Paragraph, Table
from namsai.report.view import View

KINDS = ("material", "energy", "system", "waste")
MOST_BARS = 12


def losses(view: View) -> list[Block]:
    """Return the flow of money, the cost of each loss as bars and as a table, and the other concerns."""
    costs = view.assessment.costs
    out: list[Block] = [Heading(view.t("losses-title")), Paragraph(view.t("losses-lead"), "lead")]
    chart = cost_chart(costs, lambda stream: apart(view, stream), view.lang, narrow=view.narrow)
    if chart is not None:
        out.append(Chart(chart, view.t("cost-chart-caption")))
    if costs.losses:
        out += [Heading(view.t("loss-costs"), 2), _pareto(view), _table(view)]
    else:
        out.append(Paragraph(view.t("no-losses"), "note"))
    if costs.unpriced:
        names = ", ".join(dict.fromkeys(view.stream(s) for s in costs.unpriced))
        out.append(Paragraph(view.t("unpriced", names=names), "warning"))
    work = _work(view)
    if work is not None:
        out += [Heading(view.t("work-title"), 2), work]
    concerns = _concerns(view)
    if concerns is not None:
        out += [Heading(view.t("concerns-title"), 2), Paragraph(view.t("concerns-lead"), "small"), concerns]
    return out


def _name(view: View, stream: str, process: str) -> str:
    return (
        view.stream(stream) if stream.startswith("unexplained") else f"{view.stream(stream)} – {view.process(process)}"
    )


def apart(view: View, stream: str) -> str:
    """Return the name of a flow of the cost table, with its process where another one has the same name."""
    flows = view.assessment.costs.flows
    same = [f for f in flows if view.stream(f.stream) == view.stream(stream)]
    process = next((f.process for f in flows if f.stream == stream), "")
    return _name(view, stream, process) if len(same) > 1 else view.stream(stream)


def _pareto(view: View) -> Chart:
    costs = view.assessment.costs
    years, total = view.plant.years, costs.loss_total
    rows, so_far = [], 0
    for f in costs.losses[:MOST_BARS]:
        so_far += f.total
        parts = tuple(max(getattr(f, f"{k}_cost"), 0) / years for k in KINDS)
        known = f.total > 0 or f.stream not in costs.unpriced
        share = write.percent(so_far / total, view.lang) if total and known else ""
        shown = view.money(f.total / years) if known else view.t("not-known")
        rows.append(Bar(_name(view, f.stream, f.process), parts if known else None, shown, share))
    series = tuple(view.word(f"charts.cost-{k}") for k in KINDS)
    scene = bars(rows, view.t("loss-costs"), series, view.t("together"), width=view.chart_width, above=view.narrow)
    return Chart(scene, view.t("pareto-caption"))


def _table(view: View) -> Table:
    costs = view.assessment.costs
    heads = (
        view.t("col-loss"),
        view.t("col-amount"),
        *(view.word(f"charts.cost-{k}") for k in KINDS),
        view.t("col-total"),
    )
    shares = (2.1, 0.85, 1.15, 0.95, 1.05, 0.95, 1.2)
    columns = tuple(
        Column(h, "text" if n == 0 else "number", s) for n, (h, s) in enumerate(zip(heads, shares, strict=True))
    )
    rows = []
    for f in costs.losses:
        known = f.total > 0 or f.stream not in costs.unpriced
        parts = [*(getattr(f, f"{k}_cost") for k in KINDS), f.total]
        money = [write.full(part if known else None, view.lang) for part in parts]
        rows.append((_name(view, f.stream, f.process), view.amount(f.amount, f.unit, f.material), *money))
    sums = [write.full(sum(getattr(f, f"{k}_cost") for f in costs.losses), view.lang) for k in KINDS]
    rows.append((view.t("all-losses"), "", *sums, write.full(costs.loss_total, view.lang)))
    rows.append((view.t("all-costs"), "", "", "", "", "", write.full(costs.total, view.lang)))
    caption = view.t("loss-table-caption", currency=view.currency_name)
    return Table(columns, tuple(rows), caption, (len(rows) - 2, len(rows) - 1))


def _work(view: View) -> Table | None:
    lines = view.assessment.work.lines
    if not lines:
        return None
    titles = ("col-line", "col-efficiency", "col-target", "col-paid-hours", "col-lost-hours", "col-cost-period")
    columns = tuple(
        Column(view.t(t), "text" if n == 0 else "number", 2.0 if n == 0 else 1.0) for n, t in enumerate(titles)
    )
    rows = []
    for x in lines:
        hours = tuple(write.full(None if m is None else m / 60, view.lang) for m in (x.paid_minutes, x.lost_minutes))
        rates = (write.percent(x.efficiency, view.lang, 3), write.percent(x.target, view.lang, 3))
        rows.append((view.line(x.line), *rates, *hours, write.full(x.cost_of_loss, view.lang)))
    caption = view.t("work-caption", currency=view.currency_name)
    if len(rows) < 2:
        return Table(columns, tuple(rows), caption)
    paid = sum(x.paid_minutes for x in lines) / 60
    lost = [x.lost_minutes for x in lines]
    hours_lost = None if None in lost else sum(m for m in lost if m is not None) / 60
    money = [x.cost_of_loss for x in lines]
    cost = None if None in money else sum(m for m in money if m is not None)
    rows.append((view.t("all-lines"), "", "", *(write.full(v, view.lang) for v in (paid, hours_lost, cost))))
    return Table(columns, tuple(rows), caption, (len(rows) - 1,))


def _concerns(view: View, most: int = 3) -> Table | None:
    rows: list[tuple[str, ...]] = []
    concerns = dict.fromkeys(s.concern for s in view.assessment.hotspots if s.concern != "money")
    for concern in concerns:
        spots = [s for s in view.assessment.hotspots if s.concern == concern and s.share != 0][:most]
        for n, s in enumerate(spots):
            rows.append((view.word(f"hotspots.concern-{concern}") if n == 0 or view.web else "", *_spot(view, s)))
    if not rows:
        return None
    titles = ("col-concern", "col-what", "col-where", "col-amount-year", "col-money-year", "col-share")
    shares = (1.2, 2.2, 2.2, 1.1, 1.2, 0.7)
    kinds = ("text", "text", "text", "number", "number", "number")
    columns = tuple(Column(view.t(t), k, s) for t, k, s in zip(titles, kinds, shares, strict=True))  # type: ignore[arg-type]
    return Table(columns, tuple(rows), view.t("concerns-caption"))


def _spot(view: View, s: HotSpot) -> tuple[str, ...]:
    amount = view.amount(s.amount, s.unit, s.material)
    return (
        view.subject(s.subject),
        view.process(s.process),
        amount,
        view.money(s.money),
        write.percent(s.share, view.lang),
    )
