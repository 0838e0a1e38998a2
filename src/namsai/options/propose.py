"""From losses to options for this plant: propose(plant, costs, work, hotspots, knowhow) -> Proposals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from namsai.costing.model import CostTable
from namsai.findings import Finding, note
from namsai.hotspots.find import CONCERNS
from namsai.hotspots.model import HotSpot
from namsai.knowhow import KnowHow
from namsai.options.known import proposal_for
from namsai.options.match import Fit, Matcher
from namsai.options.model import Proposal, Proposals
from namsai.options.order import arrange, money_of
from namsai.options.overlap import joint_savings
from namsai.options.own import own_proposals
from namsai.plant.amounts import Plant
from namsai.work.model import Work


def propose(plant: Plant, costs: CostTable, work: Work, hotspots: Sequence[HotSpot], knowhow: KnowHow) -> Proposals:
    """Propose options that fit the plant's hot spots, with reason, saving range and what they save together.

    Know-how options are taken where sector, process and flow fit (`match`), each once, for the hot spot it fits best.
    Their saving is a range from usable evidence times the cost of the named flow that is present (`known`, `base`);
    where that cannot be had the option is proposed without a number (`calculated` False, `why_not`). The assessor's
    measures come with their own figures (`own`) and take the place of the know-how option they name. Order: see
    `order.arrange`.

    Args: plant; costs of the period; work of the period; hotspots (per year); knowhow.
    Returns Proposals; money per year in the currency of the case; `joint` never above a stream's cost. Findings:
    measures that could not be calculated, worst hot spots for which the know-how has no option.
    Source: issue of savings overlap, Capehart (audits overstate): savings on one stream multiply, prevention first.
    """
    own, findings = own_proposals(plant, costs, hotspots, knowhow)
    taken = {p.knowhow_id for p in own if p.knowhow_id}
    found = [f for f in Matcher(plant, knowhow).fits(hotspots) if f.option.id not in taken]
    found = _without_twins(found, taken, knowhow.twins)
    chosen = _answer_tops(_best_fits(found, hotspots), found, hotspots)
    known = [proposal_for(plant, costs, work, knowhow, fit) for fit in chosen]

    def is_electric(item: Proposal) -> bool:
        if item.savings:
            kinds = {plant.materials[plant.streams[s.stream].material].kind for s in item.savings}
            return any(knowhow.is_a(kind, "electricity") for kind in kinds)
        return bool(item.flow) and knowhow.is_a(item.flow, "electricity")

    items = arrange([*own, *known], hotspots, is_electric)
    findings += _unanswered(items, hotspots)
    return Proposals(tuple(items), joint_savings(items), tuple(findings))


def _best_fits(found: Sequence[Fit], spots: Sequence[HotSpot]) -> list[Fit]:
    """Return for each option the hot spot it fits best: the closest in process and flow, then the worst of a
    concern, then the one of most money."""
    best: dict[str, Fit] = {}
    for fit in found:
        old = best.get(fit.option.id)
        if old is None or _weight(fit, spots) > _weight(old, spots):
            best[fit.option.id] = fit
    return list(best.values())


def _weight(fit: Fit, spots: Sequence[HotSpot]) -> tuple[int, bool, int, int]:
    return fit.strength, fit.top, money_of(fit.spot.subject, spots), -fit.spot.rank


def _without_twins(found: Sequence[Fit], taken: set[str], twins: Mapping[str, str]) -> list[Fit]:
    """Leave out cross-cutting options that the know-how also lists for the trade, where that one is proposed."""
    there = taken | {f.option.id for f in found}
    again = {twins[id] for id in there if id in twins}
    return [f for f in found if f.option.id not in again]


def _tops(spots: Sequence[HotSpot]) -> list[str]:
    """Return the subjects of the worst hot spot of each concern, each once."""
    return list(dict.fromkeys(s.subject for c in CONCERNS for s in spots if s.concern == c and s.rank == 1))


def _answer_tops(chosen: list[Fit], found: Sequence[Fit], spots: Sequence[HotSpot]) -> list[Fit]:
    """Give the worst hot spot of a concern an option that also fits another one, where it would have none."""
    out = list(chosen)
    for subject in _tops(spots):
        if any(f.spot.subject == subject for f in out):
            continue
        spare = [f for f in found if f.spot.subject == subject and _is_spare(f, out)]
        if spare:
            fit = max(spare, key=lambda f: _weight(f, spots))
            out = [fit if f.option.id == fit.option.id else f for f in out]
    return out


def _is_spare(fit: Fit, chosen: Sequence[Fit]) -> bool:
    subject = next(f.spot.subject for f in chosen if f.option.id == fit.option.id)
    return sum(f.spot.subject == subject for f in chosen) > 1


def _unanswered(items: Sequence[Proposal], spots: Sequence[HotSpot]) -> list[Finding]:
    answered = {p.subject for p in items}
    tables = {"line": "lines", "unexplained": "processes"}
    out: list[Finding] = []
    for subject in _tops(spots):
        if subject not in answered:
            group, _, id = subject.partition(":")
            out.append(note("options.no-answer", f"{tables.get(group, 'streams')}/{id}", subject=id))
    return out
