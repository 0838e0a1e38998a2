"""Proposals from the know-how: the saving as a range from evidence that may be used, never a guess."""

from __future__ import annotations

from namsai.costing.model import CostTable
from namsai.hotspots.model import HotSpot
from namsai.knowhow import KnowHow
from namsai.knowhow.model import USABLE, Option
from namsai.options.base import bases
from namsai.options.match import Fit
from namsai.options.model import Proposal, Range, StreamSaving, total_of
from namsai.options.reason import reason_for
from namsai.plant.amounts import Plant
from namsai.plant.fields import Text
from namsai.work.model import Work


def share_range(option: Option) -> tuple[Range | None, str]:
    """Return the saving of an option as a range of shares (0..1), or None and the text key that says why not.

    Only evidence R, C, S, M (or K with a named reviewer) and only shares of a named flow calculate. A single upper
    bound is no range: the low end is unknown, not zero.
    """
    if option.evidence_saving == "N" or (option.saving_low is None and option.saving_high is None):
        return None, "options.why-no-number" if option.evidence_saving != "X" else "options.why-heuristic"
    if not option.saving_usable:
        recalled = option.evidence_saving not in USABLE
        return None, "options.why-recalled" if recalled else "options.why-other-kind"
    if option.saving_low is None or option.saving_high is None:
        return None, "options.why-upper-bound"
    low, high = option.saving_low / 100, option.saving_high / 100
    if not 0 <= low <= high <= 1:
        return None, "options.why-no-number"
    return Range(low, (low + high) / 2, high), ""


def stream_savings(
    plant: Plant, costs: CostTable, knowhow: KnowHow, option: Option, share: Range
) -> tuple[StreamSaving, ...]:
    """Return what an option saves on each bought stream that its share is of; yearly costs."""
    years = plant.years
    out: list[StreamSaving] = []
    for base in bases(plant, costs, knowhow, option):
        part = Range(share.low * base.part, share.mid * base.part, share.high * base.part)
        amount = None if base.use.amount is None else base.use.amount / years
        out.append(StreamSaving(base.use.stream, part, round(base.use.cost / years), amount, base.use.unit))
    return tuple(out)


def within_losses(plant: Plant, costs: CostTable, knowhow: KnowHow, savings: tuple[StreamSaving, ...]) -> bool:
    """Tell whether the saving of a material that ends in the product stays within the losses of it that are known.

    A factory cannot save more fabric than it loses. Losses that nobody measured are no proof: then there is no limit.
    """
    for saving in savings:
        material = plant.materials[plant.streams[saving.stream].material]
        if not knowhow.is_a(material.kind, "material") or saving.amount is None:
            continue
        lost = [a for f in costs.losses for m, a in f.contents if m == material.id]
        bought = sum(u.amount or 0.0 for u in costs.uses if u.material == material.id)
        if lost and bought and saving.share.high > sum(lost) / bought:
            return False
    return True


def investment_of(option: Option, saving: Range | None) -> tuple[Range | None, str]:
    """Return the investment as a range from the evidence on payback, and what kind of evidence that is.

    D: nothing is spent, by definition. R, C, S, M: payback low..high x middle saving; S is the statistic of a group of
    options, not of this one. Otherwise None: not known.
    """
    if option.evidence_payback == "D":
        return Range(0.0, 0.0, 0.0), "by_definition"
    if option.evidence_payback not in USABLE or saving is None:
        return None, "unknown"
    if option.payback_low is None or option.payback_high is None:
        return None, "unknown"
    low, high = option.payback_low * saving.mid, option.payback_high * saving.mid
    kind = "group_statistic" if option.evidence_payback == "S" else "of_this_option"
    return Range(low, (low + high) / 2, high), kind


def paid_labour(plant: Plant, work: Work, spot: HotSpot) -> float | None:
    """Return the yearly cost of the paid time of the line a spot is about; None without a wage."""
    line = next((row for row in work.lines if f"line:{row.line}" == spot.subject), None)
    if line is None or line.cost_of_loss is None or not line.lost_minutes:
        return None
    return line.cost_of_loss / line.lost_minutes * line.paid_minutes / plant.years


def proposal_for(plant: Plant, costs: CostTable, work: Work, knowhow: KnowHow, fit: Fit) -> Proposal:
    """Make the proposal of one option for the hot spot it fits best."""
    option, spot = fit.option, fit.spot
    share, why_not = share_range(option)
    savings: tuple[StreamSaving, ...] = ()
    other: Range | None = None
    if share is not None and spot.flow == "labour":
        cost = paid_labour(plant, work, spot)
        other = None if cost is None else Range(share.low * cost, share.mid * cost, share.high * cost)
        why_not = "" if other else "options.why-no-base"
    elif share is not None:
        savings = stream_savings(plant, costs, knowhow, option, share)
        why_not = "" if savings else "options.why-no-base"
        if savings and not within_losses(plant, costs, knowhow, savings):
            savings, why_not = (), "options.why-above-loss"
    saving = total_of(savings, other)
    investment, payback_kind = investment_of(option, saving)
    reason, facts = reason_for(plant, knowhow, spot)
    details = {
        "saving_basis": option.saving_basis,
        "payback_kind": payback_kind,
        "mechanism": option.mechanism,
        "prerequisites": option.prerequisites,
        "tradeoffs": option.tradeoffs,
        "review_status": option.review_status,
    }
    return Proposal(
        id=option.id,
        title=Text(lo=option.title_lo or None, en=option.title_en or None),
        technique=option.technique,
        origin="knowhow",
        knowhow_id=option.id,
        process=spot.process or None,
        subject=spot.subject,
        flow=spot.flow,
        reason=reason,
        reason_facts=facts,
        savings=savings,
        other_saving=other,
        saving=saving,
        investment=investment,
        evidence_saving=option.evidence_saving,
        evidence_payback=option.evidence_payback,
        capex_class=option.capex_class,
        lao_fit=option.lao_fit,
        source=option.source,
        calculated=saving is not None,
        why_not=why_not,
        details={k: v for k, v in details.items() if v},
    )
