"""Chapter: what flows through the plant, and how well the balance closes."""

from __future__ import annotations

from namsai.balance.model import BalancedStream
from namsai.charts import write
from namsai.charts.plant_flows import balance_charts
from namsai.plant.amounts import COVERAGE
from namsai.report.blocks import Block, Chart, Column, Heading, Paragraph, Table
from namsai.report.view import View


def balance(view: View) -> list[Block]:
    """Return the flow charts, the gaps of the processes, the suspects and all streams measured and reconciled."""
    found = view.assessment.balance
    out: list[Block] = [Heading(view.t("balance-title")), Paragraph(view.t("balance-lead"), "lead")]
    charts = balance_charts(view.plant, found, view.lang, heat=heat_of(view), narrow=view.narrow)
    for layer, scene in charts.items():
        words = [view.t("sankey-caption")] if layer == next(iter(charts)) else []
        if layer == "energy":
            words.append(view.t("energy-caption"))
        out += [Heading(view.t(f"flow-{layer}"), 2), Chart(scene, " ".join(words))]
    out.append(Heading(view.t("closes-title"), 2))
    if found.degrees == 0:
        out.append(Paragraph(view.t("closes-unchecked"), "warning"))
    else:
        numbers = {
            "objective": write.number(round(found.objective, 2), view.lang),
            "critical": write.number(found.critical, view.lang),
        }
        out.append(
            Paragraph(
                view.t("closes" if found.closes else "closes-not", **numbers), "normal" if found.closes else "warning"
            )
        )
    gaps = _gaps(view)
    if gaps is not None:
        out.append(gaps)
    if found.suspects and not found.closes:
        out += [Paragraph(view.t("suspects-lead"), "normal"), _suspects(view)]
    out += [Heading(view.t("streams-title"), 2), _streams(view)]
    return out


def heat_of(view: View) -> dict[str, float]:
    """Return the heating value [MJ/kg] of each fuel: of the case, else of the know-how; unknown ones are left out."""
    out = {}
    for m in view.assessment.case.materials:
        factor = view.knowhow.factor("fuel_ncv", m.kind, on=view.assessment.case.period.end)
        known = factor.value if factor is not None and factor.usable else None
        heat = m.heating_value if m.heating_value is not None else known
        if heat is not None:
            out[m.id] = heat
    return out


def _gaps(view: View) -> Table | None:
    rows = []
    for g in view.assessment.balance.gaps:
        layer = view.layer(g.layer)
        sizes = tuple(view.amount(v, g.unit) for v in (g.inflow, g.outflow, g.gap))
        verdict = (
            view.t("gap-unknown") if g.gap is None else view.t("gap-significant" if g.significant else "gap-within")
        )
        rows.append((view.process(g.process), layer, *sizes, write.percent(g.share, view.lang, sign=True), verdict))
    if not rows:
        return None
    titles = ("col-process", "col-layer", "col-in", "col-out", "col-gap", "col-gap-share", "col-verdict")
    shares = (1.8, 1.0, 1.0, 1.0, 1.0, 0.8, 1.6)
    columns = tuple(
        Column(view.t(t), "number" if 2 <= n <= 5 else "text", s)
        for n, (t, s) in enumerate(zip(titles, shares, strict=True))
    )
    return Table(columns, tuple(rows), view.t("gaps-caption"))


def _suspects(view: View) -> Table:
    rows = []
    for s in view.assessment.balance.suspects:
        first = view.assessment.balance.stream(s.streams[0])
        names = ", ".join(f"{view.stream(x)} ({_way(view, view.assessment.balance.stream(x))})" for x in s.streams)
        rows.append(
            (names, view.amount(s.bias, first.unit, first.material), write.percent(s.share, view.lang, sign=True))
        )
    columns = (
        Column(view.t("col-suspect"), "text", 3.0),
        Column(view.t("col-bias"), "number", 1.0),
        Column(view.t("col-bias-share"), "number", 1.0),
    )
    return Table(columns, tuple(rows), view.t("suspects-caption"))


def _way(view: View, s: BalancedStream) -> str:
    return f"{view.process(s.source)} → {view.process(s.target)}"


def _streams(view: View) -> Table:
    rows = []
    for s in view.assessment.balance.streams:
        record = view.plant.streams.get(s.id)
        source = (
            view.word(f"terms.source-{record.amount.source}")
            if record is not None and record.amount
            else view.t("unmeasured")
        )
        if record is not None and record.assumption:
            source = f"{source} ({view.t('assumed')})"
        plus = write.DASH
        if s.value and s.sd is not None:
            plus = "± " + write.percent(COVERAGE * s.sd / s.value, view.lang)
        measured, value = (view.amount(v, s.unit, s.material) for v in (s.measured, s.value))
        rows.append((view.stream(s.id), _way(view, s), measured, source, value, plus))
    titles = ("col-stream", "col-way", "col-measured", "col-source", "col-reconciled", "col-uncertainty")
    shares = (1.5, 2.6, 0.0, 0.0, 0.0, 0.0)
    columns = tuple(
        Column(view.t(t), "number" if n in (2, 4, 5) else "text", s)
        for n, (t, s) in enumerate(zip(titles, shares, strict=True))
    )
    return Table(columns, tuple(rows), view.t("streams-caption"))
