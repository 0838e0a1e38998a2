"""Proposals from the assessor's own measures: the case's own figures."""

from __future__ import annotations

from collections.abc import Sequence

from namsai.costing.model import CostTable
from namsai.costing.prices import money
from namsai.findings import Fact, Finding, warning
from namsai.hotspots.model import HotSpot
from namsai.knowhow import KnowHow
from namsai.options.known import investment_of, share_range, stream_savings
from namsai.options.model import Proposal, Range, StreamSaving, total_of
from namsai.options.reason import reason_for
from namsai.plant.amounts import Plant
from namsai.plant.fields import Money
from namsai.plant.records import Measure


def stream_cost(plant: Plant, costs: CostTable, stream: str) -> tuple[int | None, float | None, str]:
    """Return what a stream costs per year and its yearly amount and unit.

    A bought stream: what was paid. A loss: the materials in it and its disposal (its share of energy and machine cost
    is not saved at once when the loss ends). Another stream has no price of its own: None.
    """
    use = next((u for u in costs.uses if u.stream == stream), None)
    if use is not None:
        cost = None if stream in costs.unpriced else round(use.cost / plant.years)
        return cost, None if use.amount is None else use.amount / plant.years, use.unit
    flow = next((f for f in costs.flows if f.stream == stream), None)
    if flow is not None:
        cost = round((flow.material_cost + flow.waste_cost) / plant.years)
        return cost, None if flow.amount is None else flow.amount / plant.years, flow.unit
    return None, None, ""


def own_share(plant: Plant, measure: Measure, amount: float | None) -> tuple[Range | None, list[Finding]]:
    """Return the share of its stream that a measure saves, from its percentages or its amount per period."""
    path = f"measures/{measure.id}"
    if measure.saving_low is not None or measure.saving_high is not None:
        given = [x for x in (measure.saving_low, measure.saving_high) if x is not None]
        low, high = given[0], given[-1]  # one figure alone is the assessor's single value
        if low > high:
            return None, [warning("options.low-above-high", path, measure=measure.id, low=low, high=high)]
        return Range(low / 100, (low + high) / 200, high / 100), []
    if measure.saving_amount is None or measure.stream is None:
        return None, []
    saved = plant.base(plant.streams[measure.stream].material, measure.saving_amount).value / plant.years
    if not amount:
        return None, [warning("options.no-amount", path, measure=measure.id, stream=measure.stream)]
    share = saved / amount
    if share > 1:
        facts: dict[str, Fact] = {"measure": measure.id, "stream": measure.stream, "share": 100 * share}
        return None, [warning("options.above-flow", path, **facts)]
    spread = (measure.saving_amount.uncertainty or 0.0) / 100
    return Range(max(0.0, share * (1 - spread)), share, min(1.0, share * (1 + spread))), []


def _single(plant: Plant, amount: Money | None, path: str) -> tuple[float | None, list[Finding]]:
    if amount is None:
        return None, []
    got = money(plant, amount, path)
    return got.value, list(got.findings)


def _exact(value: float | None) -> Range | None:
    return None if value is None else Range(value, value, value)


def spot_of(plant: Plant, measure: Measure, spots: Sequence[HotSpot]) -> HotSpot | None:
    """Return the hot spot a measure answers: that of its stream; for a bought material that is none itself, the dearest
    loss that consists mostly of it; without a stream the dearest loss of its process; else none."""
    wanted = {f"stream:{measure.stream}", f"use:{measure.stream}", f"recycle:{measure.stream}"}
    by_stream = [s for s in spots if measure.stream and s.subject in wanted]
    own = [s for s in spots if measure.stream is None and measure.process and s.process == measure.process]
    by_process = [s for s in own if s.concern == "money" and not s.subject.startswith("use:") and s.money]
    material = plant.streams[measure.stream].material if measure.stream in plant.streams else ""
    lost = [s for s in spots if material and s.concern == "money" and s.facts.get("main_content") == material]
    found = by_stream or by_process or lost
    return found[0] if found else None


def own_proposals(
    plant: Plant, costs: CostTable, spots: Sequence[HotSpot], knowhow: KnowHow
) -> tuple[list[Proposal], list[Finding]]:
    """Return one proposal per measure of the case, with findings for what cannot be calculated."""
    items: list[Proposal] = []
    findings: list[Finding] = []
    for measure in plant.case.measures:
        item, found = _own(plant, costs, spots, knowhow, measure)
        items.append(item)
        findings += found
    return items, findings


def _own(
    plant: Plant, costs: CostTable, spots: Sequence[HotSpot], knowhow: KnowHow, measure: Measure
) -> tuple[Proposal, list[Finding]]:
    path = f"measures/{measure.id}"
    findings: list[Finding] = []
    known = next((o for o in knowhow.options if o.id == measure.option), None) if measure.option else None
    savings: tuple[StreamSaving, ...] = ()
    why_not = ""
    if measure.stream is not None:
        cost, amount, unit = stream_cost(plant, costs, measure.stream)
        share, found = own_share(plant, measure, amount)
        findings += found
        if share is not None and cost is None:
            findings.append(warning("options.no-stream-cost", path, measure=measure.id, stream=measure.stream))
            why_not = "options.why-no-base"
        elif share is not None and cost is not None:
            savings = (StreamSaving(measure.stream, share, cost, amount, unit),)
    other_value, found = _single(plant, measure.saving_money, f"{path}/saving_money")
    findings += found
    other = _exact(other_value)
    evidence = "M"
    stated = measure.saving_low, measure.saving_high, measure.saving_amount, measure.saving_money
    if known is not None and all(x is None for x in stated):
        share, why_not = share_range(known)
        evidence = known.evidence_saving
        savings = stream_savings(plant, costs, knowhow, known, share) if share else ()
        why_not = why_not or ("" if savings else "options.why-no-base")
    saving = total_of(savings, other)
    value, found = _single(plant, measure.investment, f"{path}/investment")
    findings += found
    investment = _exact(value)
    payback_kind = "of_this_case" if investment else "unknown"
    if investment is None and measure.investment is None and known is not None:
        investment, payback_kind = investment_of(known, saving)
    running, found = _single(plant, measure.running_cost, f"{path}/running_cost")
    findings += found
    if saving is None and not why_not:
        why_not = "options.why-no-number"
    if saving is None:
        findings.append(warning("options.measure-without-saving", path, measure=measure.id))
    spot = spot_of(plant, measure, spots)
    reason, facts = reason_for(plant, knowhow, spot) if spot else ("options.because-own", {})
    stream = plant.streams.get(measure.stream or "")
    prefix = "use" if stream is not None and plant.is_input(stream) else "stream"
    fallback = f"{prefix}:{measure.stream}" if stream is not None else ""
    flow = plant.material_of(stream).kind if stream is not None else ""
    proposal = Proposal(
        id=measure.id,
        title=measure.name,
        technique=str(measure.technique),
        origin="case",
        knowhow_id=measure.option,
        process=measure.process or (spot.process if spot else None),
        subject=spot.subject if spot else fallback,
        flow=spot.flow if spot else flow,
        reason=reason,
        reason_facts=facts,
        savings=savings,
        other_saving=other,
        saving=saving,
        investment=investment,
        running_cost=running or 0.0,
        life=measure.life,
        evidence_saving=evidence if saving else "N",
        evidence_payback="M" if measure.investment is not None else (known.evidence_payback if known else "N"),
        capex_class=known.capex_class if known else "",
        lao_fit=known.lao_fit if known else "",
        source=measure.ref or (known.source if known else ""),
        calculated=saving is not None,
        why_not="" if saving is not None else why_not,
        must=measure.must,
        excludes=measure.excludes,
        requires=measure.requires,
        details={"payback_kind": payback_kind, **({"assumption": "yes"} if measure.assumption else {})},
    )
    return proposal, findings
